import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { administrator, certificate, principal, trainingSite } from './site.ts';

let site: Awaited<ReturnType<typeof trainingSite>>;
beforeAll(async () => {
  site = await trainingSite();
});
afterAll(() => site.close());
beforeEach(() => site.begin());

const office = () => site.as(administrator);
const due = async () =>
  (await site.events())
    .filter(({ type }) => type === 'reminder.due')
    .map(({ data }) => [(data.what as { certificate: string }).certificate, data.threshold, data.days]);
const on = (day: string, time = '00:00') => site.clock.set(`${day}T${time}:00.000+08:00`);

test('at 90, 30 and 7 days and on the last day, each once, to the holder and the office', async () => {
  const { id } = await office().addCertificate(certificate({ expiresOn: '2027-03-01' }));
  for (const [day, time] of [
    // 91 days before in the school's own day, though 90 of the world's.
    ['2026-11-30', '23:59'],
    ['2026-12-01', '00:00'],
    ['2026-12-01', '00:01'],
    ['2026-12-02', '00:00'],
    ['2027-01-29', '23:59'],
    ['2027-01-30', '00:00'],
    ['2027-02-22', '00:00'],
    ['2027-02-28', '00:00'],
    ['2027-03-01', '00:00'],
    ['2027-03-02', '00:00'],
    ['2027-06-01', '00:00'],
  ] as const) {
    on(day, time);
    await site.round();
  }
  expect(await due()).toEqual([
    [id, 90, 90],
    [id, 30, 30],
    [id, 7, 7],
    [id, 0, 0],
  ]);
  const [, first] = await site.events();
  expect(first?.data).toEqual({
    to: ['s-wang', 's-zhou'],
    what: { certificate: id, kind: 'guardCertificate', person: 's-wang', name: '王建国', expiresOn: '2027-03-01' },
    threshold: 90,
    days: 90,
  });
});

test('a second copy at the same moment, or a restart, doubles nothing', async () => {
  const { id } = await office().addCertificate(certificate({ expiresOn: '2026-12-10' }));
  await Promise.all([1, 2, 3, 4].map(() => site.round()));
  await site.round();
  expect(await due()).toEqual([[id, 30, 17]]);
});

test('entered late, or after a long sleep, only the narrowest that is reached is said', async () => {
  const late = await office().addCertificate(certificate({ expiresOn: '2026-11-28' }));
  const over = await office().addCertificate(certificate({ kind: 'firstAid', expiresOn: '2026-01-01' }));
  await site.round();
  expect(await due()).toEqual([
    [over.id, 0, -326],
    [late.id, 7, 5],
  ]);
});

test('renewed, withdrawn, outlasted, without an end, or of somebody who has left: nobody is reminded', async () => {
  const old = await office().addCertificate(certificate({ expiresOn: '2026-12-01' }));
  await office().addCertificate(certificate({ supersedes: old.id, expiresOn: '2029-12-01' }));
  const wrong = await office().addCertificate(certificate({ kind: 'driver', expiresOn: '2026-12-01' }));
  await office().withdrawCertificate({ certificate: wrong.id, reason: '录入有误' });
  await office().addCertificate(certificate({ kind: 'firstAid', expiresOn: null }));
  // A new one beside the old one, and nobody said that it renews it.
  await office().addCertificate(certificate({ kind: 'health', expiresOn: '2026-12-01' }));
  await office().addCertificate(certificate({ kind: 'health', expiresOn: '2027-12-01' }));
  await office().addCertificate(certificate({ person: 's-gone', expiresOn: '2026-12-01' }));
  await site.round();
  expect(await due()).toEqual([]);
});

test('forty that end in one month: each once in the first round, none in the next', async () => {
  await Promise.all(
    Array.from({ length: 40 }, (_, i) =>
      office().addCertificate(certificate({ kind: 'other', expiresOn: `2026-12-${10 + (i % 20)}` })),
    ),
  );
  for (const _ of [1, 2, 3]) await site.round();
  const all = await due();
  expect(new Set(all.map(([id]) => id)).size).toBe(40);
  expect(all).toHaveLength(40);
});

test('the list says what ends and what was said last; the first to end comes first', async () => {
  await office().addCertificate(certificate({ expiresOn: '2026-12-20' }));
  await office().addCertificate(certificate({ person: 's-li', expiresOn: '2026-11-25' }));
  await site.round();
  on('2026-12-15');
  await site.round();
  expect(await site.as(principal).reminders()).toMatchObject([
    { person: { name: '李强' }, days: -20, threshold: 0 },
    { person: { name: '王建国' }, days: 5, threshold: 7, remindedAt: '2026-12-14T16:00:00.000Z' },
  ]);
});
