/** Who was at a session and with what result, one session at a time and as the month's ledger. */
import type { LedgerRow, SessionRecord } from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import { sql } from 'kysely';
import type { Queries } from './context.ts';
import { monthOf } from './dates.ts';
import { session } from './sessions.ts';

export async function sessionRecord(db: Queries, id: string): Promise<SessionRecord> {
  const held = await session(db, id);
  const there = await db
    .selectFrom('attendances')
    .innerJoin('people', 'people.id', 'attendances.person')
    .select(['people.id', 'people.name', 'people.roles', 'attendances.via', 'attendances.at'])
    .where('session', '=', id)
    .orderBy('people.name')
    .orderBy('people.id')
    .limit(5_000)
    .execute();
  const attempts = await db
    .selectFrom('assessments')
    .select(['id', 'person', 'score', 'passed', 'at'])
    .where('session', '=', id)
    .orderBy('recordedAt')
    .orderBy('id')
    .limit(20_000)
    .execute();
  return {
    session: held,
    people: there.map(({ via, at, ...person }) => ({
      person,
      via,
      at: iso(at.getTime()),
      attempts: attempts
        .filter((attempt) => attempt.person === person.id)
        .map((attempt) => ({
          id: attempt.id,
          score: attempt.score,
          passed: attempt.passed,
          at: iso(attempt.at.getTime()),
        })),
    })),
  };
}

/** 培训台账: each person at each session of a month, by day. */
export async function trainingLedger(db: Queries, month: string): Promise<LedgerRow[]> {
  const { from, before } = monthOf(month);
  const rows = await db
    .selectFrom('attendances')
    .innerJoin('sessions', 'sessions.id', 'attendances.session')
    .innerJoin('courses', 'courses.id', 'sessions.course')
    .innerJoin('people', 'people.id', 'attendances.person')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('assessments')
          .select((e) => [
            e.fn.countAll<number>().as('attempts'),
            e.fn.max('score').as('score'),
            sql<boolean | null>`bool_or(passed)`.as('passed'),
          ])
          .whereRef('assessments.session', '=', 'attendances.session')
          .whereRef('assessments.person', '=', 'attendances.person')
          .as('results'),
      (join) => join.onTrue(),
    )
    .select(['sessions.date', 'courses.title as course', 'sessions.topic', 'sessions.hours', 'sessions.place'])
    .select(['sessions.trainer', 'attendances.via', 'people.id', 'people.name', 'people.roles'])
    .select(['results.attempts', 'results.score', 'results.passed'])
    .where('sessions.date', '>=', from)
    .where('sessions.date', '<', before)
    .orderBy('sessions.date')
    .orderBy('sessions.fromTime')
    .orderBy('sessions.id')
    .orderBy('people.name')
    .orderBy('people.id')
    .limit(20_000)
    .execute();
  return rows.map(({ id, name, roles, attempts, ...row }) => ({
    ...row,
    attempts: attempts ?? 0,
    person: { id, name, roles },
  }));
}
