import { type Actor, newId } from '@anyuan/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepMissingKeys } from '../src/day-book-keys.ts';
import { administrator, admission, agent, gateSite, refusal, signOut } from './site.ts';

const principal: Actor = { kind: 'person', id: 's-zhang', name: '张明', role: 'principal' };
const DAY = { from: '2026-11-23', to: '2026-11-23' };
let site: Awaited<ReturnType<typeof gateSite>>;
const office = () => site.as(administrator);
const gate = () => site.as(agent());

const person = (name: string, idNumber: string) => ({ name, idNumber });
const zhang = admission({ number: 'E1123-001', at: '2026-11-23T00:30:00.000Z' });
const again = admission({ number: 'E1124-004', at: '2026-11-24T01:00:00.000Z', type: 'supplier' });
const shan = admission({
  ...{ number: 'E1123-002', at: '2026-11-23T01:00:00.000Z', gate: 'main' },
  person: person('单雪梅', '110000199001013329'),
  party: { count: 3, names: ['单小宝'] },
});
const uyghur = admission({
  ...{
    number: 'E1123-003',
    at: '2026-11-23T02:00:00.000Z',
    person: person('阿卜杜热合曼·买买提江', '110000198811118818'),
  },
});
const refused = refusal({ at: '2026-11-23T03:00:00.000Z' });

beforeAll(async () => {
  site = await gateSite();
  for (const visit of [zhang, shan, uyghur, again]) await gate().admit(visit);
  await gate().refuse(refused);
  await gate().signOut(signOut(shan.visit, { at: '2026-11-23T02:30:00.000Z' }));
  site.clock.set('2026-11-24T02:00:00.000Z');
});
afterAll(() => site.close());

const found = async (text: string) => (await office().findVisitors({ text })).people.map(({ name }) => name);

test('a day of the day book, the newest first, with what narrows it', async () => {
  const page = await office().dayBook({ filter: DAY });
  expect(page.visits.map(({ name }) => name)).toEqual(['何强', '阿卜杜热合曼·买买提江', '单雪梅', '张伟明']);
  expect(page).toMatchObject({
    total: 4,
    more: null,
    counts: { onSite: 2, overdue: 2, left: 1, refused: 1, undone: 0 },
  });
  expect(page.visits[0]).toMatchObject({ items: ['折叠刀'], refusal: 'dangerousItems' });
  const names = async (filter: object) =>
    (await office().dayBook({ filter: { ...DAY, ...filter } })).visits.map(({ name }) => name);
  expect(await names({ state: 'left' })).toEqual(['单雪梅']);
  expect(await names({ state: 'overdue' })).toEqual(['阿卜杜热合曼·买买提江', '张伟明']);
  expect(await names({ host: '刘芳', state: 'refused' })).toEqual([]);
  expect(await names({ host: '三（2）' })).toHaveLength(3);
  expect(await names({ gate: 'north' })).toEqual([]);
  expect(await names({ to: '2026-11-24', type: 'supplier' })).toEqual(['张伟明']);
});

test('goes on below the place where a page ended', async () => {
  const place = { at: shan.decision.at, visit: shan.visit };
  const { visits, total } = await office().dayBook({ filter: DAY, after: place });
  expect([visits.map(({ name }) => name), total]).toEqual([['张伟明'], 4]);
});

test('finds people by Hanzi, pinyin, initials, the last four, and the whole number', async () => {
  expect(await found('伟明')).toEqual(['张伟明']);
  expect(await found('ZWM')).toEqual(['张伟明']);
  expect(await found('zhang wei')).toEqual(['张伟明']);
  expect(await found('weiming')).toEqual(['张伟明']);
  expect(await found('shanxue')).toEqual(['单雪梅']);
  expect(await found('买买提')).toEqual(['阿卜杜热合曼·买买提江']);
  expect(await found('271x')).toEqual(['张伟明']);
  expect(await found('１１００００１９８４０５１５２７１x')).toEqual(['张伟明']);
  expect(await found('110000198405152728')).toEqual([]);
  expect(await found("%' or 1=1")).toEqual([]);
  const { people } = await office().findVisitors({ text: '张' });
  expect(people).toMatchObject([{ visits: 2, refused: 0, onSite: true, idLast4: '271X' }]);
  const { visits } = await office().findVisitors({ text: 'e1123-00' });
  expect(visits.map(({ number }) => number)).toEqual(['E1123-003', 'E1123-002', 'E1123-001']);
});

test('finds those of before there were keys as soon as they were made', async () => {
  await site.asAdmin(sql`delete from gate.search_keys`);
  await site.asAdmin(sql`update gate.visitors set keyed = false`);
  expect(await found('zwm')).toEqual([]);
  await site.db.tx((trx) => keepMissingKeys(trx));
  expect(await found('zwm')).toEqual(['张伟明']);
});

test("a person's page, and on record who looked: once in ten minutes, for the principal to read", async () => {
  const { people } = await office().findVisitors({ text: 'zwm' });
  const visitor = people[0]?.visitor ?? '';
  const file = await office().visitorFile({ visitor });
  expect(file).toMatchObject({
    name: '张伟明',
    hasIdNumber: true,
    count: { visits: 2, refused: 0 },
    birthDate: '1984-05-15',
  });
  expect(JSON.stringify(file)).not.toContain('11000019840515271X');
  await office().visitorFile({ visitor });
  site.clock.set('2026-11-24T02:20:00.000Z');
  await office().visitorFile({ visitor });
  const purpose = '派出所核实';
  site.clock.set('2026-11-24T02:21:00.000Z');
  expect(await office().showIdNumber({ visit: zhang.visit, purpose })).toEqual({ idNumber: '11000019840515271X' });
  const log = await site.as(principal).accessLog({ visitor });
  expect(log.map(({ kind, by, name, purpose }) => [kind, by.name, name, purpose])).toEqual([
    ['idNumber', '周敏', '张伟明', purpose],
    ['file', '周敏', '张伟明', ''],
    ['file', '周敏', '张伟明', ''],
  ]);
  await expect(office().accessLog({})).rejects.toMatchObject({ message: 'forbidden' });
  await expect(office().visitorFile({ visitor: newId() })).rejects.toMatchObject({ message: 'notFound' });
});

test('nobody but the office asks', async () => {
  await expect(gate().dayBook({ filter: DAY })).rejects.toMatchObject({ message: 'forbidden' });
  await expect(gate().findVisitors({ text: 'zwm' })).rejects.toMatchObject({ message: 'forbidden' });
  await expect(office().dayBook({ filter: { from: '2026-11-24', to: '2026-11-23' } })).rejects.toThrow();
});
