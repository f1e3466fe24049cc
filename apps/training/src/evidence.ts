/**
 * What people can prove, from all the records at once: one statement for one person or for the whole school, the best piece of
 * evidence a person and thing, so that 300 people × 40 requirements are judged from a few thousand rows.
 */
import {
  AppError,
  type Gap,
  type Matrix,
  type MatrixCell,
  type PersonActor,
  type Requirement,
  type SaveRequirement,
  type StaffRole,
} from '@anyuan/contracts';
import { sql } from 'kysely';
import { type Queries, record, type TrainingContext, todayOf } from './context.ts';
import { type Evidence, gapsOf, type Judged, matrixOf } from './matrix.ts';
import { staffOn } from './people.ts';
import { REQUIREMENTS } from './requirements.ts';

/** @param people null: everybody; @param today what is later proves nothing */
export async function evidenceOf(db: Queries, people: readonly string[] | null, today: string): Promise<Evidence[]> {
  const who = (column: string) => (people === null ? sql`true` : sql`${sql.ref(column)} = any(${[...people]}::text[])`);
  const { rows } = await sql<Evidence & { onDate: string }>`
    (select distinct on (c.person, c.kind)
      c.id, c.person, 'certificate' as kind, c.kind as what, c.issued_on as on_date, c.expires_on as until, null::float8 as seconds
    from certificates c
    where c.issued_on <= ${today}::date and ${who('c.person')}
      and not exists (select from certificates n where n.supersedes = c.id)
      and not exists (select from withdrawals w where w.certificate = c.id)
    order by c.person, c.kind, c.expires_on desc nulls first, c.issued_on desc)
    union all
    (select id, person, 'vetting', '', checked_on, null, null from (
      select distinct on (person) id, person, checked_on, result from vettings
      where checked_on <= ${today}::date and ${who('person')}
      order by person, checked_on desc, recorded_at desc, id desc
    ) newest where result = 'clear')
    union all
    (select distinct on (person, authority) id, person, 'filing', authority, filed_on, null, null from filings
    where filed_on <= ${today}::date and ${who('person')} order by person, authority, filed_on desc)
    union all
    (select distinct on (a.person, c.code) s.id, a.person, 'course', c.code, s.date, null, null
    from attendances a join sessions s on s.id = a.session join courses c on c.id = s.course
    where s.cancelled_at is null and s.date <= ${today}::date and ${who('a.person')}
      and (c.pass_mark is null or exists (
        select from assessments x where x.session = a.session and x.person = a.person and x.passed))
    order by a.person, c.code, s.date desc)
    union all
    (select distinct on (person, skill) id, person, 'skill', skill, (at at time zone interval '8 hours')::date, null, seconds
    from drill_skills where ${who('person')} and at < (${today}::date + 1)::timestamp at time zone interval '8 hours'
    order by person, skill, at desc)`.execute(db);
  return rows.map(({ onDate, ...row }) => ({ ...row, on: onDate }));
}

export type KnownRequirement = Requirement & { own: boolean };

/** Those of the notices, then the school's own. */
export async function requirements(db: Queries): Promise<KnownRequirement[]> {
  const own = await db
    .selectFrom('requirements')
    .select(['id', 'body'])
    .where('retiredAt', 'is', null)
    .orderBy('id')
    .limit(500)
    .execute();
  return [
    ...REQUIREMENTS.map((requirement) => ({ ...requirement, own: false })),
    ...own.map(({ id, body }) => ({
      ...{ ...body, id, source: { zh: body.source, en: body.source } },
      ...{ forDuty: false, own: true },
    })),
  ];
}

export async function matrix(ctx: TrainingContext, roles?: readonly StaffRole[]): Promise<Matrix> {
  const { kysely: db } = ctx.db;
  const today = todayOf(ctx);
  const [staff, needs, evidence] = await Promise.all([
    staffOn(db, today),
    requirements(db),
    evidenceOf(db, null, today),
  ]);
  const shown = roles ? staff.filter((person) => roles.some((role) => person.roles.includes(role))) : staff;
  const { rows, gaps } = matrixOf(shown, needs, evidence, today);
  return {
    today,
    requirements: needs.map((requirement, i) => ({ ...requirement, gaps: gaps[i] ?? 0 })),
    rows: rows.map(({ cells, ...row }) => ({ ...row, cells: cells.map(cellView) })),
  };
}

/** Null: not needed of this person. */
export function cellView({ state, evidence, due, within }: Judged): MatrixCell | null {
  if (state === 'notNeeded') return null;
  return {
    state,
    evidence: evidence?.id ?? null,
    on: evidence?.on ?? null,
    due,
    within,
    seconds: evidence?.seconds ?? null,
  };
}

export interface DutyGaps {
  /** Without these nobody goes on a shift. */
  blocking: Gap[];
  other: Gap[];
}

/** What each of these guards lacks as a guard on that day. */
export async function guardGaps(db: Queries, people: readonly string[], day: string): Promise<Map<string, DutyGaps>> {
  const needs = (await requirements(db)).filter(({ roles }) => roles.includes('guard'));
  const duty = people.map((id) => ({ id, roles: ['guard' as const] }));
  const { rows } = matrixOf(duty, needs, await evidenceOf(db, people, day), day);
  return new Map(
    rows.map(({ person, cells }) => {
      const gaps = gapsOf(needs, cells);
      const blocks = ({ requirement }: Gap) => needs.some(({ id, forDuty }) => forDuty && id === requirement);
      return [person.id, { blocking: gaps.filter(blocks), other: gaps.filter((gap) => !blocks(gap)) }];
    }),
  );
}

export function saveRequirement(
  { db, clock }: TrainingContext,
  by: PersonActor,
  given: SaveRequirement,
): Promise<void> {
  const { id, ...requirement } = given;
  if (REQUIREMENTS.some((builtIn) => builtIn.id === id)) throw new AppError('conflict', 'a built-in requirement');
  const at = new Date(clock.now());
  const body = JSON.stringify(requirement);
  return db.tx(async (trx) => {
    await trx
      .insertInto('requirements')
      .values({ id, body, retiredAt: null })
      .onConflict((c) => c.column('id').doUpdateSet({ body, retiredAt: null }))
      .execute();
    await record(trx, { entity: 'requirement', id, type: 'saved', by, at, data: { need: requirement.need } });
  });
}

export function retireRequirement({ db, clock }: TrainingContext, by: PersonActor, id: string): Promise<void> {
  const at = new Date(clock.now());
  return db.tx(async (trx) => {
    const retired = await trx
      .updateTable('requirements')
      .set({ retiredAt: at })
      .where('id', '=', id)
      .where('retiredAt', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (retired) await record(trx, { entity: 'requirement', id, type: 'retired', by, at });
  });
}
