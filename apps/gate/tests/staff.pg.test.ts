import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { StaffList } from '@anyuan/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ImportedPerson, importStaff } from '../src/service.ts';
import { loadStaff } from '../src/staff.ts';
import { gateSite } from './site.ts';

let site: Awaited<ReturnType<typeof gateSite>>;
beforeAll(async () => {
  site = await gateSite();
});
afterAll(() => site.close());

const person = (id: string, name: string, more: Partial<ImportedPerson> = {}): ImportedPerson => ({
  id,
  name,
  role: 'teacher',
  department: '三（2）班',
  title: '班主任',
  host: true,
  mayStandDown: false,
  ...more,
});
const bring = (people: ImportedPerson[], now = site.clock.now()) =>
  site.db.tx((trx) => importStaff(trx, people, site.keys, now));
const list = async () => {
  const { version, body } = await loadStaff(site.db.kysely);
  return { version, people: StaffList.parse(body).people };
};

test.each([
  ['单云鹏', 'shanyunpeng', 'syp'],
  ['仇英', 'qiuying', 'qy'],
  ['曾国藩', 'zengguofan', 'zgf'],
  ['尉迟恭', 'yuchigong', 'ycg'],
  ['吕文', 'lvwen', 'lw'],
  ['刘芳', 'liufang', 'lf'],
])('%s is found as %s and %s', async (name, pinyin, initials) => {
  await bring([person('s-1', name)]);
  expect((await list()).people).toMatchObject([{ name, pinyin, initials }]);
});

test('the list holds keyed hashes, never a card number or a PIN', async () => {
  await bring([person('s-guard', '王建国', { role: 'guard', host: false, cardNumber: '0b00c1d2e3', pin: '1111' })]);
  const { people } = await list();
  const cardKey = Buffer.from(readFileSync(join(site.keyDir, 'card.key'), 'utf8'), 'hex');
  expect(people[0]?.cardHash).toBe(createHmac('sha256', cardKey).update('0B00C1D2E3').digest('hex'));
  expect(people[0]?.pin).toMatch(/^[\w-]{22}:[\w-]{43}$/);
  const { rows } = await sql<{ text: string }>`select t::text as text from staff t`.execute(site.db.kysely);
  expect(rows[0]?.text.toUpperCase()).not.toContain('0B00C1D2E3');
});

test('the same import again changes nothing; another one raises the version', async () => {
  const people = [person('s-1', '刘芳'), person('s-guard', '王建国', { role: 'guard', pin: '1111' })];
  await bring(people);
  const before = await list();
  await bring(people);
  expect(await list()).toEqual(before);
  await bring([...people, person('s-2', '何静')]);
  expect((await list()).version).toBeGreaterThan(before.version);
});

test('who is not in the import is gone from the list; a card can change hands', async () => {
  await bring([person('s-1', '刘芳', { cardNumber: '0B00000001' }), person('s-2', '何静')]);
  const [first] = (await list()).people.filter((p) => p.id === 's-1');
  await bring([person('s-2', '何静', { cardNumber: '0B00000001' })]);
  expect((await list()).people).toMatchObject([{ id: 's-2', cardHash: first?.cardHash }]);
});

test('the version rises even when the clock went back', async () => {
  await bring([person('s-1', '刘芳')], site.clock.now() + 60_000);
  const before = (await list()).version;
  await bring([person('s-1', '刘芳芳')], site.clock.now() - 60_000);
  expect((await list()).version).toBe(before + 1);
});
