import { type Actor, newId } from '@anyuan/contracts';
import { sql } from 'kysely';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { clearOld } from '../src/retention.ts';
import { administrator, admission, agent, events, gateSite, question, refusal, signOut } from './site.ts';

const principal: Actor = { kind: 'person', id: 's-zhang', name: '张明', role: 'principal' };
const site = await gateSite();
afterAll(() => site.close());
beforeEach(async () => {
  for (const table of [
    'site_roll_marks',
    'site_rolls',
    'deletions',
    'retention_days',
    'retention_rules',
    'erasures',
    'visits',
    'visitors',
  ])
    await site.asAdmin(sql`delete from ${sql.id('gate', table)}`);
  for (const table of ['sign_outs', 'item_returns', 'access_log', 'outbox', 'vehicle_passes', 'permit_taps'])
    await site.asAdmin(sql`delete from ${sql.id('gate', table)}`);
});

const head = () => site.as(principal);
const gate = () => site.as(agent());
const round = () => site.db.tx((trx) => clearOld(trx, site.keys, site.clock.now()));
const rows = async (table: 'visits' | 'visitors' | 'signOuts' | 'searchKeys') =>
  (await site.db.kysely.selectFrom(table).select(sql`1`.as('one')).execute()).length;
const decision = {
  gate: 'main',
  guard: { id: 's-wang', name: '王建国' },
  at: '2026-05-01T03:00:00.000Z',
  offline: false,
};

async function spring() {
  const old = admission({ at: '2026-05-01T01:00:00.000Z', person: { name: '赵甲', idNumber: '110000199001013329' } });
  const again = admission({ at: '2026-05-02T01:00:00.000Z' });
  const recent = admission({ at: '2026-11-20T01:00:00.000Z' });
  const inside = admission({
    at: '2026-05-03T01:00:00.000Z',
    person: { name: '钱乙', idNumber: '110000198811118818' },
  });
  const held = admission({
    ...{ at: '2026-05-04T01:00:00.000Z', security: { result: 'held', items: ['美工刀'] } },
    person: { name: '孙丙', idNumber: '110000197702022217' },
  });
  for (const visit of [old, again, recent, inside, held]) await gate().admit(visit);
  for (const visit of [old, again, held]) await gate().signOut(signOut(visit.visit, { at: visit.decision.at }));
  await gate().refuse(refusal({ at: '2026-05-05T01:00:00.000Z' }));
  return { old, inside, held };
}

test('deletes what is older than the rule once a day, keeps whoever is inside or has things here, and proves it', async () => {
  site.clock.set('2026-11-23T16:30:00.000Z');
  const { held } = await spring();
  await round();
  expect(await rows('visits')).toBe(3);
  // 张伟明 has come since: the person stays.
  expect(
    (await site.db.kysely.selectFrom('visitors').select('name').orderBy('name').execute()).map(({ name }) => name),
  ).toEqual(expect.arrayContaining(['张伟明', '钱乙', '孙丙']));
  expect([await rows('visitors'), await rows('signOuts')]).toEqual([3, 1]);
  const view = await head().retention();
  expect(view).toMatchObject({ days: 180, set: null, ranOn: '2026-11-24', kept: { onSite: 1, held: 1, vehicles: 0 } });
  expect(view.chain).toMatchObject({ state: 'whole', links: 3 });
  expect(view.proofs.map((p) => [p.class, p.count, p.from, p.to, p.why])).toEqual([
    ['signOut', 2, '2026-05-01', '2026-05-02', 'retention'],
    ['visitor', 2, '2026-05-01', '2026-05-05', 'retention'],
    ['visit', 3, '2026-05-01', '2026-05-05', 'retention'],
  ]);
  expect(JSON.stringify(view.proofs)).not.toMatch(/赵甲|何强|[0-9a-f]{8}-[0-9a-f]{4}/);
  expect((await events(site.db)).filter(({ type }) => type === 'deletion.proven')).toHaveLength(1);

  await gate().returnItems({ command: newId(), visit: held.visit, outcome: 'given', decision });
  await round();
  expect(await rows('visits')).toBe(3);
  site.clock.set('2026-11-24T16:30:00.000Z');
  await round();
  expect(await rows('visits')).toBe(2);
  const next = await head().retention();
  expect(next).toMatchObject({ kept: { onSite: 1, held: 0 }, chain: { state: 'whole', links: 7 } });
  expect(next.proofs.map((p) => p.class)).toContain('items');
});

test('the principal sets how long, between 30 and 1095 days, on record', async () => {
  site.clock.set('2026-11-23T01:00:00.000Z');
  const visit = admission({ at: '2026-10-01T01:00:00.000Z' });
  await gate().admit(visit);
  await gate().signOut(signOut(visit.visit, { at: visit.decision.at }));
  const command = { command: newId(), days: 30 };
  expect(await head().setRetention(command)).toMatchObject({ days: 30, set: { by: { name: '张明' } } });
  await head().setRetention(command);
  await expect(head().setRetention({ command: newId(), days: 29 })).rejects.toThrow();
  await expect(site.as(administrator).setRetention(command)).rejects.toMatchObject({ message: 'forbidden' });
  expect((await head().accessLog({})).map(({ kind, detail }) => [kind, detail])).toEqual([['retention', '30']]);
  await round();
  expect(await rows('visits')).toBe(0);
});

test('a booking goes with its visit, or with its day when nobody came', async () => {
  site.clock.set('2026-11-23T16:30:00.000Z');
  const booking = newId();
  const [unused, recent] = [newId(), newId()];
  for (const [id, day] of [
    [booking, '2026-05-01'],
    [unused, '2026-05-02'],
    [recent, '2026-11-20'],
  ])
    await site.asAdmin(sql`insert into gate.bookings
      (id, state, revision, source, name, initials, type, reason, note, starts, ends, party, created_at, closing)
      values (${id}, 'cancelled', 1, 'host', '周丁', 'zd', 'guest', 'other', '', ${`${day}T01:00Z`}, ${`${day}T02:00Z`}, 1, now(), '18:30')`);
  const visit = admission({ at: '2026-05-01T01:00:00.000Z', booking });
  await gate().admit(visit);
  await round();
  expect(
    (await site.db.kysely.selectFrom('bookings').select('id').orderBy('starts').execute()).map(({ id }) => id),
  ).toEqual([booking, recent]);
  await gate().signOut(signOut(visit.visit, { at: '2026-05-01T02:00:00.000Z' }));
  site.clock.set('2026-11-24T16:30:00.000Z');
  await round();
  expect((await site.db.kysely.selectFrom('bookings').select('id').execute()).map(({ id }) => id)).toEqual([recent]);
  await site.asAdmin(sql`delete from gate.bookings`);
});

const GUARD = decision.guard;
const decided = (at: string) => ({ gate: 'main', guard: GUARD, at, offline: false });
const pass = (plate: string, outcome: 'in' | 'out' | 'refused', at: string, visit?: string) => ({
  ...{ pass: newId(), plate, outcome, doubt: null, reason: null, listAsOf: null, decision: decided(at) },
  by: visit ? { as: 'visitor' as const, visit } : { as: 'other' as const },
});
const tap = (at: string) => ({
  ...{ tap: newId(), permit: null, outcome: 'refused' as const, refusal: null, listAsOf: null, decision: decided(at) },
  ...{ cardLast4: 'C5C1', cardHash: 'h' },
});
const column = async (query: ReturnType<typeof sql<{ it: string }>>) =>
  (await query.execute(site.db.kysely)).rows.map(({ it }) => it);

test('vehicles, taps, whose a hit was, deliveries and questions go by the same rule, each named in the chain', async () => {
  const [first, entry, standing, person] = ['2026-05-01T01:00:00.000Z', newId(), newId(), 'a'.repeat(64)];
  site.clock.set(first);
  await gate().vehicles.log(pass('京A11111', 'in', first));
  await gate().vehicles.log(pass('京A11111', 'out', '2026-05-01T02:00:00.000Z'));
  await gate().vehicles.log(pass('京A22222', 'in', first));
  await gate().vehicles.log(pass('京A33333', 'in', first));
  await gate().permits.log(tap(first));
  await site.asAdmin(sql`insert into gate.goods_deliveries values
    (${newId()}, '光明乳业', '牛奶', '京A44444', '2026-05-01', '06:00', '07:00', null, 's', '周敏', ${first})`);
  for (const [id, until] of [
    [entry, '2026-06-01'],
    [standing, '2027-06-01'],
  ]) {
    await site.asAdmin(sql`insert into gate.watch_entries values (${id}, '', null, null, null, 'n', 'school', 'r', 'refuse',
      'i', '[]', '[]', '2026-04-01', ${until}, 's', '周敏', ${first}, null, 1)`);
    const hit = newId();
    await site.asAdmin(sql`insert into gate.watch_hits values
      (${hit}, ${id}, 'number', ${person}, 'document', 'main', 's', '王建国', ${first}, ${first}, false, ${first})`);
    await site.asAdmin(sql`insert into gate.watch_answers values
      (${newId()}, default, ${hit}, 'no', 's', '王建国', 'gate', ${first}, false, ${first})`);
  }
  site.clock.set('2026-11-20T01:00:00.000Z');
  await gate().vehicles.log(pass('京A33333', 'out', '2026-11-20T01:00:00.000Z'));
  await gate().permits.log(tap('2026-11-20T01:00:00.000Z'));
  // A gate whose clock is years behind: what has only just come stays.
  await gate().permits.log(tap('2019-01-01T01:00:00.000Z'));
  site.clock.set('2026-11-23T15:58:00.000Z');
  await gate().host.ask(question({ at: '2026-11-23T09:00:00.000Z' }));
  await gate().host.withdraw({ question: (await column(sql`select id as it from host_questions`))[0] ?? '' });
  await gate().host.ask(question({ at: '2026-11-23T15:58:00.000Z' }));
  site.clock.set('2026-11-23T16:30:00.000Z');
  await round();
  const { proofs, chain, kept } = await head().retention();
  expect(chain.state).toBe('whole');
  expect(kept.vehicles).toBe(1);
  expect(proofs.map((p) => [p.class, p.count, p.days]).reverse()).toEqual([
    ['vehiclePass', 2, 180],
    ['permitTap', 1, 180],
    ['watchHit', 1, 180],
    ['delivery', 1, 180],
    ['question', 1, 1],
  ]);
  expect(await column(sql`select plate || ' ' || outcome as it from vehicle_passes order by plate, at`)).toEqual([
    '京A22222 in',
    '京A33333 in',
    '京A33333 out',
  ]);
  expect(await column(sql`select entry as it from watch_hits where person is not null`)).toEqual([standing]);
  expect(await column(sql`select answer as it from watch_answers`)).toEqual(['no', 'no']);
  expect(await column(sql`select state as it from host_questions`)).toEqual(['open']);
  await expect(site.db.kysely.deleteFrom('vehiclePasses').execute()).rejects.toThrow();
  await expect(site.db.kysely.updateTable('watchHits').set({ person: null }).execute()).rejects.toThrow();
});

test('whoever goes on request takes the passes of his vehicle and the words on his booking along', async () => {
  site.clock.set('2026-11-23T01:00:00.000Z');
  const booking = newId();
  await site.asAdmin(sql`insert into gate.bookings
    (id, state, revision, source, name, initials, type, reason, note, starts, ends, party, created_at, closing)
    values (${booking}, 'cancelled', 1, 'host', '周丁', 'zd', 'guest', 'other', '', '2026-11-23T01:00Z', '2026-11-23T02:00Z',
      1, now(), '18:30')`);
  for (const type of ['booked', 'phoneRead'])
    await site.asAdmin(sql`insert into gate.booking_log values
      (${newId()}, ${booking}, now(), ${type}, 's', '周敏', '找刘老师')`);
  const visit = admission({ at: '2026-11-23T00:30:00.000Z', booking });
  await gate().admit(visit);
  await gate().vehicles.log(pass('京A55555', 'in', '2026-11-23T00:30:00.000Z', visit.visit));
  await gate().vehicles.log(pass('京A66666', 'in', '2026-11-23T00:30:00.000Z'));
  await gate().signOut(signOut(visit.visit, { at: '2026-11-23T00:50:00.000Z' }));
  const [visitor = ''] = await column(sql`select visitor as it from visits`);
  await head().eraseVisitor({ command: newId(), visitor, reason: 'ownRequest' });
  expect(await column(sql`select plate as it from vehicle_passes where visit is not null`)).toEqual([]);
  expect(await column(sql`select plate as it from vehicle_passes where plate = '京A66666'`)).toHaveLength(1);
  expect(await column(sql`select type as it from booking_log`)).toEqual(['phoneRead']);
  expect(await column(sql`select visit as it from booking_uses`)).toEqual([]);
  expect((await head().retention()).proofs.map((p) => p.class).sort()).toEqual([
    'booking',
    'bookingLog',
    'bookingUse',
    'signOut',
    'vehiclePass',
    'visit',
    'visitor',
  ]);
});

test('one person goes on request, not while he is inside, and leaves a proof without a name', async () => {
  site.clock.set('2026-11-23T01:00:00.000Z');
  const visit = admission({ at: '2026-11-23T00:30:00.000Z' });
  await gate().admit(visit);
  const { people } = await head().findVisitors({ text: 'zwm' });
  const erase = { command: newId(), visitor: people[0]?.visitor ?? '', reason: 'ownRequest' } as const;
  expect(await head().eraseVisitor(erase)).toEqual({ result: 'refused', refusal: 'onSite' });
  await gate().signOut(signOut(visit.visit, { at: '2026-11-23T00:50:00.000Z' }));
  await expect(site.as(administrator).eraseVisitor(erase)).rejects.toMatchObject({ message: 'forbidden' });
  expect(await head().eraseVisitor(erase)).toEqual({ result: 'erased' });
  expect(await head().eraseVisitor(erase)).toEqual({ result: 'erased' });
  expect([await rows('visits'), await rows('visitors'), await rows('signOuts'), await rows('searchKeys')]).toEqual([
    0, 0, 0, 0,
  ]);
  const { proofs, chain } = await head().retention();
  expect(chain.state).toBe('whole');
  expect(proofs.map(({ class: of, count, why }) => [of, count, why])).toEqual([
    ['signOut', 1, 'ownRequest'],
    ['visitor', 1, 'ownRequest'],
    ['visit', 1, 'ownRequest'],
  ]);
  expect((await head().accessLog({})).map(({ kind, name, purpose }) => [kind, name, purpose])).toEqual([
    ['erasure', null, 'ownRequest'],
  ]);
});

test('a link that was changed, or taken out, breaks the chain there; the service itself can do neither', async () => {
  site.clock.set('2026-11-23T16:30:00.000Z');
  await spring();
  await round();
  await expect(site.db.kysely.updateTable('deletions').set({ count: 1 }).execute()).rejects.toThrow();
  await expect(site.db.kysely.deleteFrom('deletions').execute()).rejects.toThrow();
  await expect(site.db.kysely.deleteFrom('signOuts').execute()).rejects.toThrow();
  await site.asAdmin(sql`update gate.deletions set count = 99 where seq = 2`);
  const [one = '', two = ''] = await column(sql`select hash as it from deletions order by seq`);
  expect(await head().proofHashes({ seqs: [2, 1, 99] })).toEqual([two, one, null]);
  expect((await head().retention()).chain).toEqual({ state: 'broken', seq: 2 });
  await site.asAdmin(sql`delete from gate.deletions where seq = 1`);
  expect((await head().retention()).chain).toEqual({ state: 'broken', seq: 1 });
});
