import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PermitEntry } from '@anyuan/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Journal, openJournal } from './journal.ts';
import { indexPermits } from './permit-decision.ts';
import { PermitDesk } from './permit-desk.ts';

const at = (time: string, date = '2026-11-23') => Date.parse(`${date}T${time}+08:00`);
const zhao: PermitEntry = {
  ...{ permit: '0199e1a4-5e10-7000-8000-000000000701', kind: 'contractor', name: '赵铁军', firm: '青禾保洁' },
  ...{ cardHash: 'hash-zhao', cardLast4: '4417', plates: [], suspended: null },
  ...{ validFrom: '2026-11-01', validTo: '2026-11-23', days: [1, 2, 3, 4, 5], from: '06:30', to: '18:00' },
  gates: ['main'],
};

let dir: string;
let journal: Journal;
let now: number;
let permit: PermitEntry;
let opened: number;
let old: boolean;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'anyuan-permit-'));
  journal = openJournal(dir, 'ab'.repeat(32));
  now = at('07:00:00');
  permit = zhao;
  opened = 0;
  old = false;
});
afterEach(() => {
  journal.close();
  rmSync(dir, { recursive: true });
});

const desk = (gate = 'main') =>
  new PermitDesk({
    ...{ gate, journal, clock: { now: () => now }, sender: { wake: () => {} } },
    index: () => indexPermits({ permits: [permit], deliveries: [] }),
    listAsOf: () => '2026-11-22T22:59:00.000Z',
    listTooOld: () => old,
    offline: () => false,
    witness: () => ({ id: 's-wang', name: '王建国' }),
    openDoor: () => {
      expect(kept().length).toBeGreaterThan(0);
      opened += 1;
    },
  });
const kept = () => journal.pending(['permitTap'], 20).map(({ body }) => body as { outcome: string });
const tap = (d: PermitDesk, alarm = false) => d.tapped('hash-zhao', alarm);

test('in, out, in again: on disk before the door moves; a second tap within ten seconds counts once', () => {
  const d = desk();
  expect(tap(d)).toMatchObject({ result: 'in', refusal: null, permit: { name: '赵铁军' }, byEye: false });
  now += 9_999;
  expect(tap(d)).toMatchObject({ result: 'again' });
  now += 1;
  expect(tap(d)).toMatchObject({ result: 'out' });
  now += 60_000;
  expect(tap(d)).toMatchObject({ result: 'in' });
  expect(kept().map(({ outcome }) => outcome)).toEqual(['in', 'out', 'in']);
  expect(kept()[0]).toMatchObject({
    ...{ permit: zhao.permit, cardLast4: '4417', cardHash: null, listAsOf: '2026-11-22T22:59:00.000Z' },
    decision: { gate: 'main', guard: { name: '王建国' }, at: '2026-11-22T23:00:00.000Z', offline: false },
  });
  expect(opened).toBe(3);
});

test('which way is known over a restart, and from the other gate; who forgot to tap out comes in the next day', () => {
  tap(desk());
  now += 3_600_000;
  expect(tap(desk())).toMatchObject({ result: 'out' });
  const d = desk();
  d.heard({ permit: zhao.permit, outcome: 'in', at: new Date(now + 60_000).toISOString() });
  d.heard({ permit: zhao.permit, outcome: 'out', at: new Date(now + 30_000).toISOString() });
  now += 3_600_000;
  expect(tap(d)).toMatchObject({ result: 'out' });
  now += 60_000;
  tap(d);
  permit = { ...zhao, validTo: '2026-12-31' };
  now += 24 * 3_600_000;
  expect(tap(d)).toMatchObject({ result: 'in' });
});

test.each<[string, Partial<PermitEntry>, number, string, string | null]>([
  ['on its last day', {}, at('18:00:59'), 'main', null],
  ['suspended, whatever else', { suspended: { at: '', reason: '离职' } }, at('23:00:00'), 'west', 'suspended'],
  ['the day after', { validTo: '2026-11-22' }, at('07:00:00'), 'main', 'expired'],
  ['the day before', { validFrom: '2026-11-24' }, at('07:00:00'), 'main', 'notYet'],
  ['at another gate', {}, at('07:00:00'), 'west', 'otherGate'],
  ['on a Sunday', { validFrom: '2026-11-01' }, at('07:00:00', '2026-11-22'), 'main', 'wrongDay'],
  ['too early', {}, at('06:29:59'), 'main', 'wrongHours'],
  ['too late', {}, at('18:01:00'), 'main', 'wrongHours'],
])('%s: %#', (_, more, moment, gate, refusal) => {
  permit = { ...zhao, ...more };
  now = moment;
  expect(tap(desk(gate))).toMatchObject({ result: refusal ? 'refused' : 'in', refusal });
  expect(kept()).toMatchObject([{ refusal }]);
  expect(opened).toBe(refusal ? 0 : 1);
});

test('with a list that is too old the guard looks: recorded, the door stays shut', () => {
  old = true;
  expect(tap(desk())).toMatchObject({ result: 'in', byEye: true });
  expect([kept().length, opened]).toEqual([1, 0]);
});

test('while an alarm is on it is refused and on record', () => {
  expect(tap(desk(), true)).toMatchObject({ result: 'refused', refusal: 'alarm' });
  expect([kept().length, opened]).toEqual([1, 0]);
});

test('a card of no permit is nobody’s here; a card that nobody knows is kept so that the office may give it out', () => {
  expect(desk().tapped('hash-other', false)).toBeUndefined();
  desk().strange('hash-new', '7731');
  expect(kept()).toMatchObject([{ permit: null, outcome: 'refused', refusal: 'unknown', cardHash: 'hash-new' }]);
});

test('a tap is decided in well under its 300 ms with 5,000 permits', () => {
  const permits = Array.from({ length: 5_000 }, (_, n) => ({ ...zhao, permit: `p-${n}`, cardHash: `h-${n}` }));
  const index = indexPermits({ permits, deliveries: [] });
  const from = performance.now();
  for (let n = 0; n < 1_000; n++) index.byCard.get(`h-${n * 5}`);
  tap(desk());
  expect(performance.now() - from).toBeLessThan(300);
});
