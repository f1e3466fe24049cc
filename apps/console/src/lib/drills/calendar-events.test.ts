import { expect, it } from 'vitest';
import { allDrills, drill, termView } from '../../testing/drills-fixtures.ts';
import { civilOf, dayEvents, drillEvents } from './calendar-events.ts';

const NOW = Date.parse('2026-11-24T02:00:00.000Z');

it('draws a drill at its hour within its day; only a planned one can be moved, and only by who plans', () => {
  const events = drillEvents(allDrills(NOW), (d) => d.kind, true);
  expect(events.filter((e) => e.startEditable).map((e) => e.extendedProps.drill?.status)).toEqual(
    Array.from({ length: 6 }, () => 'planned'),
  );
  expect(drillEvents(allDrills(NOW), (d) => d.kind, false).some((e) => e.startEditable)).toBe(false);
  const [late] = drillEvents([drill(NOW, 1, { time: '23:40' })], (d) => d.kind, true);
  expect([late?.start, late?.end]).toEqual(['2026-12-03T23:40:00', '2026-12-03T23:59:00']);
});

it('leaves out what was called off, and marks holidays, exams and make-up days to their last day', () => {
  expect(drillEvents([drill(NOW, 1, { status: 'cancelled' })], (d) => d.kind, true)).toEqual([]);
  expect(
    dayEvents(termView(NOW), (s, kind) => (kind === 'makeUp' ? '补课' : s.name)).map((e) => [
      e.title,
      e.start.slice(0, 10),
      e.end.slice(0, 10),
    ]),
  ).toEqual([
    ['国庆放假', '2026-10-01', '2026-10-08'],
    ['期末考试', '2027-01-11', '2027-01-16'],
    ['补课', '2026-10-10', '2026-10-11'],
  ]);
});

it('reads a dropped date as it stands on the wall', () => {
  expect(civilOf(new Date(2026, 11, 3, 9, 5))).toEqual({ date: '2026-12-03', time: '09:05' });
});
