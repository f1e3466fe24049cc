/**
 * Pickup cards (B1, H2). A card reported lost is refused at every gate as soon as the next signed list is there; each change
 * stays on record with who made it. Doing it twice is doing it once.
 */
import { AppError, type CardView, newId, type PersonActor } from '@anyuan/contracts';
import { emit, type PickupTables } from '@anyuan/db';
import { iso } from '@anyuan/service';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { z } from 'zod';
import type { PickupContext } from './hand-overs.ts';
import { raiseVersion } from './school-list.ts';

type Queries = Kysely<PickupTables>;
type Card = z.infer<typeof CardView>;
type Status = Card['status'];

const SHOWN = 200;

export const reportLost = (ctx: PickupContext, actor: PersonActor, card: string): Promise<Card> =>
  change(ctx, actor, card, 'lost');

/** Found again; only a lost card can be taken back into use. */
export const reinstate = (ctx: PickupContext, actor: PersonActor, card: string): Promise<Card> =>
  change(ctx, actor, card, 'active');

function change({ db, clock }: PickupContext, actor: PersonActor, id: string, status: Status): Promise<Card> {
  const now = clock.now();
  const at = new Date(now);
  return db.tx(async (trx) => {
    const card = await trx.selectFrom('cards').select('status').where('id', '=', id).forUpdate().executeTakeFirst();
    if (!card) throw new AppError('notFound', 'no such card');
    if (card.status === 'expired') throw new AppError('conflict', 'an expired card stays expired');
    if (card.status !== status) {
      const lost = status === 'lost' ? { lostAt: at, lostBy: actor.name } : { lostAt: null, lostBy: null };
      await trx
        .updateTable('cards')
        .set({ status, ...lost })
        .where('id', '=', id)
        .execute();
      await trx
        .insertInto('cardChanges')
        .values({ id: newId(now), card: id, at, status, actorId: actor.id, actorName: actor.name })
        .execute();
      await raiseVersion(trx, now);
      await emit(trx, { entity: 'card', type: 'changed', data: { card: id, status }, at });
    }
    return cardView(trx, id);
  });
}

/** By the guardian's or a child's name, the class, or the last digits on the card; all of them without a search. */
export async function cards(db: Queries, search = ''): Promise<Card[]> {
  const like = `%${search
    .normalize('NFKC')
    .trim()
    .replace(/[\\%_]/g, '\\$&')}%`;
  // Class names carry full-width brackets, people type what the keyboard has.
  const has = (column: string) => sql<boolean>`normalize(${sql.ref(column)}, nfkc) ilike ${like}`;
  const rows = await cardRows(db)
    .where((eb) =>
      eb.or([
        has('guardians.name'),
        has('cards.last4'),
        eb.exists(
          eb
            .selectFrom('rules')
            .innerJoin('children', 'children.id', 'rules.child')
            .select(sql.lit(1).as('one'))
            .whereRef('rules.guardian', '=', 'cards.guardian')
            .where((child) => child.or([has('children.name'), has('children.className')])),
        ),
      ]),
    )
    .orderBy('guardians.name')
    .orderBy('cards.last4')
    .orderBy('cards.id')
    .limit(SHOWN)
    .execute();
  return withChildren(db, rows);
}

async function cardView(trx: Transaction<PickupTables>, id: string): Promise<Card> {
  const [view] = await withChildren(trx, await cardRows(trx).where('cards.id', '=', id).execute());
  if (!view) throw new AppError('internal', 'a card without its guardian');
  return view;
}

const cardRows = (db: Queries) =>
  db
    .selectFrom('cards')
    .innerJoin('guardians', 'guardians.id', 'cards.guardian')
    .select(['cards.id', 'cards.last4', 'cards.status', 'cards.lostAt'])
    .select(['guardians.id as guardian', 'guardians.name', 'guardians.relation']);

type Row = Awaited<ReturnType<ReturnType<typeof cardRows>['execute']>>[number];

async function withChildren(db: Queries, rows: readonly Row[]): Promise<Card[]> {
  if (rows.length === 0) return [];
  const fetched = await db
    .selectFrom('rules')
    .innerJoin('children', 'children.id', 'rules.child')
    .select(['rules.guardian', 'children.name', 'children.className'])
    .distinct()
    .where(
      'rules.guardian',
      'in',
      rows.map((row) => row.guardian),
    )
    .orderBy('children.className')
    .orderBy('children.name')
    .limit(SHOWN * 20)
    .execute();
  return rows.map(({ id, last4, status, lostAt, guardian, name, relation }) => ({
    id,
    last4,
    status,
    guardian: { id: guardian, name, relation },
    children: fetched.filter((f) => f.guardian === guardian).map(({ name, className }) => ({ name, className })),
    lostAt: lostAt && iso(lostAt.getTime()),
  }));
}
