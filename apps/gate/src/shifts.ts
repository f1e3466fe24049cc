/**
 * Everything that changes what is known of shifts (A4). A gate sends each command at least once, perhaps days later: its id makes
 * a repeat harmless. What a guard did is only added to, never changed. The roster is training's and is followed (0008).
 */
import { createHash } from 'node:crypto';
import {
  type Actor,
  type AddDutyNote,
  AlarmRaised,
  AppError,
  type BeginShift,
  type ClosePoint,
  type EndShift,
  type GateDecision,
  type PersonRef,
  type RecordShiftChecks,
  RosterShift,
  type SetCoverRule,
  type SetDuty,
  shownText,
} from '@anyuan/contracts';
import { emit, type GateTables } from '@anyuan/db';
import type { FollowedEvent } from '@anyuan/service';
import type { Transaction } from 'kysely';
import type { z } from 'zod';
import type { GateContext } from './commands.ts';

export type ShiftContext = Pick<GateContext, 'db' | 'clock'>;
type Trx = Transaction<GateTables>;

export function beginShift(ctx: ShiftContext, actor: Actor, given: BeginShift): Promise<void> {
  const { shift, planned, reason, proof, gateName, decision } = given;
  return added(ctx, actor, decision, 'began', { shift, gate: decision.gate }, async (trx, common) => {
    await knowGate(trx, decision.gate, gateName);
    return trx
      .insertInto('shiftBegins')
      .values({ shift, planned, reason, proof, ...common })
      .onConflict((c) => c.column('shift').doNothing())
      .returning('shift as id')
      .executeTakeFirst();
  });
}

export function recordChecks(ctx: ShiftContext, actor: Actor, given: RecordShiftChecks): Promise<void> {
  const { id, shift, checks, decision } = given;
  return added(ctx, actor, decision, 'checked', { shift, gate: decision.gate }, (trx, common) =>
    trx
      .insertInto('shiftChecks')
      .values({ id, shift, checks: JSON.stringify(checks), ...common })
      .onConflict((c) => c.column('id').doNothing())
      .returning('id')
      .executeTakeFirst(),
  );
}

/** A hash that is not of what is said to have been shown is no signature: the gate keeps such a record for a person to look at. */
export function endShift(ctx: ShiftContext, actor: Actor, given: EndShift): Promise<void> {
  const { id, shift, how, incoming, next, notes, shown, hash, decision } = given;
  if (shownHash(shown) !== hash) throw new AppError('badInput', 'not the hash of what was shown');
  return added(ctx, actor, decision, 'ended', { shift, gate: decision.gate, how }, (trx, common) =>
    trx
      .insertInto('shiftEnds')
      .values({
        ...{ id, shift, how, next, hash },
        incoming: incoming && JSON.stringify(incoming),
        notes: JSON.stringify(notes),
        shown: shownText(shown),
        ...common,
      })
      .onConflict((c) => c.doNothing())
      .returning('id')
      .executeTakeFirst(),
  );
}

export const shownHash = (shown: EndShift['shown']): string =>
  createHash('sha256').update(shownText(shown)).digest('hex');

export function closePoint(ctx: ShiftContext, by: PersonRef, given: ClosePoint): Promise<void> {
  const { command, checks, check, note } = given;
  const at = new Date(ctx.clock.now());
  return ctx.db.tx(async (trx) => {
    const made = await trx.selectFrom('shiftChecks').select('checks').where('id', '=', checks).executeTakeFirst();
    if (!made?.checks.some((one) => one.check === check && !one.ok)) throw new AppError('notFound', 'no such point');
    await trx
      .insertInto('closedPoints')
      .values({ command, checks, checkKind: check, note, by: JSON.stringify(by), at })
      .onConflict((c) => c.column('command').doNothing())
      .execute();
    await told(trx, 'pointClosed', { checks, check }, at);
  });
}

export function setDuty(ctx: ShiftContext, by: PersonRef, given: SetDuty): Promise<void> {
  const { command, date, window: dutyWindow, role } = given;
  const people = JSON.stringify(given.people);
  const at = new Date(ctx.clock.now());
  return ctx.db.tx(async (trx) => {
    const fresh = await trx
      .insertInto('dutyChanges')
      .values({ command, date, dutyWindow, role, people, by: JSON.stringify(by), at })
      .onConflict((c) => c.column('command').doNothing())
      .returning('command')
      .executeTakeFirst();
    if (!fresh) return;
    await trx
      .insertInto('dutyPeople')
      .values({ date, dutyWindow, role, people })
      .onConflict((c) => c.columns(['date', 'dutyWindow', 'role']).doUpdateSet({ people }))
      .execute();
    await told(trx, 'dutySet', { date }, at);
  });
}

export function addDutyNote(ctx: ShiftContext, by: PersonRef, given: AddDutyNote): Promise<void> {
  const at = new Date(ctx.clock.now());
  return ctx.db.tx(async (trx) => {
    await trx
      .insertInto('dutyNotes')
      .values({ ...given, by: JSON.stringify(by), at })
      .onConflict((c) => c.column('id').doNothing())
      .execute();
    await told(trx, 'noted', { gate: given.gate, date: given.date }, at);
  });
}

export function setCoverRule(ctx: ShiftContext, { gate, always }: z.infer<typeof SetCoverRule>): Promise<void> {
  return ctx.db.tx(async (trx) => {
    const known = await trx
      .updateTable('coverRules')
      .set({ always })
      .where('gate', '=', gate)
      .returning('gate')
      .executeTakeFirst();
    if (!known) throw new AppError('notFound', 'no such gate');
    await told(trx, 'ruleSet', { gate }, new Date(ctx.clock.now()));
  });
}

export function setGrace(ctx: ShiftContext, graceMinutes: number): Promise<void> {
  return ctx.db.tx(async (trx) => {
    await trx.updateTable('coverPolicy').set({ graceMinutes }).execute();
    await told(trx, 'ruleSet', {}, new Date(ctx.clock.now()));
  });
}

/** What others told: the roster as it stands, and alarms for the day's record. What is not understood is passed over. */
export async function follow(trx: Trx, { owner, entity, type, data, at }: FollowedEvent): Promise<void> {
  if (owner === 'training' && entity === 'shift' && type === 'rostered') {
    const shift = RosterShift.safeParse(data);
    if (shift.success) await keepRostered(trx, shift.data, at);
  }
  if (owner === 'alarm' && entity === 'incident' && type === 'raised') {
    const raised = AlarmRaised.safeParse(data);
    if (!raised.success) return;
    const { incident, kind, mode, raisedAt, gate = null } = raised.data;
    await trx
      .insertInto('heardIncidents')
      .values({ incident, kind, mode, gate, at: new Date(raisedAt) })
      .onConflict((c) => c.column('incident').doNothing())
      .execute();
  }
}

async function keepRostered(trx: Trx, shift: RosterShift, toldAt: Date): Promise<void> {
  const { id, gate, gateName, date, from, to, kind, removed } = shift;
  const row = { gate, gateName, date, fromTime: from, toTime: to, kind, removed, toldAt };
  const guards = JSON.stringify(shift.guards);
  await trx
    .insertInto('roster')
    .values({ id, ...row, guards })
    .onConflict((c) => c.column('id').doUpdateSet({ ...row, guards }))
    .execute();
  await knowGate(trx, gate, gateName);
  await told(trx, 'rostered', { id, gate }, toldAt);
}

/** A gate is known as soon as somebody stands or is planned there; the rule that a person chose stays. */
async function knowGate(trx: Trx, gate: string, name: string): Promise<void> {
  await trx
    .insertInto('coverRules')
    .values({ gate, name, always: true })
    .onConflict((c) => c.column('gate').doUpdateSet({ name }))
    .execute();
}

/** In one transaction the row, unless it is a repeat, and what screens are told of it. */
function added(
  ctx: ShiftContext,
  actor: Actor,
  decision: GateDecision,
  type: 'began' | 'checked' | 'ended',
  data: object,
  add: (trx: Trx, common: ReturnType<typeof said>) => Promise<{ id: string } | undefined>,
): Promise<void> {
  if (actor.kind !== 'agent' || actor.gate !== decision.gate) throw new AppError('forbidden', "another gate's shift");
  return ctx.db.tx(async (trx) => {
    if (await add(trx, said(ctx, decision))) await told(trx, type, data, new Date(ctx.clock.now()));
  });
}

const said = (ctx: ShiftContext, { gate, guard, at, offline }: GateDecision) => ({
  gate,
  guardId: guard.id,
  guardName: guard.name,
  at: new Date(at),
  offline,
  receivedAt: new Date(ctx.clock.now()),
});

const told = (trx: Trx, type: string, data: object, at: Date) => emit(trx, { entity: 'shift', type, data, at });
