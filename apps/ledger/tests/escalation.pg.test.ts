import { newId } from '@anyuan/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { administrator, ledgerSite, START } from './site.ts';

let site: Awaited<ReturnType<typeof ledgerSite>>;
beforeAll(async () => {
  site = await ledgerSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  site.set(START);
  await site.empty();
});

/** Midnight in school begins the day: 16:00 UTC of the day before. */
const begin = (day: string): string => new Date(Date.parse(`${day}T00:00:00.000Z`) - 8 * 3_600_000).toISOString();
const lastMoment = (day: string): string => new Date(Date.parse(begin(day)) + 86_399_999).toISOString();
const levels = async () => {
  const events = await site.events();
  return events.filter(({ type }) => type === 'hazard.escalated').map(({ data }) => data.escalated);
};

test('the day after the deadline its owner, after three the administrator, after seven the principal; each once', async () => {
  const { id } = await site.assigned({ deadline: '2026-11-30' });
  for (const [moment, expected] of [
    [lastMoment('2026-11-30'), []],
    [begin('2026-12-01'), [1]],
    [lastMoment('2026-12-02'), [1]],
    [begin('2026-12-03'), [1, 2]],
    [lastMoment('2026-12-06'), [1, 2]],
    [begin('2026-12-07'), [1, 2, 3]],
    [begin('2027-01-07'), [1, 2, 3]],
  ] as const) {
    site.set(moment);
    await site.round();
    await site.round();
    expect(await levels()).toEqual(expected);
  }
  const told = (await site.events()).at(-1)?.data;
  expect(told).toMatchObject({ id, escalated: 3, late: 7, owner: { id: 's-zhao' }, deadline: '2026-11-30' });
  const { history } = await site.as(administrator).hazard({ hazard: id });
  expect(history.filter(({ type }) => type === 'escalated').map(({ actor, detail }) => [actor, detail])).toEqual(
    [1, 2, 3].map((level) => [null, { level, deadline: '2026-11-30' }]),
  );
});

test('two copies at the same moment tell it once', async () => {
  for (let i = 0; i < 5; i++) await site.assigned({ deadline: '2026-11-24' });
  site.set(begin('2026-12-10'));
  await Promise.all([site.round(), site.round(site.second), site.round(), site.round(site.second)]);
  expect((await levels()).sort()).toEqual([1, 2, 3].flatMap((level) => Array.from({ length: 5 }, () => level)));
});

test('more late hazards than one round takes: the next ones follow, the told ones do not stand in their way', async () => {
  for (let i = 0; i < 205; i++) await site.assigned({ deadline: '2026-11-24' });
  site.set(begin('2026-11-25'));
  await site.round();
  expect(await levels()).toHaveLength(200);
  await site.round();
  expect(await levels()).toHaveLength(205);
});

test('fixed, rejected or not assigned: nobody is told; put off: it begins anew', async () => {
  const office = site.as(administrator);
  const of = (hazard: string) => ({ command: newId(), hazard });
  await site.report();
  const fixed = await site.assigned({ deadline: '2026-11-24' });
  await office.fix({ ...of(fixed.id), evidence: '已修好' });
  const rejected = await site.assigned({ deadline: '2026-11-24' });
  await office.reject({ ...of(rejected.id), reason: '不是隐患' });
  const late = await site.assigned({ deadline: '2026-11-24' });
  site.set(begin('2026-11-25'));
  await site.round();
  expect(await levels()).toEqual([1]);
  await office.extendDeadline({ ...of(late.id), deadline: '2026-11-26', reason: '配件未到' });
  await site.round();
  expect(await levels()).toEqual([1]);
  site.set(begin('2026-11-27'));
  await site.round();
  expect(await levels()).toEqual([1, 1]);
  expect((await office.hazards({ filter: 'late' })).hazards).toMatchObject([{ id: late.id, late: 1, escalated: 1 }]);
});
