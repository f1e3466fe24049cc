import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { administrator, agent, handOver, pickupSite, refusal, school, teacher } from './site.ts';

let site: Awaited<ReturnType<typeof pickupSite>>;
beforeAll(async () => {
  site = await pickupSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  site.clock.set('2026-11-23T08:30:00.000Z');
  await site.empty();
  await site.bring(school);
});

const told = async () => (await site.events()).filter((e) => e.type.startsWith('handOver'));

test('a hand-over is recorded and the office sees who took whom', async () => {
  const command = handOver();
  expect(await site.as(agent()).recordHandOver(command)).toEqual({ result: 'recorded' });
  const { handOvers, children } = await site.as(teacher).today();
  expect(children).toBe(3);
  expect(handOvers).toEqual([
    {
      id: command.handOver,
      at: '2026-11-23T08:30:00.000Z',
      gate: 'main',
      guard: { id: 's-wang', name: '王建国' },
      kind: 'handOver',
      refusal: null,
      guardian: { name: '王秀兰', relation: '奶奶' },
      children: [{ id: 'c-1', name: '林一诺', className: '三（2）班' }],
      cardLast4: '4417',
      offline: false,
      conflict: false,
    },
  ]);
  expect(await told()).toEqual([{ type: 'handOver.recorded', data: handOvers[0] }]);
});

test('sent three times it is one record, one event and the same answer', async () => {
  const gate = site.as(agent());
  const command = handOver();
  const answers = await Promise.all([1, 2, 3].map(() => gate.recordHandOver(command)));
  expect(answers).toEqual([1, 2, 3].map(() => ({ result: 'recorded' })));
  expect(await told()).toHaveLength(1);
});

test('a second hand-over of the same child that day is kept as a conflict and says who stands', async () => {
  await site.as(agent('east')).recordHandOver(handOver({ gate: 'east' }));
  const second = handOver({
    gate: 'west',
    guardian: 'g-lin',
    cardLast4: '5180',
    at: '2026-11-23T08:40:00.000Z',
    offline: true,
  });
  const west = site.as(agent('west'));
  const conflict = { result: 'conflict', by: '王秀兰', at: '2026-11-23T08:30:00.000Z' };
  expect(await west.recordHandOver(second)).toEqual(conflict);
  expect(await west.recordHandOver(second)).toEqual(conflict);
  const { handOvers } = await site.as(administrator).today();
  expect(handOvers.map((h) => [h.guardian?.name, h.conflict])).toEqual([
    ['林建军', true],
    ['王秀兰', false],
  ]);
  expect(await told()).toHaveLength(2);
});

test('two gates at the same moment: one stands, one conflicts', async () => {
  const answers = await Promise.all(
    Array.from({ length: 12 }, (_, i) => site.as(agent(`g${i}`)).recordHandOver(handOver({ gate: `g${i}` }))),
  );
  expect(answers.filter((a) => a.result === 'recorded')).toHaveLength(1);
  expect((await site.as(administrator).today()).handOvers).toHaveLength(12);
});

test("the next school day the child can be fetched again; the day is the school's", async () => {
  const gate = site.as(agent());
  expect(await gate.recordHandOver(handOver({ at: '2026-11-23T15:59:59.000Z' }))).toEqual({ result: 'recorded' });
  expect(await gate.recordHandOver(handOver({ at: '2026-11-23T16:00:00.000Z' }))).toEqual({ result: 'recorded' });
  site.clock.set('2026-11-24T00:00:00.000Z');
  expect((await site.as(teacher).today()).handOvers.map((h) => h.at)).toEqual(['2026-11-23T16:00:00.000Z']);
});

test('a record keeps its names when the school is imported anew', async () => {
  await site.as(agent()).recordHandOver(handOver());
  await site.bring({ children: [], guardians: [], cards: [], rules: [], bars: [] });
  expect((await site.as(teacher).today()).handOvers[0]).toMatchObject({
    guardian: { name: '王秀兰' },
    children: [{ name: '林一诺' }],
  });
});

test('a child or adult that the school does not know any more is kept all the same', async () => {
  const command = handOver({ child: 'c-gone', guardian: 'g-gone', offline: true });
  expect(await site.as(agent()).recordHandOver(command)).toEqual({ result: 'recorded' });
});

test('a refusal is on record with its reason, once', async () => {
  const gate = site.as(agent());
  const command = refusal();
  const view = await gate.recordRefusal(command);
  expect(view).toMatchObject({ kind: 'refusal', refusal: 'lostCard', guardian: { name: '王秀兰' }, conflict: false });
  expect(await gate.recordRefusal(command)).toEqual(view);
  await gate.recordRefusal(refusal({ reason: 'unknownCard', guardian: null, children: [], cardLast4: null }));
  const { handOvers } = await site.as(teacher).today();
  expect(handOvers.map((h) => h.refusal).sort()).toEqual(['lostCard', 'unknownCard']);
  expect((await told()).map((e) => e.type)).toEqual(['handOver.refused', 'handOver.refused']);
});

test("a gate can't record in another gate's name, nor can a person; a gate reads no records", async () => {
  await expect(site.as(agent('east')).recordHandOver(handOver())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(site.as(agent('east')).recordRefusal(refusal())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(site.as(administrator).recordHandOver(handOver())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(site.as(agent()).today()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const guard = site.as({ kind: 'person', id: 's-wang', name: '王建国', role: 'guard' });
  await expect(guard.today()).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('no record can be changed or taken away with the rights of the service', async () => {
  await site.as(agent()).recordHandOver(handOver());
  for (const table of ['hand_overs', 'refusals', 'card_changes']) {
    await expect(sql`delete from ${sql.table(table)}`.execute(site.db.kysely)).rejects.toMatchObject({ code: '42501' });
    await expect(sql`update ${sql.table(table)} set at = now()`.execute(site.db.kysely)).rejects.toMatchObject({
      code: '42501',
    });
  }
});
