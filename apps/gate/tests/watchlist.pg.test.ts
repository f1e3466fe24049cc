import {
  type Actor,
  newId,
  type RecordWatchHit,
  type WatchAnswer,
  type WatchDraft,
  watchKeys,
} from '@anyuan/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { importStaff } from '../src/staff.ts';
import { loadWatchlist } from '../src/watchlist-hits.ts';
import { administrator, agent, events, gateSite } from './site.ts';

const principal: Actor = { kind: 'person', id: 's-chen', name: '陈立新', role: 'principal' };
const teacher: Actor = { kind: 'person', id: 's-liu', name: '刘芳', role: 'teacher' };
const NUMBER = '110000198405152718';
const AT = '2026-11-23T08:00:00.000Z';

let site: Awaited<ReturnType<typeof gateSite>>;
beforeAll(async () => {
  site = await gateSite();
  const common = { department: '校长室', title: '校长', host: true, mayStandDown: true };
  const people = [principal, administrator, teacher].flatMap((p) => (p.kind === 'person' ? [{ ...p, ...common }] : []));
  await site.db.tx((trx) =>
    importStaff(
      trx,
      people.map(({ kind: _, ...p }) => p),
      site.keys,
    ),
  );
});
afterAll(() => site.close());
beforeEach(async () => {
  await site.asAdmin(
    sql`truncate gate.watch_entries, gate.watch_history, gate.watch_looks, gate.watch_hits, gate.watch_answers, gate.outbox`,
  );
  site.clock.set(AT);
});

const draft = (given: Partial<WatchDraft> = {}): WatchDraft => ({
  ...{ name: '张伟明', birthDate: '', idNumber: NUMBER, source: 'police', reason: 'courtOrder', action: 'refuse' },
  ...{ instruction: '请到值班室坐，打电话。', responders: ['s-zhou'], readers: [] },
  ...{ validFrom: '2026-11-01', validUntil: '2027-05-31' },
  ...given,
});
async function made(given: Partial<WatchDraft> = {}): Promise<string> {
  const entry = newId();
  expect(await site.as(principal).watchlist.make({ entry, draft: draft(given) })).toEqual({ result: 'saved', entry });
  return entry;
}
const list = async () => (await loadWatchlist(site.db, site.clock)).body.entries;
const keysOf = (name: string, idNumber: string) => watchKeys({ name, idNumber }, (text) => site.keys.watch.hash(text));
const guard = { id: 's-guard-1', name: '王建国' };
const decision = (at = AT, offline = false) => ({ gate: 'main', guard, at, offline });
const hitOn = (entry: string, given: Partial<RecordWatchHit> = {}): RecordWatchHit => ({
  ...{ hit: newId(), entry, match: 'idNumber', person: keysOf('张伟明', NUMBER).id, shown: 'document' },
  ...{ listAsOf: AT, decision: decision() },
  ...given,
});
const said = (hit: string, is: WatchAnswer, at = AT) => ({ answer: newId(), hit, is, decision: decision(at) });

test('what is made travels as hashes, and its making is on record', async () => {
  const entry = await made();
  await site.as(principal).watchlist.make({ entry, draft: draft({ name: '别人' }) });
  expect(await list()).toEqual([
    {
      ...{ entry, ...keysOf('张伟明', NUMBER), action: 'refuse', instruction: '请到值班室坐，打电话。' },
      ...{ responders: ['s-zhou'], validFrom: '2026-11-01', validUntil: '2027-05-31', cleared: [] },
    },
  ]);
  const [line] = await site.as(principal).watchlist.entries();
  expect(line).toMatchObject({ covered: '张＊＊', reason: 'courtOrder', state: 'on', lastHitAt: null });
  const detail = await site.as(principal).watchlist.open({ entry });
  expect(detail).toMatchObject({ name: '张伟明', idLast4: '2718', birthDate: null, mayWrite: true, version: 1 });
  expect(detail.history).toMatchObject([{ type: 'made', by: { id: 's-chen' } }]);
  const looks = await site.as(principal).watchlist.looks();
  expect(looks.map(({ what, entry: of }) => [what, of])).toEqual([
    ['opened', entry],
    ['listed', null],
  ]);
});

test('nothing that leaves the database names a person or a reason', async () => {
  const entry = await made();
  const hit = hitOn(entry);
  await site.as(agent()).watchlist.recordHit(hit);
  await site.as(agent()).watchlist.recordAnswer(said(hit.hit, 'unsure'));
  const told = JSON.stringify([await list(), await events(site.db)]);
  for (const secret of ['张伟明', NUMBER, '2718', 'courtOrder', '1984']) expect(told).not.toContain(secret);
  const { rows } = await sql<{ row: string }>`select e::text as row from gate.watch_entries e`.execute(site.db.kysely);
  for (const secret of ['张伟明', NUMBER, '1984-05-15']) expect(rows[0]?.row).not.toContain(secret);
  expect((await events(site.db)).map((e) => e.type)).toEqual([
    'watchlist.changed',
    'watchHit.recorded',
    'watchHit.answered',
  ]);
});

test('an administrator whom no entry names sees nothing, and the attempt is on record', async () => {
  const entry = await made({ responders: ['s-chen'] });
  const other = site.as(administrator).watchlist;
  expect(await other.entries()).toEqual([]);
  expect(await other.hits()).toEqual([]);
  await expect(other.open({ entry })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(other.open({ entry: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(other.looks()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(other.make({ entry: newId(), draft: draft() })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const gone = { command: newId(), entry, why: '试试看' };
  await expect(other.withdraw(gone)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const looks = await site.as(principal).watchlist.looks();
  expect(looks.map(({ what, by, covered }) => `${what} ${by.id} ${covered}`)).toEqual([
    'refused s-zhou 张＊＊',
    'refused s-zhou null',
    'refused s-zhou null',
    'refused s-zhou null',
    'refused s-zhou 张＊＊',
  ]);
  await expect(site.as(agent()).watchlist.entries()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(site.as(principal).watchlist.recordHit(hitOn(entry))).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('a reader sees the reason, a responder who is none does not', async () => {
  const entry = await made({ responders: ['s-zhou'], readers: ['s-liu'] });
  expect(await site.as(teacher).watchlist.open({ entry })).toMatchObject({ reason: 'courtOrder', mayWrite: false });
  const told = await site.as(administrator).watchlist.open({ entry });
  expect(told).toMatchObject({ name: '张伟明', reason: null, readers: [], history: [] });
});

test('an answer is added, the last counts, and a "no" keeps the gates quiet until a "yes"', async () => {
  const entry = await made();
  const hit = hitOn(entry, { decision: decision(AT, true) });
  const gate = site.as(agent()).watchlist;
  await gate.recordHit(hit);
  await gate.recordHit(hit);
  const no = said(hit.hit, 'no');
  await gate.recordAnswer(no);
  await gate.recordAnswer(no);
  expect((await list())[0]?.cleared).toEqual([keysOf('张伟明', NUMBER).id]);
  expect(await site.as(principal).watchlist.open({ entry })).toMatchObject({ cleared: 1 });
  site.clock.set('2026-11-23T08:05:00.000Z');
  const corrected = await site.as(administrator).watchlist.answer({ answer: newId(), hit: hit.hit, is: 'yes' });
  expect(corrected).toMatchObject({ toMe: true, offline: true });
  expect(corrected.answers.map(({ is, via }) => `${is} ${via}`)).toEqual(['no gate', 'yes console']);
  expect((await list())[0]?.cleared).toEqual([]);
  await expect(site.as(teacher).watchlist.answer({ answer: newId(), hit: hit.hit, is: 'no' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await expect(site.as(agent('north')).watchlist.recordHit(hitOn(entry))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(gate.recordAnswer(said(newId(), 'no'))).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('a "no" about a name alone is on record and cleared for nobody', async () => {
  const entry = await made({ idNumber: '', birthDate: '1984-05-15' });
  const hit = hitOn(entry, { match: 'birthUnknown', person: null, shown: 'typed' });
  await site.as(agent()).watchlist.recordHit(hit);
  await site.as(agent()).watchlist.recordAnswer(said(hit.hit, 'no'));
  expect((await list())[0]?.cleared).toEqual([]);
});

test('change, extend, withdraw: each with its reason, once, and never over somebody else’s change', async () => {
  const entry = await made();
  const head = site.as(principal).watchlist;
  const change = {
    ...{ command: newId(), entry, version: 1, why: '公安补充说明' },
    draft: draft({ idNumber: null, action: 'accompany' }),
  };
  expect(await head.change(change)).toMatchObject({ result: 'saved' });
  expect(await head.change(change)).toMatchObject({ result: 'saved' });
  expect(await head.change({ ...change, command: newId() })).toEqual({ result: 'refused', why: 'changedSince' });
  expect((await list())[0]).toMatchObject({ id: keysOf('张伟明', NUMBER).id, action: 'accompany' });
  const longer = { command: newId(), entry, why: '禁令延长' };
  expect(await head.extend({ ...longer, validUntil: '2028-01-01' })).toEqual({ result: 'refused', why: 'tooLong' });
  expect(await head.extend({ ...longer, validUntil: '2026-12-01' })).toEqual({
    result: 'refused',
    why: 'endBeforeStart',
  });
  expect(await head.extend({ ...longer, validUntil: '2027-11-20' })).toMatchObject({ result: 'saved' });
  expect(await head.withdraw({ command: newId(), entry, why: '禁令撤销' })).toMatchObject({ result: 'saved' });
  expect(await list()).toEqual([]);
  expect(await head.extend({ ...longer, command: newId(), validUntil: '2027-11-21' })).toMatchObject({ why: 'gone' });
  const { history, state } = await head.open({ entry });
  expect(state).toBe('withdrawn');
  expect(history.map(({ type, fields, why }) => [type, fields.join(), why])).toEqual([
    ['withdrawn', '', '禁令撤销'],
    ['extended', 'validUntil', '禁令延长'],
    ['changed', 'action', '公安补充说明'],
    ['made', '', ''],
  ]);
});

test('an entry that has ended is on no list', async () => {
  await made({ validUntil: '2026-11-24' });
  site.clock.set('2026-11-24T16:00:00.000Z');
  expect(await list()).toEqual([]);
});

test.each<[Partial<WatchDraft>, string]>([
  [{ name: '  ' }, 'name'],
  [{ name: '名'.repeat(10_000) }, 'nameLong'],
  [{ name: '😀' }, 'name'],
  [{ idNumber: '110000198405152712' }, 'idNumber'],
  [{ idNumber: "' or 1=1 --" }, 'idNumber'],
  [{ birthDate: '2026-02-30', idNumber: '' }, 'birthDate'],
  [{ birthDate: '2027-01-01', idNumber: '' }, 'birthDate'],
  [{ birthDate: '1984-05-16' }, 'birthDiffers'],
  [{ validFrom: '昨天' }, 'dates'],
  [{ validUntil: '2026-10-01' }, 'endBeforeStart'],
  [{ instruction: '' }, 'instruction'],
  [{ instruction: '字'.repeat(10_000) }, 'instructionLong'],
  [{ responders: ['nobody'] }, 'responders'],
])('a bad entry is refused in a word: %o', async (given, why) => {
  const answer = await site.as(principal).watchlist.make({ entry: newId(), draft: draft(given) });
  expect(answer).toEqual({ result: 'refused', why });
  expect(await list()).toEqual([]);
});

test('SQL, HTML and emoji stay text', async () => {
  const name = "'); drop table gate.staff;-- <img src=x>";
  const entry = await made({ name, instruction: '</script>😀' });
  const detail = await site.as(principal).watchlist.open({ entry });
  expect(detail).toMatchObject({ name, instruction: '</script>😀' });
});

test('looks, hits and answers can be added only', async () => {
  await made();
  for (const table of ['watch_looks', 'watch_hits', 'watch_answers', 'watch_history'])
    await expect(sql`delete from ${sql.id('gate', table)}`.execute(site.db.kysely)).rejects.toThrow();
  await expect(sql`update gate.watch_entries set made_by_id = 'x'`.execute(site.db.kysely)).rejects.toThrow();
});
