import { Buffer } from 'node:buffer';
import { newId, type PeopleDraft, type PeopleRead } from '@anyuan/contracts';
import { readSheet, writeSheet } from '@anyuan/service/documents';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  administrator,
  agent,
  certificate,
  guard,
  principal,
  people as school,
  teacher,
  trainingSite,
} from './site.ts';

let site: Awaited<ReturnType<typeof trainingSite>>;
beforeAll(async () => {
  site = await trainingSite();
});
afterAll(() => site.close());
beforeEach(() => site.begin());

const office = () => site.as(administrator);
const HEAD = ['工号*', '姓名*', '岗位*', '电话', '到岗日期', '离岗日期'];
const csv = (...rows: string[][]) => ({
  base64: Buffer.from([HEAD, ...rows].map((row) => row.join(',')).join('\r\n')).toString('base64'),
});
const xlsx = async (rows: string[][]) => ({
  base64: Buffer.from(
    await writeSheet({ name: '人员', columns: HEAD.map((title) => ({ title, width: 12, type: 'text' })), rows }),
  ).toString('base64'),
});
const draft = (read: PeopleRead): PeopleDraft => {
  if (read.result === 'refused') throw new Error(read.code);
  return read;
};
type Sheet = { base64: string };
/** As the administrator does it: looked at, then brought in. */
async function bring(sheet: Sheet, id = newId()) {
  const { seal } = draft(await office().checkPeople(sheet));
  return office().importPeople({ ...sheet, id, seal });
}
const person = async (id: string) => (await office().staffRecord({ person: id })).person;
const FRESH = ['T-1024', '韩梅', '教师、班主任', '139 1111 2222', '2026-09-01', ''];
const LIU = ['s-liu', '刘芳', '班主任', '', '', ''];

test('shown before it is done: who is new, who changes and from what, who stays; and nothing happens yet', async () => {
  const before = await site.text('people');
  const namesake = ['T-7', '王建国', '保安', '', '', ''];
  const read = draft(await office().checkPeople(csv(FRESH, LIU, ['s-li', '李强', '保安', '', '', ''], namesake)));
  expect(read).toMatchObject({
    add: [
      { row: 2, namesake: null, person: { id: 'T-1024', roles: ['teacher', 'headTeacher'], phone: '13911112222' } },
      { row: 5, namesake: 's-wang', person: { id: 'T-7' } },
    ],
    change: [{ row: 3, person: { roles: ['headTeacher'] }, before: { roles: ['teacher', 'headTeacher'] } }],
    ...{ same: 1, problems: [] },
  });
  // An empty cell takes nothing away.
  expect(read.change[0]?.person.phone).toBe('13800000000');
  expect(await site.text('people')).toBe(before);
});

test('each row that is not understood is named by row and column, and stays out whole; the others come in', async () => {
  const sheet = csv(
    ['', '无号', '教师', '', '', ''],
    ['工 1', '坏号', '教师', '', '', ''],
    ['T-1', '甲', '宇航员', '', '', ''],
    ['T-2', '乙', '教师、宇航员', '', '', ''],
    ['T-3', '丙', '教师', '打电话', '', ''],
    ['T-4', '丁', '教师', '', '去年', ''],
    ['T-5', '戊', '教师', '', '2026-09-01', '2026-08-01'],
    ['T-6', '己', '教师', '', '2026-13-01', ''],
    ['T-6', '己', '教师', '', '', '2026-02-30'],
    FRESH,
    [...FRESH],
  );
  const read = draft(await office().checkPeople(sheet));
  expect(read.problems).toEqual([
    { row: 2, column: 'number', code: 'missing' },
    { row: 3, column: 'number', code: 'badNumber' },
    { row: 4, column: 'roles', code: 'unknownRole' },
    { row: 5, column: 'roles', code: 'unknownRole' },
    { row: 6, column: 'phone', code: 'badPhone' },
    { row: 7, column: 'employedFrom', code: 'notADate' },
    { row: 8, column: 'leftOn', code: 'leftBeforeComing' },
    { row: 9, column: 'employedFrom', code: 'notADate' },
    { row: 10, column: 'leftOn', code: 'notADate' },
    { row: 12, column: 'number', code: 'twice' },
  ]);
  expect(await bring(sheet)).toMatchObject({ result: 'imported', import: { added: 1, changed: 0 } });
  await expect(person('T-1')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a file that is no list of people is refused with what to do about it', async () => {
  const old = { base64: Buffer.from('d0cf11e0a1b11ae1', 'hex').toString('base64') };
  expect(await office().checkPeople(old)).toEqual({ result: 'refused', code: 'oldExcel', column: null });
  const headless = { base64: Buffer.from('工号,姓名\r\nT-1,甲').toString('base64') };
  expect(await office().checkPeople(headless)).toEqual({ result: 'refused', code: 'missingColumn', column: 'roles' });
});

test('what Chinese Excel saves as CSV is read, and English words too', async () => {
  const gb = Buffer.from('b9a4bac52cd0d5c3fb2cb8dacebb0d0a542d392cd5c5c8fd2cb1a3b0b2', 'hex').toString('base64');
  expect(draft(await office().checkPeople({ base64: gb })).add).toMatchObject([
    { person: { id: 'T-9', name: '张三', roles: ['guard'] } },
  ]);
  const english = Buffer.from('Staff number;Name;Roles\nT-8;Ann;"Guard, nurse"').toString('base64');
  expect(draft(await office().checkPeople({ base64: english })).add).toMatchObject([
    { person: { id: 'T-8', roles: ['guard', 'nurse'] } },
  ]);
});

test.each([
  '工号,姓名,岗位,电话,入职日期,离职日期',
  '员工编号,姓名,职务,手机号,入职,离职时间',
  '工号,姓名,岗位,联系电话,到岗,离岗',
  'STAFF NO,Name,Role,Mobile,Start date,End date',
  'Employee ID,Full name,Roles,Phone number,hired on,Leaving date',
])('the usual words for a column are understood: %s', async (head) => {
  const base64 = Buffer.from(`${head}\nT-9,张三,保安,13911112222,2024-09-01,2026-12-31`).toString('base64');
  const read = draft(await office().checkPeople({ base64 }));
  expect(read).toMatchObject({
    add: [{ person: { phone: '13911112222', employedFrom: '2024-09-01', leftOn: '2026-12-31' } }],
    unread: [],
  });
});

test('columns that are not understood are named: nothing of theirs comes in unseen', async () => {
  const head = '工号,姓名,岗位,民族,入职日期,到岗日期,,备注';
  const base64 = Buffer.from(`${head}\nT-9,张三,保安,汉,2024-09-01,2025-01-01,,夜班`).toString('base64');
  const read = draft(await office().checkPeople({ base64 }));
  expect(read).toMatchObject({
    add: [{ person: { employedFrom: '2024-09-01' } }],
    unread: ['民族', '到岗日期', '备注'],
  });
  expect(draft(await office().checkPeople(csv(FRESH))).unread).toEqual([]);
});

test('an import is on record, told once, done once, and the list again changes nothing', async () => {
  const id = newId();
  const sheet = csv(FRESH, LIU);
  const done = await bring(sheet, id);
  expect(done).toMatchObject({ result: 'imported', import: { id, by: '周敏', added: 1, changed: 1, undoneAt: null } });
  expect(await office().importPeople({ ...sheet, id, seal: 'x' })).toEqual(done);
  expect(await site.events()).toEqual([{ type: 'person.imported', data: { count: 2 } }]);
  expect(await office().history({ entity: 'person', id: 's-liu' })).toMatchObject([
    { type: 'imported', by: { name: '周敏' }, data: { import: id } },
  ]);
  expect(draft(await office().checkPeople(sheet))).toMatchObject({ add: [], change: [], same: 2 });
  expect(await office().peopleImports()).toEqual([done.result === 'imported' && done.import]);
});

test('what was not looked at is not brought in: somebody changed one of them meanwhile', async () => {
  const sheet = csv(LIU);
  const { seal } = draft(await office().checkPeople(sheet));
  await office().savePerson({ id: 's-liu', name: '刘芳芳', roles: ['teacher'] });
  const moved = await office().importPeople({ ...sheet, id: newId(), seal });
  expect(moved).toMatchObject({ result: 'moved', now: { change: [{ before: { name: '刘芳芳' } }] } });
  expect((await person('s-liu')).name).toBe('刘芳芳');
});

test('taken back: new ones go, changed ones are as they were, their cards too; twice is once', async () => {
  const before = await site.text('people');
  const id = newId();
  await bring(csv(FRESH, LIU, ['s-wang', '王大国', '保安、司机', '', '2020-01-01', '']), id);
  expect((await person('s-wang')).name).toBe('王大国');
  site.clock.set('2026-11-23T01:05:00.000Z');
  const undone = await office().undoPeopleImport({ id });
  expect(undone).toMatchObject({ result: 'undone', import: { undoneAt: '2026-11-23T01:05:00.000Z' } });
  const sorted = (text: string) => text.split('\n').sort();
  expect(sorted(await site.text('people'))).toEqual(sorted(before));
  expect(await office().undoPeopleImport({ id })).toEqual(undone);
});

test('not taken back once one of them was changed, by hand or by a later list, or has something on record', async () => {
  const id = newId();
  await bring(csv(FRESH, LIU), id);
  await office().addCertificate(certificate({ person: 'T-1024' }));
  expect(await office().undoPeopleImport({ id })).toEqual({
    ...{ result: 'changedSince', people: [{ id: 'T-1024', name: '韩梅' }] },
  });
  expect((await person('s-liu')).roles).toEqual(['headTeacher']);
  const later = newId();
  site.clock.set('2026-11-23T01:10:00.000Z');
  await bring(csv(['s-li', '李强', '保安、司机', '', '', '']), later);
  site.clock.set('2026-11-23T01:20:00.000Z');
  await bring(csv(['s-li', '李强', '司机', '', '', '']));
  expect(await office().undoPeopleImport({ id: later })).toMatchObject({ people: [{ id: 's-li' }] });
});

test('two thousand people within five seconds, looked at and brought in; the template is understood', async () => {
  const template = await site.get('/people-template.xlsx?lang=zh', administrator);
  expect(template.status).toBe(200);
  const bytes = new Uint8Array(await template.arrayBuffer());
  expect((await readSheet(bytes, { name: { titles: ['姓名'], type: 'text', required: true } })).result).toBe('read');
  const many = await xlsx(
    Array.from({ length: 2_000 }, (_, i) => [`T-${i}`, `教师${i}`, '教师', `138${10_000_000 + i}`, '2026-09-01', '']),
  );
  const begun = performance.now();
  const read = draft(await office().checkPeople(many));
  expect(read.add).toHaveLength(2_000);
  const looked = performance.now();
  expect(await office().importPeople({ ...many, id: newId(), seal: read.seal })).toMatchObject({ result: 'imported' });
  expect(looked - begun).toBeLessThan(5_000);
  expect(performance.now() - looked).toBeLessThan(5_000);
  expect(await office().people({})).toHaveLength(2_000 + school.filter((p) => !p.leftOn).length);
});

test('only who keeps the list of people brings one in', async () => {
  for (const actor of [teacher, guard, agent(), principal])
    await expect(site.as(actor).checkPeople(csv(FRESH))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect((await site.get('/people-template.xlsx', teacher)).status).toBe(403);
  expect((await site.get('/people-template.xlsx', null)).status).toBe(401);
});
