/**
 * The demo school's term up to today: planned, drilled, one finding mended and one that is late. Made once; a school that
 * has a term already is left alone. Rosters are brought at each start.
 */
import { type CalendarDay, newId, partOf, schoolDate } from '@anyuan/contracts';
import type { Db, DrillsTables, LedgerTables } from '@anyuan/db';
import { importReaders, importRoster } from '@anyuan/drills';
import { demoCallers, zhou } from './demo-callers.ts';
import { drillFor, mended, overdue, plans, posts } from './demo-drills.ts';
import { demoClasses } from './demo-roster.ts';

export interface TermSeed {
  drills: Db<DrillsTables>;
  ledger: Db<LedgerTables>;
  staff: readonly { id: string; name: string }[];
  /** Without: the rosters only. */
  term: boolean;
  now: number;
}

export async function seedTerm({ drills, ledger, staff, term: wanted, now }: TermSeed): Promise<void> {
  await drills.tx(async (trx) => {
    await importRoster(trx, demoClasses);
    await importReaders(trx, staff);
  });
  if (!wanted) return;
  const known = await drills.kysely.selectFrom('terms').select('id').executeTakeFirst();
  if (known) return;
  const today = schoolDate(now);
  const callers = demoCallers(drills, ledger);
  const term = termAround(today);
  callers.clock.set(term.from, '07:30');
  const admin = callers.drills(zhou);
  await admin.saveTerm(term);
  await admin.saveFacts({
    ...{ kind: 'primary', pupils: 1_200, staff: 86, boarders: 0, buses: 2, newPupils: 0, floors: 4 },
  });
  await confirmCalendar(callers, term);
  await plans(callers, term.from);
  await posts(callers);
  const days = (await admin.term({ term: term.id })).view?.days ?? [];
  const past = (month: string, from: number): CalendarDay | undefined =>
    days.find(
      (d) => d.kind === 'schoolDay' && d.date.startsWith(month) && Number(d.date.slice(8)) >= from && d.date < today,
    );
  const months = [...new Set(days.map((d) => d.date.slice(0, 7)))];
  const done: { id: string; date: string }[] = [];
  for (const [i, month] of months.entries()) {
    const test = past(month, 8);
    if (test) await drillFor(callers, term.id, { kind: 'buttonTest', date: test.date });
    const day = past(month, 10);
    if (!day) continue;
    const [first] = done;
    const verifies = first && done.length === 1 ? [await mended(callers, first, day.date)] : [];
    const kind = i % 2 === 0 ? 'earthquake' : 'fire';
    done.push({ id: await drillFor(callers, term.id, { kind, date: day.date, verifies }), date: day.date });
  }
  const last = done.at(-1);
  if (last) await overdue(callers, last, today);
}

/** Autumn from September to January, spring from the end of February to July; in August the coming one. */
function termAround(today: string) {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  const id = newId();
  if (month >= 8) return { id, name: `${year} 年秋季学期`, from: `${year}-09-01`, to: `${year + 1}-01-22` };
  if (month === 1) return { id, name: `${year - 1} 年秋季学期`, from: `${year - 1}-09-01`, to: `${year}-01-31` };
  return { id, name: `${year} 年春季学期`, from: `${year}-02-23`, to: `${year}-07-10` };
}

/** Of a year that the national table does not know yet, as this invented school has entered it. */
const FREE_DAYS = [
  ['01-01', '元旦'],
  ['04-05', '清明节'],
  ...['01', '02', '03', '04', '05'].map((day) => [`05-${day}`, '劳动节'] as const),
  ...['01', '02', '03', '04', '05', '06', '07'].map((day) => [`10-${day}`, '国庆节'] as const),
] as const;

/** What this invented school says of days that the national table does not know, and its exams. */
async function confirmCalendar({ drills }: ReturnType<typeof demoCallers>, term: ReturnType<typeof termAround>) {
  const admin = drills(zhou);
  const { view } = await admin.term({ term: term.id });
  for (const year of view?.unknownYears ?? []) {
    for (const [date, name] of FREE_DAYS)
      if (view?.days.some((d) => d.date === `${year}-${date}`))
        await admin.saveDay({ date: `${year}-${date}`, kind: 'holiday', name });
    await admin.confirmDays(partOf(term, year));
  }
  const before = (days: number) => new Date(Date.parse(term.to) - days * 86_400_000).toISOString().slice(0, 10);
  await admin.saveExam({ id: newId(), term: term.id, name: '期末考试', from: before(7), to: before(3) });
}
