import { inflateSync } from 'node:zlib';
import { type Actor, newId } from '@anyuan/contracts';
import { type AppEnv, createApp, createLog, router } from '@anyuan/service';
import { readSheet } from '@anyuan/service/documents';
import { catalogues } from '@anyuan/ui/text';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerOf } from '../src/day-book.ts';
import { registerPaper } from '../src/register-documents.ts';
import { addRegisterFiles } from '../src/register-files.ts';
import { administrator, admission, agent, gateSite, refusal, signOut } from './site.ts';

const principal: Actor = { kind: 'person', id: 's-zhang', name: '张明', role: 'principal' };
const MONTH = { from: '2026-11-01', to: '2026-11-30' };
const SCHOOL = '青禾小学';
const LONG = '长'.repeat(200);
/** Beyond the first plane, a surrogate pair each; and what a font for Chinese has not. */
const RARE = '𠮷𬎆😀';

let site: Awaited<ReturnType<typeof gateSite>>;
beforeAll(async () => {
  site = await gateSite();
  const gate = site.as(agent());
  const formula = admission({
    ...{ number: 'E1103-001', at: '2026-11-03T00:30:00.000Z', note: '=HYPERLINK("http://x")' },
    ...{ party: { count: 3, names: ['张小明'] }, security: { result: 'held', items: ['+1 美工刀'] } },
    person: { name: '=1+1', idNumber: '110000199001013329' },
  });
  await gate.admit(formula);
  await gate.signOut(signOut(formula.visit, { at: '2026-11-03T01:10:00.000Z' }));
  await gate.admit(
    admission({
      number: 'E1104-001',
      at: '2026-11-04T01:00:00.000Z',
      person: { name: LONG, idNumber: '110000198811118818' },
    }),
  );
  await gate.admit(
    admission({
      number: 'E1105-001',
      at: '2026-11-05T01:00:00.000Z',
      person: { name: RARE, idNumber: '110000197702022217' },
    }),
  );
  await gate.refuse(refusal({ at: '2026-11-06T01:00:00.000Z' }));
  await gate.admit(admission({ number: 'E1201-001', at: '2026-12-01T01:00:00.000Z' }));
});
afterAll(() => site.close());

const get = (path: string, actor: Actor | null = administrator) => {
  const app = createApp({
    ...{ router: router({}), log: createLog('gate', 'silent') },
    health: async () => ({ ok: true, away: [] }),
  });
  addRegisterFiles(app, site, SCHOOL);
  return Promise.resolve(app.request(path, {}, { actor } satisfies AppEnv['Bindings']));
};
const asked = (form: string, rest = '') => `/register.${form}?from=${MONTH.from}&to=${MONTH.to}&purpose=filing${rest}`;

test('a month as a sheet: every column of the register on paper, no whole number, no formula', async () => {
  const response = await get(asked('xlsx'));
  expect(response.status).toBe(200);
  const text = (title: string) => ({ titles: [title] as [string], type: 'text', required: true }) as const;
  const read = await readSheet(new Uint8Array(await response.arrayBuffer()), {
    no: { titles: ['序号'], type: 'number', required: true },
    date: { titles: ['日期'], type: 'date', required: true },
    time: text('来访时间'),
    name: text('姓名'),
    sex: { titles: ['性别'], type: 'text' },
    document: text('证件'),
    reason: { titles: ['事由'], type: 'text' },
    host: { titles: ['被访人'], type: 'text' },
    department: { titles: ['部门'], type: 'text' },
    security: text('安检'),
    items: { titles: ['携带/留存物品'], type: 'text' },
    left: { titles: ['离校时间'], type: 'text' },
    guard: text('值班员签名'),
    remarks: { titles: ['备注'], type: 'text' },
  });
  if (read.result !== 'read') throw new Error(read.code);
  expect(read.errors).toEqual([]);
  const [formula, long, rare, refused] = read.rows.map(({ values }) => values);
  expect(read.rows).toHaveLength(4);
  expect(formula).toEqual({
    ...{ no: 1, date: '2026-11-03', time: '08:30', name: '=1+1', sex: '男', document: '身份证 ****3329' },
    ...{ reason: '家长面谈', host: '刘芳', department: '三（2）班', security: '留存物品', items: '+1 美工刀' },
    ...{ left: '09:10', guard: '王建国', remarks: expect.stringContaining('=HYPERLINK("http://x")') },
  });
  expect(formula?.remarks).toContain('共 3 人：张小明');
  expect([long?.name, rare?.name]).toEqual([LONG, RARE]);
  expect(refused).toMatchObject({ no: 4, document: '口述', security: '未通过', items: '折叠刀', left: null });
});

test('a month on paper: across, its letters embedded, whole names, and nothing that a font lacks is lost', async () => {
  const response = await get(asked('pdf', '&lang=en'));
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/pdf']);
  const bytes = Buffer.from(await response.arrayBuffer());
  const whole = bytes.toString('latin1');
  expect(whole).toMatch(/\/MediaBox \[0 0 841\.89 595\.28\]/);
  expect(fontsOf(bytes)).toContain('/FontFile2');
  expect(bytes.length).toBeLessThan(2_000_000);
  const lines = await registerOf(site.db.kysely, MONTH, 100);
  const printing = { school: SCHOOL, ...MONTH, by: '周敏', now: site.clock.now(), text: catalogues.zh };
  const paper = registerPaper(lines, printing);
  expect(paper).toMatchObject({ orientation: 'landscape', title: '来访登记表' });
  const table = paper.body.find((block) => block.kind === 'table');
  expect(table?.columns.map(({ title }) => title)).toHaveLength(14);
  const words = JSON.stringify(paper);
  for (const word of [LONG, RARE, '身份证 ****3329']) expect(words).toContain(word);
  expect(words).not.toContain('110000199001013329');
});

test('a line says as what he came, and why the guard let him in without an answer', async () => {
  const [line] = await registerOf(site.db.kysely, MONTH, 1);
  if (!line) throw new Error('no line');
  const letIn = {
    ...line,
    type: 'supplier',
    confirmation: { how: 'override', reason: 'phoned', asked: true },
  } as const;
  const printing = { school: SCHOOL, ...MONTH, by: '周敏', now: site.clock.now(), text: catalogues.zh };
  const words = JSON.stringify(registerPaper([letIn], printing));
  for (const word of ['供货', '打过电话']) expect(words).toContain(word);
});

/** Dictionaries of fonts may stand in compressed object streams. */
function fontsOf(bytes: Buffer): string {
  const parts = [bytes.toString('latin1')];
  for (const at of bytes.toString('latin1').matchAll(/stream\r?\n/g)) {
    try {
      parts.push(inflateSync(bytes.subarray(at.index + at[0].length)).toString('latin1'));
    } catch {
      // Not a compressed one.
    }
  }
  return parts.join('\n');
}

test('the vehicles’ register is for whoever may read vehicles, and on record', async () => {
  const of = (form: string) => `/vehicles.${form}?from=${MONTH.from}&to=${MONTH.to}&purpose=police`;
  for (const form of ['pdf', 'xlsx']) expect((await get(of(form))).status).toBe(200);
  const teacher: Actor = { kind: 'person', id: 's-liu', name: '刘芳', role: 'teacher' };
  for (const actor of [null, teacher, agent()]) expect((await get(of('pdf'), actor)).status).toBeGreaterThan(400);
  expect((await get('/vehicles.pdf?from=2026-01-01&to=2026-11-30&purpose=police')).status).toBe(400);
  const log = await site.as(principal).accessLog({});
  expect(log.filter(({ kind }) => kind === 'vehicleRegister')).toHaveLength(2);
});

test('who took it out, which days, what for, and how many rows is on record; nobody else gets it', async () => {
  const log = await site.as(principal).accessLog({});
  expect(log.map(({ kind, by, purpose, detail }) => [kind, by.name, purpose, detail])).toEqual(
    expect.arrayContaining([
      ['register', '周敏', 'filing', '2026-11-01 2026-11-30 xlsx 4'],
      ['register', '周敏', 'filing', '2026-11-01 2026-11-30 pdf 4'],
    ]),
  );
  expect((await get(asked('pdf'), null)).status).toBe(401);
  expect((await get(asked('xlsx'), agent())).status).toBe(403);
  expect((await get('/register.xlsx?from=2026-11-01&to=2026-11-30')).status).toBe(400);
  expect((await get('/register.xlsx?from=2026-01-01&to=2026-11-30&purpose=filing')).status).toBe(400);
  expect(await site.as(principal).accessLog({})).toHaveLength(log.length);
});

test('the roll of an evacuation on paper', async () => {
  const roll = newId();
  await site.as(administrator).openSiteRoll({ roll, incident: null });
  expect((await get(`/site-roll.pdf?roll=${roll}`)).status).toBe(200);
  expect((await get(`/site-roll.pdf?roll=${newId()}`)).status).toBe(404);
  const guard: Actor = { kind: 'person', id: 's-wang', name: '王建国', role: 'guard' };
  expect((await get(`/site-roll.pdf?roll=${roll}`, guard)).status).toBe(403);
});
