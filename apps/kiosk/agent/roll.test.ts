/** Who is inside by this gate's word and the service's, whichever is ahead. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VisitView } from '@anyuan/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Journal, openJournal } from './journal.ts';
import { Roll, type Unsent } from './roll.ts';

const id = (n: number) => `019ab000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const visit = (n: number, more: Partial<VisitView> = {}): VisitView => ({
  ...{ visit: id(n), number: `E1123-00${n}`, name: '张伟明', document: 'resident', idLast4: '2718' },
  ...{ reason: 'parentTalk', host: null, security: { result: 'clear' }, status: 'onSite', refusal: null, gate: 'main' },
  ...{ guard: { id: 's-wang', name: '王建国' }, admittedAt: '2026-11-23T08:00:00.000Z', leftAt: null, offline: false },
  ...{ type: 'parent', party: { count: 1, names: [] }, gone: 0, until: null, confirmation: { how: 'notNeeded' } },
  ...{ certificate: null, work: null, firm: null, booking: null, plate: null, held: null },
  ...more,
});
const things = { ticket: 'K01', items: ['剪刀'], outcome: null, because: null, note: null, at: null, by: null };
const given = { outcome: 'given', because: null, note: null, at: null, by: null } as const;
const unsent = (more: Partial<Unsent> = {}): Unsent => ({
  admitted: new Set(),
  returned: new Set(),
  out: false,
  ...more,
});

let dir: string;
let journal: Journal;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'anyuan-roll-'));
  journal = openJournal(dir, 'ab'.repeat(32));
});
afterEach(() => {
  journal.close();
  rmSync(dir, { recursive: true });
});
const inside = (roll: Roll) => roll.all().map((v) => [v.visit, v.party.count - v.gone]);

test.each<[string, (roll: Roll) => void, [string, number][], number]>([
  ['one leaves', (roll) => roll.left(id(1)), [[id(2), 5]], 0],
  [
    'some of a group leave',
    (roll) => roll.left(id(2), 2),
    [
      [id(2), 3],
      [id(1), 1],
    ],
    0,
  ],
  ['the last of a group leave', (roll) => [2, 2, 1].forEach((n) => void roll.left(id(2), n)), [[id(1), 1]], 0],
  ['it was a slip of the hand', (roll) => roll.undone(id(1)), [[id(2), 5]], 0],
  [
    'somebody unknown leaves',
    (roll) => roll.left(id(9)),
    [
      [id(2), 5],
      [id(1), 1],
    ],
    0,
  ],
])('%s: here, and after a restart', (_, happens, expected, held) => {
  const roll = new Roll(journal, () => {});
  roll.admitted(visit(1));
  roll.admitted(visit(2, { party: { count: 5, names: [] }, admittedAt: '2026-11-23T09:00:00.000Z' }));
  happens(roll);
  expect([inside(roll), roll.held().length]).toEqual([expected, held]);
  expect(inside(new Roll(journal, () => {}))).toEqual(expected);
});

test.each<[string, (roll: Roll) => void, VisitView[], Unsent, string[]]>([
  ['what it has not received yet is here', () => {}, [], unsent({ admitted: new Set([id(1)]) }), [id(1)]],
  ['what it received and says is gone, is gone', () => {}, [], unsent(), []],
  ['another gate let somebody in', () => {}, [visit(1), visit(3)], unsent(), [id(1), id(3)]],
  ['signed out here, not heard there yet', (roll) => roll.left(id(1)), [visit(1)], unsent({ out: true }), []],
  ['taken back here, not heard there yet', (roll) => roll.undone(id(1)), [visit(1)], unsent({ out: true }), []],
])('the service speaks: %s', (_, happens, onSite, waiting, expected) => {
  const roll = new Roll(journal, () => {});
  roll.admitted(visit(1));
  happens(roll);
  roll.heard(onSite, [], waiting);
  expect(
    roll
      .all()
      .map((v) => v.visit)
      .sort(),
  ).toEqual(expected);
});

test('things stay after their owner left, until they are given back, also while the service still lists them', () => {
  const roll = new Roll(journal, () => {});
  roll.admitted(visit(1, { held: things }));
  roll.left(id(1));
  expect([roll.all(), roll.held().map((v) => v.visit)]).toEqual([[], [id(1)]]);
  const listed = [visit(1, { held: things, status: 'left' })];
  roll.heard([], listed, unsent());
  expect(roll.held()).toHaveLength(1);
  roll.returned(id(1), given);
  roll.heard([], listed, unsent({ returned: new Set([id(1)]) }));
  expect([roll.held(), roll.visit(id(1))]).toEqual([[], undefined]);
});
