import type { ShiftCheckKind } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import { type ChecksMade, openPoints } from './shift-points.ts';

const by = { id: 's-wang', name: '王建国' };
const made = (n: number, results: Partial<Record<ShiftCheckKind, boolean>>, gate = 'main'): ChecksMade => ({
  ...{ id: `c${n}`, gate, at: Date.parse('2026-11-23T00:00:00Z') + n * 3600_000, by },
  checks: Object.entries(results).map(([check, ok]) => ({
    ...{ check: check as ShiftCheckKind, ok, seen: 'guard', notes: ok ? [] : ['broken'] },
  })),
});
const open = (...args: Parameters<typeof openPoints>) =>
  openPoints(...args).map((p) => `${p.gate} ${p.check} ${p.checks}`);

test('a point stands from the first look that found it until one that is fine', () => {
  const first = made(1, { radio: false, alarm: true });
  const again = made(2, { radio: false });
  expect(open([first, again], [])).toEqual(['main radio c1']);
  expect(open([first, again, made(3, { radio: true })], [])).toEqual([]);
  expect(open([first, again, made(3, { speaker: true })], [])).toEqual(['main radio c1']);
});

test('of another gate it is another point; closed it is gone until it is found again', () => {
  const both = [made(1, { radio: false }), made(2, { radio: false }, 'east')];
  expect(open(both, [{ checks: 'c1', check: 'radio' }])).toEqual(['east radio c2']);
  expect(open([...both, made(3, { radio: false })], [{ checks: 'c1', check: 'radio' }])).toEqual([
    'east radio c2',
    'main radio c3',
  ]);
});
