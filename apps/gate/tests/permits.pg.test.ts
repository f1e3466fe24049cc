import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LogPermitTap, newId, type PermitSaved, type SavePermit } from '@anyuan/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadPermits } from '../src/permit-store.ts';
import { administrator, agent, events, gateSite } from './site.ts';

let site: Awaited<ReturnType<typeof gateSite>>;
beforeAll(async () => {
  site = await gateSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  await site.asAdmin(
    sql`truncate gate.permits, gate.permit_plates, gate.permit_changes, gate.permit_taps, gate.outbox`,
  );
  site.clock.set('2026-11-23T08:00:00.000Z');
});

const guard = { id: 's-wang', name: '王建国' };
const permit = (more: Partial<SavePermit> = {}): SavePermit => ({
  ...{ command: newId(), permit: newId(), kind: 'contractor', name: '赵师傅', firm: '青禾保洁' },
  ...{ validFrom: '2026-11-01', validTo: '2027-01-31', days: [1, 2, 3, 4, 5], from: '06:30', to: '18:00', gates: [] },
  ...{ card: { by: 'number', number: '0B00C1D2E3' }, plates: ['京A12345'] },
  ...more,
});
const tap = (of: string | null, at: string, more: Partial<LogPermitTap> = {}): LogPermitTap => ({
  ...{ tap: newId(), permit: of, outcome: 'in', refusal: null, cardLast4: '1234', cardHash: null, listAsOf: at },
  decision: { gate: 'main', guard, at, offline: false },
  ...more,
});
const office = () => site.as(administrator).permits;
const gate = () => site.as(agent()).permits;
const saved = (answer: PermitSaved) => {
  if (answer.result !== 'saved') throw new Error(answer.why);
  return answer.permit;
};
const list = async () => (await loadPermits(site.db.kysely)).body.permits;
const version = async () => (await loadPermits(site.db.kysely)).version;

test('a permit is on the list with the hash of its card, never its number; the office sees no hash', async () => {
  const command = permit({ plates: ['京Ａ·12345'] });
  const view = saved(await office().save(command));
  expect(view).toMatchObject({ name: '赵师傅', state: 'valid', cardLast4: '2435', plates: ['京A12345'], last: null });
  expect(JSON.stringify(view)).not.toMatch(/cardHash/);
  const key = Buffer.from(readFileSync(join(site.keyDir, 'card.key'), 'utf8'), 'hex');
  expect((await list())[0]?.cardHash).toBe(createHmac('sha256', key).update('0B00C1D2E3').digest('hex'));
  const { rows } = await sql<{ text: string }>`select p::text as text from permits p`.execute(site.db.kysely);
  expect(rows[0]?.text.toUpperCase()).not.toContain('0B00C1D2E3');
});

test('a card is found by what is printed on it, decimal or hex, and nothing of its number is told', async () => {
  await office().save(permit());
  const printed = String(0x00c1d2e3).padStart(10, '0');
  for (const number of [printed, '0b00c1d2e3', ` ${printed.slice(0, 3)} ${printed.slice(3)}`])
    expect((await office().byCard({ number })).map(({ name }) => name)).toEqual(['赵师傅']);
  for (const number of ['0000000001', '4294967296', '2435', "' or 1=1", '刷卡', '0B00C1D2E30'])
    expect(await office().byCard({ number })).toEqual([]);
  await expect(gate().byCard({ number: printed })).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('suspended with a reason and given back: on the list with the next version, on record, repeats harmless', async () => {
  const { permit: id } = saved(await office().save(permit()));
  const before = await version();
  const suspend = { command: newId(), permit: id, reason: '离职，卡未交回' };
  expect(await office().suspend(suspend)).toMatchObject({ state: 'suspended', suspended: { reason: suspend.reason } });
  await office().suspend(suspend);
  await office().suspend({ command: newId(), permit: id, reason: '别的原因' });
  expect((await list())[0]?.suspended?.reason).toBe(suspend.reason);
  expect(await version()).toBeGreaterThan(before);
  const giveBack = { command: newId(), permit: id };
  await office().giveBack(giveBack);
  expect(await office().giveBack(giveBack)).toMatchObject({ state: 'valid', suspended: null });
  // A suspension that comes again after it was given back must not suspend anew.
  expect(await office().suspend(suspend)).toMatchObject({ state: 'valid' });
  expect((await office().changes({ permit: id })).map(({ act }) => act)).toEqual(['issued', 'suspended', 'givenBack']);
  expect((await events(site.db)).map((e) => e.type)).toEqual(['permit.issued', 'permit.suspended', 'permit.givenBack']);
});

test('a change keeps the card and the suspension; the same command twice changes once', async () => {
  const first = permit();
  await office().save(first);
  await office().suspend({ command: newId(), permit: first.permit, reason: '离职' });
  const change = permit({ permit: first.permit, card: { by: 'keep' }, validTo: '2027-06-30', plates: [] });
  const view = saved(await office().save(change));
  expect(view).toMatchObject({ cardLast4: '2435', validTo: '2027-06-30', plates: [], state: 'suspended' });
  await office().save(change);
  expect(await office().changes({ permit: first.permit })).toHaveLength(3);
});

test.each<[string, Partial<SavePermit>, string]>([
  ['ends before it starts', { validFrom: '2026-12-02', validTo: '2026-12-01' }, 'endsBeforeStart'],
  ['closes before it opens', { from: '18:00', to: '06:30' }, 'hoursBeforeStart'],
  ['opens nothing', { card: { by: 'none' }, plates: [] }, 'noMeans'],
  ['has a card that nobody tapped', { card: { by: 'tap', tap: newId() } }, 'cardUnknown'],
])('a permit that %s is refused in words', async (_, more, why) => {
  expect(await office().save(permit(more))).toMatchObject({ result: 'refused', why });
  expect(await list()).toEqual([]);
});

test('a card and a plate stand on one permit; who else has it is said; taken off, another may have it', async () => {
  const first = permit();
  await office().save(first);
  const taken = { result: 'refused', holder: '赵师傅' };
  expect(await office().save(permit({ plates: [] }))).toMatchObject({ ...taken, why: 'cardTaken' });
  const other = permit({ card: { by: 'none' }, plates: ['京B99999', '京a 12345'] });
  expect(await office().save(other)).toMatchObject({ ...taken, why: 'plateTaken', plate: '京A12345' });
  await office().save({ ...first, command: newId(), card: { by: 'none' }, plates: ['京C00001'] });
  expect(await office().save({ ...other, card: { by: 'number', number: '0b00c1d2e3' } })).toMatchObject({
    result: 'saved',
  });
});

test('two offices that give out one card at the same moment: one gets it', async () => {
  const answers = await Promise.all([1, 2, 3].map((n) => office().save(permit({ plates: [`京A0000${n}`] }))));
  expect(answers.map((a) => a.result).sort()).toEqual(['refused', 'refused', 'saved']);
});

test.each<[string, Record<string, unknown>]>([
  ['a name of 10,000 signs', { name: '名'.repeat(10_000) }],
  ['no name', { name: '  ' }],
  ['an impossible plate', { plates: ['京AIO345'] }],
  ['a day that is none', { days: [0] }],
  ['no day', { days: [] }],
  ['a day twice', { days: [1, 1] }],
  ['an hour that is none', { from: '25:00' }],
  ['a date that is none', { validTo: '2027-02-30' }],
  ['a card number that is none', { card: { by: 'number', number: "'; drop table permits" } }],
])('%s is bad input', async (_, more) => {
  await expect(office().save({ ...permit(), ...more })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('signs of other tongues are stored as they are, and shown as they are', async () => {
  const name = `<b>𬱖</b>'; drop table gate.permits; -- 🚚`;
  expect(saved(await office().save(permit({ name, firm: '__proto__' })))).toMatchObject({ name, firm: '__proto__' });
});

test('a card that nobody knew is learnt by its tap, once, and only for ten minutes', async () => {
  const cardHash = 'ab'.repeat(32);
  const strange = tap(null, '2026-11-23T07:59:00.000Z', { outcome: 'refused', refusal: 'unknown', cardHash });
  await gate().log(strange);
  await gate().log(strange);
  expect(await office().strange()).toEqual([
    { tap: strange.tap, gate: 'main', at: '2026-11-23T07:59:00.000Z', cardLast4: '1234' },
  ]);
  saved(await office().save(permit({ card: { by: 'tap', tap: strange.tap } })));
  expect((await list())[0]).toMatchObject({ cardHash, cardLast4: '1234' });
  site.clock.set('2026-11-23T08:30:00.000Z');
  expect(await office().strange()).toEqual([]);
});

test('taps come twice and out of order: the newest by the gates’ time is the last, each is told once', async () => {
  const { permit: id } = saved(await office().save(permit()));
  const out = tap(id, '2026-11-23T09:00:00.000Z', { outcome: 'out' });
  await gate().log(out);
  await gate().log(tap(id, '2026-11-23T07:00:00.000Z'));
  expect(await gate().log(out)).toMatchObject({ outcome: 'out', name: '赵师傅', at: '2026-11-23T09:00:00.000Z' });
  expect((await office().all())[0]?.last).toEqual({ outcome: 'out', gate: 'main', at: '2026-11-23T09:00:00.000Z' });
  expect((await events(site.db)).filter((e) => e.type === 'permitTap.recorded')).toHaveLength(2);
});

test('without his card: who vouched is on the permit, in the day record, and of whoever has no permit too', async () => {
  const { permit: id } = saved(await office().save(permit({ kind: 'staff' })));
  const liu = { id: 's-liu', name: '刘芳' };
  const forgotten = { person: liu, proof: 'colleague' as const, by: { id: 's-chen', name: '陈立新' } };
  const without = { cardLast4: null, forgotten };
  await gate().log(tap(id, '2026-11-23T07:00:00.000Z', without));
  expect((await office().all())[0]?.last).toMatchObject({ outcome: 'in', forgotten });
  const sun = { ...forgotten, person: { id: 's-sun', name: '孙丽华' } };
  const named = await gate().log(tap(null, '2026-11-23T07:05:00.000Z', { ...without, forgotten: sun }));
  expect(named).toMatchObject({ permit: null, name: '孙丽华', forgotten: sun });
  expect(await office().strange()).toEqual([]);
  const decision = { gate: 'main', guard, at: '2026-11-23T06:00:00.000Z', offline: false };
  const shift = { shift: newId(), gateName: '东门', planned: null, reason: 'stoodIn' as const, proof: 'pin' as const };
  await site.as(agent()).shifts.begin({ ...shift, decision });
  const record = await site.as(administrator).shifts.record({ gate: 'main', date: '2026-11-23' });
  expect(record.forgotten).toMatchObject([
    { person: liu, by: { name: '陈立新' }, outcome: 'in' },
    { person: sun.person },
  ]);
});

test('a gate speaks for itself only; a guard reads no permits; a principal changes none', async () => {
  const other = site.as(agent('other')).permits.log(tap(null, '2026-11-23T08:00:00.000Z'));
  await expect(other).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const as = (role: 'guard' | 'principal') => site.as({ kind: 'person', id: 'p', name: '某人', role }).permits;
  await expect(as('guard').all()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  expect(await as('principal').all()).toEqual([]);
  await expect(as('principal').save(permit())).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('what was recorded can be changed by nobody', async () => {
  await expect(sql`delete from permit_taps`.execute(site.db.kysely)).rejects.toThrow(/denied/);
  await expect(sql`update permit_changes set reason = ''`.execute(site.db.kysely)).rejects.toThrow(/denied/);
});
