/**
 * Who fetched whom (B1, B2). A gate sends each record at least once, perhaps a day later; its id makes a repeat harmless.
 *
 * This service is the judge of "already collected today": the first hand-over of a child that arrives for a school day
 * stands; another one is kept beside it, marked as a conflict and answered with who stands already, for a person to clear
 * up. A unique index holds this against two gates at the same moment. Names are copied into the record: a later import must
 * not change who fetched whom. No record is ever changed; the service's role could not.
 */
import {
  type Actor,
  AppError,
  type HandOverResult,
  type HandOverView,
  type RecordHandOver,
  type RecordRefusal,
  schoolDate,
  startOfSchoolDay,
} from '@anyuan/contracts';
import { type Db, emit, lockInTransaction, type PickupTables } from '@anyuan/db';
import { type Clock, iso } from '@anyuan/service';
import type { Kysely, Selectable, Transaction } from 'kysely';

export interface PickupContext {
  db: Db<PickupTables>;
  clock: Clock;
}

type Queries = Kysely<PickupTables>;
type Trx = Transaction<PickupTables>;
type HandOver = Selectable<PickupTables['handOvers']>;
type Refusal = Selectable<PickupTables['refusals']>;

const LIMIT = 5_000;

export function recordHandOver(ctx: PickupContext, actor: Actor, command: RecordHandOver): Promise<HandOverResult> {
  const { decision } = command;
  mustBeItsGate(actor, decision.gate);
  const now = new Date(ctx.clock.now());
  const day = schoolDate(Date.parse(decision.at));
  return ctx.db.tx(async (trx) => {
    await lockInTransaction(trx, `child ${command.child} ${day}`);
    const before = await handOvers(trx).where('id', '=', command.handOver).executeTakeFirst();
    if (before) return resultOf(trx, before);
    const child = await trx
      .selectFrom('children')
      .select(['name', 'className'])
      .where('id', '=', command.child)
      .executeTakeFirst();
    const adult = await guardian(trx, command.guardian);
    const standing = await handOvers(trx)
      .where('day', '=', day)
      .where('child', '=', command.child)
      .where('conflictWith', 'is', null)
      .executeTakeFirst();
    const row: HandOver = {
      id: command.handOver,
      verdict: command.verdict,
      child: command.child,
      childName: child?.name ?? '',
      className: child?.className ?? '',
      guardian: command.guardian,
      guardianName: adult?.name ?? '',
      relation: adult?.relation ?? '',
      cardLast4: command.cardLast4,
      byEye: command.byEye,
      ...decisionOf(decision),
      day,
      conflictWith: standing?.id ?? null,
      receivedAt: now,
    };
    await trx.insertInto('handOvers').values(row).execute();
    await emit(trx, { entity: 'handOver', type: 'recorded', data: handOverView(row), at: now });
    return resultOf(trx, row);
  });
}

export function recordRefusal(ctx: PickupContext, actor: Actor, command: RecordRefusal): Promise<HandOverView> {
  const { decision } = command;
  mustBeItsGate(actor, decision.gate);
  const now = new Date(ctx.clock.now());
  return ctx.db.tx(async (trx) => {
    await lockInTransaction(trx, `refusal ${command.refusal}`);
    const before = await refusals(trx).where('id', '=', command.refusal).executeTakeFirst();
    if (before) return refusalView(before);
    const adult = command.guardian ? await guardian(trx, command.guardian) : undefined;
    const children = await childrenNamed(trx, command.children);
    const row = {
      id: command.refusal,
      reason: command.reason,
      guardian: command.guardian,
      guardianName: adult?.name ?? null,
      relation: adult?.relation ?? null,
      cardLast4: command.cardLast4,
      ...decisionOf(decision),
      receivedAt: now,
    };
    await trx
      .insertInto('refusals')
      .values({ ...row, children: JSON.stringify(children) })
      .execute();
    const view = refusalView({ ...row, children });
    await emit(trx, { entity: 'handOver', type: 'refused', data: view, at: now });
    return view;
  });
}

/** The school day's records, the newest first, and how many children there are to be fetched. */
export async function today(db: Queries, now: number): Promise<{ handOvers: HandOverView[]; children: number }> {
  const since = new Date(startOfSchoolDay(now));
  const given = await handOvers(db).where('at', '>=', since).orderBy('at', 'desc').orderBy('id').limit(LIMIT).execute();
  const refused = await refusals(db)
    .where('at', '>=', since)
    .orderBy('at', 'desc')
    .orderBy('id')
    .limit(LIMIT)
    .execute();
  const { count } = await db
    .selectFrom('children')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const all = [...given.map(handOverView), ...refused.map(refusalView)];
  return { handOvers: all.sort((a, b) => b.at.localeCompare(a.at)), children: count };
}

async function resultOf(trx: Trx, row: HandOver): Promise<HandOverResult> {
  if (!row.conflictWith) return { result: 'recorded' };
  const standing = await handOvers(trx).where('id', '=', row.conflictWith).executeTakeFirstOrThrow();
  return { result: 'conflict', by: standing.guardianName, at: iso(standing.at.getTime()) };
}

const guardian = (trx: Trx, id: string) =>
  trx.selectFrom('guardians').select(['name', 'relation']).where('id', '=', id).executeTakeFirst();

async function childrenNamed(trx: Trx, ids: readonly string[]): Promise<HandOverView['children']> {
  if (ids.length === 0) return [];
  return trx
    .selectFrom('children')
    .select(['id', 'name', 'className'])
    .where('id', 'in', ids)
    .orderBy('id')
    .limit(ids.length)
    .execute();
}

const decisionOf = ({ gate, guard, at, offline }: RecordHandOver['decision']) => ({
  gate,
  guardId: guard.id,
  guardName: guard.name,
  at: new Date(at),
  offline,
});

function mustBeItsGate(actor: Actor, gate: string): void {
  if (actor.kind === 'agent' && actor.gate !== gate) throw new AppError('forbidden', "another gate's decision");
}

const handOvers = (db: Queries) =>
  db
    .selectFrom('handOvers')
    .select(['id', 'verdict', 'child', 'childName', 'className', 'guardian', 'guardianName', 'relation', 'cardLast4'])
    .select(['byEye', 'gate', 'guardId', 'guardName', 'at', 'day', 'offline', 'conflictWith', 'receivedAt']);

const refusals = (db: Queries) =>
  db
    .selectFrom('refusals')
    .select(['id', 'reason', 'guardian', 'guardianName', 'relation', 'children', 'cardLast4'])
    .select(['gate', 'guardId', 'guardName', 'at', 'offline', 'receivedAt']);

const common = ({ id, at, gate, guardId, guardName, cardLast4, offline }: HandOver | Refusal) => ({
  id,
  at: iso(at.getTime()),
  gate,
  guard: { id: guardId, name: guardName },
  cardLast4,
  offline,
});

const handOverView = (row: HandOver): HandOverView => ({
  ...common(row),
  kind: 'handOver',
  refusal: null,
  guardian: { name: row.guardianName, relation: row.relation },
  children: [{ id: row.child, name: row.childName, className: row.className }],
  conflict: row.conflictWith !== null,
});

const refusalView = (row: Refusal): HandOverView => ({
  ...common(row),
  kind: 'refusal',
  refusal: row.reason,
  guardian: row.guardianName === null ? null : { name: row.guardianName, relation: row.relation ?? '' },
  children: row.children,
  conflict: false,
});
