/**
 * Who is on site, as the roll of an evacuation (G4). A roll is no copy: it is whoever is inside while it is open, so that an
 * admission which a gate kept off line, or somebody who comes in by another gate, stands on it as soon as it is known. Who
 * signs out stays on it, marked as gone. Marks are only added; the newest by the phones' clocks counts. What was counted is
 * kept in the roll's head, for names and marks go with their visits (retention.ts).
 */
import {
  type Actor,
  AppError,
  type OpenSiteRoll,
  type SiteRoll,
  type SiteRollHead,
  type SiteRollMark,
  type SiteRollPerson,
  type TakeSiteRoll,
} from '@anyuan/contracts';
import { emit, type GateTables } from '@anyuan/db';
import { iso } from '@anyuan/service';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { GateContext } from './commands.ts';
import { when } from './day-book.ts';
import { personOnly } from './day-book-people.ts';

type Queries = Kysely<GateTables>;
type Trx = Transaction<GateTables>;

const HEADS = 50;
/** So long after its end a roll's counts follow what cut-off phones still have to tell. */
const LATE_MS = 86_400_000;

const heads = (db: Queries) =>
  db.selectFrom('siteRolls').select(['id', 'openedAt', 'openedBy', 'incident', 'closedAt', 'closedBy', 'tally']);
type HeadRow = Awaited<ReturnType<ReturnType<typeof heads>['executeTakeFirstOrThrow']>>;

export function openSiteRoll(ctx: GateContext, actor: Actor, { roll, incident }: OpenSiteRoll): Promise<SiteRoll> {
  const { id, name } = personOnly(actor);
  return ctx.db.tx(async (trx) => {
    const added = await trx
      .insertInto('siteRolls')
      .values({ id: roll, openedAt: new Date(ctx.clock.now()), openedBy: JSON.stringify({ id, name }), incident })
      .onConflict((c) => c.column('id').doNothing())
      .executeTakeFirst();
    const view = await rollOf(trx, roll);
    if (added.numInsertedOrUpdatedRows) await tell(ctx, trx, 'opened', view);
    return view;
  });
}

/** Also after it was closed: a phone that was cut off has marks of its own to tell. */
export function takeSiteRoll(ctx: GateContext, actor: Actor, { roll, marks }: TakeSiteRoll): Promise<SiteRoll> {
  const by = personOnly(actor);
  const now = new Date(ctx.clock.now());
  return ctx.db.tx(async (trx) => {
    await rollRow(trx, roll, true);
    const rows = marks.map(({ id, visit, state, at }: SiteRollMark) => ({
      ...{ id, roll, visit, state, at: new Date(at), receivedAt: now, actorId: by.id, actorName: by.name },
    }));
    if (rows.length > 0)
      await trx
        .insertInto('siteRollMarks')
        .values(rows)
        .onConflict((c) => c.column('id').doNothing())
        .execute();
    const view = await rollOf(trx, roll);
    if (view.closedAt !== null && now.getTime() - Date.parse(view.closedAt) < LATE_MS) await keepTally(trx, view);
    if (rows.length > 0) await tell(ctx, trx, 'taken', view);
    return view;
  });
}

export function closeSiteRoll(ctx: GateContext, actor: Actor, roll: string): Promise<SiteRoll> {
  const { id, name } = personOnly(actor);
  return ctx.db.tx(async (trx) => {
    const { closedAt } = await rollRow(trx, roll, true);
    const open = await rollOf(trx, roll);
    if (closedAt) return open;
    await trx
      .updateTable('siteRolls')
      .set({
        closedAt: new Date(ctx.clock.now()),
        closedBy: JSON.stringify({ id, name }),
        tally: JSON.stringify(open.tally),
      })
      .where('id', '=', roll)
      .execute();
    const view = await rollOf(trx, roll);
    await tell(ctx, trx, 'closed', view);
    return view;
  });
}

export async function rollOf(db: Queries, roll: string): Promise<SiteRoll> {
  const row = await rollRow(db, roll);
  const people = await peopleOn(db, row);
  return { ...headOf(row, tallyOf(people)), people };
}

/** The newest first, at most 50; the one that is open stands on top. */
export async function siteRolls(db: Queries): Promise<SiteRollHead[]> {
  const rows = await heads(db).orderBy('openedAt', 'desc').limit(HEADS).execute();
  const all = rows.map(async (row) => headOf(row, row.tally ?? tallyOf(await peopleOn(db, row))));
  return (await Promise.all(all)).sort((a, b) => Number(a.closedAt !== null) - Number(b.closedAt !== null));
}

async function rollRow(db: Queries, roll: string, lock = false): Promise<HeadRow> {
  const found = heads(db).where('id', '=', roll);
  const row = await (lock ? found.forUpdate() : found).executeTakeFirst();
  if (!row) throw new AppError('notFound', 'no such roll');
  return row;
}

const headOf = ({ id, openedAt, closedAt, tally: _, ...row }: HeadRow, tally: SiteRollHead['tally']): SiteRollHead => ({
  ...row,
  roll: id,
  openedAt: iso(openedAt.getTime()),
  closedAt: when(closedAt),
  tally,
});

export function tallyOf(people: readonly SiteRollPerson[]): SiteRollHead['tally'] {
  const tally = { present: 0, missing: 0, unmarked: 0 };
  for (const { mark, count, leftAt } of people) {
    if (mark) tally[mark.state] += count;
    // He was let out by a guard: nobody looks for him.
    else if (leftAt === null) tally.unmarked += count;
  }
  return tally;
}

interface PersonRow extends Omit<SiteRollPerson, 'admittedAt' | 'leftAt' | 'mark'> {
  admittedAt: Date;
  leftAt: Date | null;
  state: 'present' | 'missing' | null;
  markedById: string;
  markedByName: string;
  markedAt: Date;
}

async function peopleOn(db: Queries, { id, openedAt, closedAt }: HeadRow): Promise<SiteRollPerson[]> {
  const { rows } = await sql<PersonRow>`
    select v.id as visit, v.number, p.name, v.gate, v.admitted_at as "admittedAt", v.left_at as "leftAt",
      greatest(1, (v.party->>'count')::int - case when v.status = 'onSite' then v.gone else 0 end) as count,
      v.party->'names' as names,
      case when v.host is null then null else json_build_object('name', v.host->>'name', 'department', v.host->>'department') end as host,
      m.state, m.actor_id as "markedById", m.actor_name as "markedByName", m.at as "markedAt"
    from visits v
    join visitors p on p.id = v.visitor
    left join lateral (
      select state, actor_id, actor_name, at from site_roll_marks
      where roll = ${id} and visit = v.id order by at desc, id desc limit 1
    ) m on true
    where m.state is not null or (
      v.status in ('onSite', 'left')
      and v.admitted_at <= ${closedAt ?? sql`'infinity'::timestamptz`}
      and (v.left_at is null or v.left_at >= ${openedAt})
    )
    order by v.admitted_at, v.id
    limit 5000`.execute(db);
  return rows.map(({ state, markedById, markedByName, markedAt, admittedAt, leftAt, ...row }) => ({
    ...row,
    admittedAt: iso(admittedAt.getTime()),
    leftAt: when(leftAt),
    mark: state && { state, by: { id: markedById, name: markedByName }, at: iso(markedAt.getTime()) },
  }));
}

async function keepTally(trx: Trx, { roll, tally }: SiteRoll): Promise<void> {
  await trx
    .updateTable('siteRolls')
    .set({ tally: JSON.stringify(tally) })
    .where('id', '=', roll)
    .execute();
}

/** To the bus without names. */
const tell = (ctx: GateContext, trx: Trx, type: 'opened' | 'taken' | 'closed', { people: _, ...head }: SiteRoll) =>
  emit(trx, { entity: 'siteRoll', type, data: head, at: new Date(ctx.clock.now()) });
