/**
 * People who came before: found by what the office knows of them, and one person's page. A look at a page is on record; a
 * second look within ten minutes is the same look (a page that is read anew).
 */
import {
  type Actor,
  AppError,
  type FindVisitors,
  IdNumber,
  newId,
  type PersonActor,
  type VisitorFile,
  type VisitorFound,
  type VisitorsFound,
} from '@anyuan/contracts';
import type { GateTables } from '@anyuan/db';
import { type Kysely, sql } from 'kysely';
import { remember } from './access-log.ts';
import type { GateContext } from './commands.ts';
import { visitsNumbered, visitsOf, when } from './day-book.ts';
import { rangeOf } from './day-book-keys.ts';

type Queries = Kysely<GateTables>;

const SHOWN = 20;
/** Of these the latest are shown. Exact matches come first in the index, so none of them is left out. */
const CANDIDATES = 200;
const HISTORY = 500;
const SAME_LOOK_MS = 600_000;
/** E1123-007; two figures of the date at least, else it may be a name in letters. */
const NUMBER = /^[A-Z]\d{2,}(-[A-Z]?\d*)?$/;

export async function findVisitors({ db, keys }: GateContext, { text }: FindVisitors): Promise<VisitorsFound> {
  const whole = IdNumber.safeParse(text);
  if (whole.success) {
    const people = await peopleOf(
      db.kysely,
      sql`select id from visitors where id_hash = ${keys.search.hash(whole.data)}`,
    );
    return { people, visits: [], more: false };
  }
  const number = text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  const visits = NUMBER.test(number) ? await visitsNumbered(db.kysely, number, SHOWN) : [];
  const range = rangeOf(text);
  if (!range) return { people: [], visits, more: false };
  const found = await peopleOf(
    db.kysely,
    sql`select distinct visitor from (
      select visitor from search_keys where key >= ${range.from} and key < ${range.to} order by key limit ${CANDIDATES}
    ) as matches`,
  );
  return { people: found.slice(0, SHOWN), visits, more: found.length > SHOWN };
}

/** @param ids a query of visitors' ids */
async function peopleOf(db: Queries, ids: ReturnType<typeof sql>): Promise<VisitorFound[]> {
  const { rows } = await sql<Omit<VisitorFound, 'lastAt'> & { lastAt: Date | null }>`
    select p.id as visitor, p.name, p.document, p.id_last4 as "idLast4",
      count(v.id) filter (where v.status in ('onSite', 'left'))::int as visits,
      count(v.id) filter (where v.status = 'refused')::int as refused,
      max(v.admitted_at) as "lastAt",
      coalesce(bool_or(v.status = 'onSite'), false) as "onSite"
    from visitors p left join visits v on v.visitor = p.id
    where p.id in (${ids})
    group by p.id
    order by max(v.admitted_at) desc nulls last, p.id
    limit ${CANDIDATES}`.execute(db);
  return rows.map((row) => ({ ...row, lastAt: when(row.lastAt) }));
}

export async function visitorFile(ctx: GateContext, actor: Actor, visitor: string): Promise<VisitorFile> {
  const by = personOnly(actor);
  const now = ctx.clock.now();
  return ctx.db.tx(async (trx) => {
    const person = await trx
      .selectFrom('visitors')
      .select(['id', 'name', 'sex', 'birthDate', 'document', 'idLast4'])
      .select(sql<boolean>`id_number is not null`.as('hasIdNumber'))
      .where('id', '=', visitor)
      .executeTakeFirst();
    if (!person) throw new AppError('notFound', 'no such visitor');
    const [sums] = await peopleOf(trx, sql`select ${visitor}::uuid`);
    const visits = await visitsOf(trx, visitor, HISTORY);
    const recent = await trx
      .selectFrom('accessLog')
      .select('id')
      .where('visitor', '=', visitor)
      .where('actorId', '=', by.id)
      .where('kind', '=', 'file')
      .where('at', '>', new Date(now - SAME_LOOK_MS))
      .executeTakeFirst();
    if (!recent) await remember(trx, { id: newId(now), kind: 'file', by, visitor, purpose: '', now });
    const { id, ...known } = person;
    return {
      ...known,
      visitor: id,
      firstAt: visits.at(-1)?.admittedAt ?? null,
      count: { visits: sums?.visits ?? 0, refused: sums?.refused ?? 0 },
      visits,
    };
  });
}

export function personOnly(actor: Actor): PersonActor {
  if (actor.kind !== 'person') throw new AppError('forbidden', 'this is for the office');
  return actor;
}
