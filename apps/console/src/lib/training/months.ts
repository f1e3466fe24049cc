/** Months of the school as `2026-11`, and what of a month's or a year's plan is done (E3, E4). Pure. */
import type { EducationMonth, YearPlan } from '@anyuan/contracts';

export const monthOfDay = (date: string): string => date.slice(0, 7);

export function addMonths(month: string, months: number): string {
  const all = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + months;
  return `${Math.floor(all / 12)}-${String((all % 12) + 1).padStart(2, '0')}`;
}

export const partsOf = (month: string): { year: number; month: number } => ({
  year: Number(month.slice(0, 4)),
  month: Number(month.slice(5)),
});

/** The months that a course is planned in after one was touched; what was held stays in. */
export function plannedAfter(months: YearPlan['rows'][number]['months'], touched: number): number[] {
  const planned = months.flatMap((state, i) => (state === null ? [] : [i + 1]));
  return planned.includes(touched) ? planned.filter((m) => m !== touched) : [...planned, touched].sort((a, b) => a - b);
}

/** How many of the month's topics each has been taught in every class, for the head of its column. */
export const taught = ({
  topics,
  classes,
}: EducationMonth): { topic: (typeof topics)[number]; done: number; of: number }[] =>
  topics.map((topic) => {
    const cells = classes.flatMap((c) => c.cells.filter((cell) => cell.topic === topic));
    return { topic, done: cells.filter(({ state }) => state === 'done').length, of: cells.length };
  });

/**
 * The moment at which somebody who is put on the list by hand was there: now on the day itself, else when the session began.
 * Null: a session that is still to come.
 */
export function attendedAt(session: { date: string; from: string }, today: string, now: number): string | null {
  if (session.date > today) return null;
  return new Date(
    session.date === today ? now : Date.parse(`${session.date}T${session.from}:00.000+08:00`),
  ).toISOString();
}
