import { expect, test } from 'vitest';
import { type SaidOfEnd, standing } from './visit-end.ts';

const came = new Date('2026-11-23T08:00:00.000Z');
const at = (second: number) => new Date(came.getTime() + second * 1000);
const left = (second: number, count: number | null = null): SaidOfEnd => ({ kind: 'left', count, at: at(second) });
const undone = (second: number): SaidOfEnd => ({ kind: 'undone', count: null, at: at(second) });

test.each<[string, number, SaidOfEnd[], object]>([
  ['nothing was said', 1, [], { status: 'onSite', gone: 0, leftAt: null }],
  ['he left', 1, [left(60)], { status: 'left', gone: 1, leftAt: at(60) }],
  ['twice: the first counts', 1, [left(60), left(90)], { status: 'left', leftAt: at(60) }],
  ['some of a group', 40, [left(60, 3), left(90, 5)], { status: 'onSite', gone: 8, leftAt: null }],
  ['the rest of the group', 40, [left(60, 3), left(90)], { status: 'left', gone: 40, leftAt: at(90) }],
  ['one by one until nobody is left', 2, [left(60, 1), left(90, 1)], { status: 'left', gone: 2, leftAt: at(90) }],
  ['more than there are', 2, [left(60, 9)], { status: 'left', gone: 2 }],
  ['taken back at once', 1, [undone(8)], { status: 'undone', gone: 0, leftAt: null }],
  ['taken back, then signed out', 1, [undone(8), left(60)], { status: 'undone', leftAt: null }],
  ['signed out, then taken back', 1, [left(8), undone(9)], { status: 'left', leftAt: at(8) }],
  ['taken back an hour later is no slip', 1, [undone(3600)], { status: 'onSite', gone: 0 }],
  ['taken back when one has left already', 3, [left(5, 1), undone(9)], { status: 'onSite', gone: 1 }],
])('%s', (_name, count, said, expected) => {
  expect(standing(count, came, said)).toMatchObject(expected);
});
