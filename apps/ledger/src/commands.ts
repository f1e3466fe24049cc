/**
 * Every change of a hazard: state, a line of history and an event in one transaction (F2). The hazard's row is locked while it
 * is decided, so two people at the same moment get one decision after the other. A command that comes again is answered
 * with the hazard as it stands. `photos.ts` and `rounds.ts` write the rest.
 */
import {
  AppError,
  FacilityDamaged,
  type HazardChange,
  type HazardRefusal,
  type HazardResult,
  type HazardView,
  newId,
  type PersonActor,
  type PersonRef,
  permissionsOf,
  type ReportHazard,
  schoolDate,
} from '@anyuan/contracts';
import { emit, type LedgerTables, lockInTransaction } from '@anyuan/db';
import type { FollowedEvent, OwnerContext } from '@anyuan/service';
import type { Transaction } from 'kysely';
import { newsOfHazard } from './channels/messages.ts';
import { queue } from './channels/queue.ts';
import { decide, type HazardInput, type HazardState, untouched } from './hazard.ts';
import { type HazardRow, hazardRows, hazardView, lockHazard, stateOf } from './store.ts';

export type LedgerContext = Pick<OwnerContext<LedgerTables>, 'db' | 'clock'>;
type Trx = Transaction<LedgerTables>;

export const refOf = ({ id, name }: PersonActor): PersonRef => ({ id, name });
export const mayWrite = (actor: PersonActor): boolean => permissionsOf(actor).includes('hazard.write');

/** The event that tells a change; what has none of its own is `changed`. */
const EVENTS: Partial<Record<HazardChange, string>> = {
  reported: 'recorded',
  fixed: 'fixed',
  verified: 'verified',
  urged: 'urged',
  escalated: 'escalated',
};

export function reportHazard(
  { db, clock }: LedgerContext,
  actor: PersonActor,
  given: ReportHazard,
): Promise<HazardResult> {
  const now = clock.now();
  mustBeHisToSay(actor, given.source);
  return db.tx(async (trx) => {
    await lockInTransaction(trx, `hazard ${given.id}`);
    const standing = await standingFor(trx, given);
    if (standing && standing.id !== given.id) return answer(standing, now, 'alreadyRegistered');
    if (standing && standing.reportedBy.id !== actor.id) throw new AppError('conflict', "somebody else's report");
    if (standing) return answer(standing, now);
    return { result: 'done', hazard: await register(trx, refOf(actor), given, now) };
  });
}

async function register(trx: Trx, by: PersonRef, given: ReportHazard, now: number): Promise<HazardView> {
  const { schoolYear, number } = await nextNumber(trx, now);
  const { id, what, place, details, source } = given;
  const { finding, drill } = source.kind === 'finding' ? source : { finding: null, drill: null };
  const reported = { id, what, place, details, schoolYear, number, sourceKind: source.kind, finding, drill };
  await trx
    .insertInto('hazards')
    .values({ ...reported, reportedBy: JSON.stringify(by), reportedAt: new Date(now), ...columnsOf(untouched) })
    .execute();
  return record(trx, { hazard: id, command: id, type: 'reported', actor: by, detail: {}, now });
}

/** What protects a gate was found damaged or gone (A5): a hazard under the id that came with it, however often it is told. */
export async function followFacility(trx: Trx, { owner, entity, type, data }: FollowedEvent, now: number) {
  if (owner !== 'gate' || entity !== 'facility' || type !== 'damaged') return;
  const told = FacilityDamaged.safeParse(data);
  if (!told.success) return;
  const { hazard: id, what, place, details, by } = told.data;
  await lockInTransaction(trx, `hazard ${id}`);
  const standing = await trx.selectFrom('hazards').select('id').where('id', '=', id).executeTakeFirst();
  if (!standing) await register(trx, by, { id, what, place, details, source: { kind: 'inspection' } }, now);
}

/** Who saw it says what it is; that an inspection or a drill found it says whoever runs them. */
function mustBeHisToSay(actor: PersonActor, { kind }: ReportHazard['source']): void {
  const may = permissionsOf(actor);
  const allowed =
    kind === 'report' || may.includes('hazard.write') || (kind === 'finding' && may.includes('drill.roll'));
  if (!allowed) throw new AppError('forbidden', `a ${kind} is not this person's to record`);
}

/** The hazard with this id, or the one that this finding has already. */
async function standingFor(trx: Trx, { id, source }: ReportHazard): Promise<HazardRow | undefined> {
  const same = await hazardRows(trx).where('id', '=', id).executeTakeFirst();
  if (same || source.kind !== 'finding') return same;
  await lockInTransaction(trx, `finding ${source.finding}`);
  return hazardRows(trx).where('finding', '=', source.finding).where('status', '<>', 'rejected').executeTakeFirst();
}

/** `Y-1107`: the seventh of November; a school year begins in September, so no number comes twice in it. */
async function nextNumber(trx: Trx, now: number): Promise<{ schoolYear: number; number: string }> {
  const [year = 0, month = 0] = schoolDate(now).split('-').map(Number);
  const schoolYear = month >= 9 ? year : year - 1;
  const { last } = await trx
    .insertInto('numbers')
    .values({ schoolYear, month, last: 1 })
    .onConflict((oc) => oc.columns(['schoolYear', 'month']).doUpdateSet((eb) => ({ last: eb('numbers.last', '+', 1) })))
    .returning('last')
    .executeTakeFirstOrThrow();
  const two = (n: number) => String(n).padStart(2, '0');
  return { schoolYear, number: `Y-${two(month)}${two(last)}` };
}

/** All but reporting. `owner`: whoever is answerable may do it too, whatever his role. */
export function changeHazard(
  { db, clock }: LedgerContext,
  actor: PersonActor,
  { command, hazard: id }: { command: string; hazard: string },
  input: HazardInput,
): Promise<HazardResult> {
  const now = clock.now();
  return db.tx(async (trx) => {
    const row = await lockHazard(trx, id);
    const his = input.type === 'fixed' && row.owner?.id === actor.id;
    if (!his && !mayWrite(actor)) throw new AppError('forbidden', 'neither the owner nor one who keeps the ledger');
    const before = await trx.selectFrom('history').select('hazard').where('command', '=', command).executeTakeFirst();
    if (before && before.hazard !== id) throw new AppError('conflict', 'the command belongs to another hazard');
    if (before) return answer(row, now);
    const decision = decide(stateOf(row), input, refOf(actor), now);
    if ('refusal' in decision) return answer(row, now, decision.refusal);
    const { state, type, detail } = decision;
    await trx.updateTable('hazards').set(columnsOf(state)).where('id', '=', id).execute();
    const hazard = await record(trx, { hazard: id, command, type, actor: refOf(actor), detail, now });
    return { result: 'done', hazard };
  });
}

const answer = (row: HazardRow, now: number, refusal?: HazardRefusal): HazardResult => {
  const hazard = hazardView(row, now);
  return refusal ? { result: 'refused', refusal, hazard } : { result: 'done', hazard };
};

const columnsOf = ({ owner, fixedBy, verifiedBy, ...state }: HazardState) => ({
  ...state,
  owner: owner && JSON.stringify(owner),
  fixedBy: fixedBy && JSON.stringify(fixedBy),
  verifiedBy: verifiedBy && JSON.stringify(verifiedBy),
});

export interface Line {
  hazard: string;
  command: string | null;
  type: HazardChange;
  actor: PersonRef | null;
  detail: Record<string, unknown>;
  now: number;
}

/** The line of history and the event, after the change itself; the hazard as everybody is told. */
export async function record(trx: Trx, { hazard: id, command, type, actor, detail, now }: Line): Promise<HazardView> {
  const at = new Date(now);
  await trx
    .insertInto('history')
    .values({ hazard: id, command, at, type, actor: actor && JSON.stringify(actor), detail: JSON.stringify(detail) })
    .execute();
  const hazard = hazardView(await hazardRows(trx).where('id', '=', id).executeTakeFirstOrThrow(), now);
  const event = newId(now);
  await emit(trx, { id: event, entity: 'hazard', type: EVENTS[type] ?? 'changed', data: hazard, at });
  const news = newsOfHazard(type, hazard);
  if (news) await queue(trx, event, news, now);
  return hazard;
}
