/** Drills and days of a term as the calendar draws them. Pure. Times are the school's; the calendar never changes a zone. */
import type { DrillView, TermView } from '@anyuan/contracts';
import { addDays, stretches } from './term-grid.ts';

export interface CalendarEvent {
  id: string;
  start: string;
  end: string;
  title: string;
  allDay: boolean;
  display: 'auto' | 'background';
  startEditable: boolean;
  classNames: string[];
  extendedProps: { drill?: DrillView };
}

/** `10:45` from `10:00`; a drill is drawn three quarters of an hour long, and never beyond its day. */
function later(time: string): string {
  const [h = 0, m = 0] = time.split(':').map(Number);
  const end = Math.min(h * 60 + m + 45, 23 * 60 + 59);
  return `${String(Math.floor(end / 60)).padStart(2, '0')}:${String(end % 60).padStart(2, '0')}`;
}

export function drillEvents(
  drills: readonly DrillView[],
  name: (drill: DrillView) => string,
  movable: boolean,
): CalendarEvent[] {
  return drills
    .filter((d) => d.status !== 'cancelled')
    .map((d) => ({
      id: d.id,
      start: `${d.date}T${d.time}:00`,
      end: `${d.date}T${later(d.time)}:00`,
      title: name(d),
      allDay: false,
      display: 'auto',
      startEditable: movable && d.status === 'planned',
      classNames: ['drillevent', d.status, d.mode],
      extendedProps: { drill: d },
    }));
}

const SHOWN = ['holiday', 'exam', 'makeUp'] as const;
/** Holidays, exams and make-up days lie behind the drills, each drawn its way. The last day of a stretch belongs to it. */
export function dayEvents(
  { days }: TermView,
  name: (stretch: { name: string; nameEn: string }, kind: (typeof SHOWN)[number]) => string,
): CalendarEvent[] {
  return SHOWN.flatMap((kind) =>
    stretches(days, kind).map(
      (s): CalendarEvent => ({
        id: `${kind} ${s.from}`,
        start: `${s.from}T00:00:00`,
        end: `${addDays(s.to, 1)}T00:00:00`,
        title: name(s, kind),
        allDay: true,
        display: 'background',
        startEditable: false,
        classNames: ['dayevent', kind],
        extendedProps: {},
      }),
    ),
  );
}

const two = (n: number): string => String(n).padStart(2, '0');
/** The calendar's dates carry the wall clock in the machine's own zone: read as such, whatever that zone is. */
export const civilOf = (date: Date): { date: string; time: string } => ({
  date: `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
  time: `${two(date.getHours())}:${two(date.getMinutes())}`,
});
