/**
 * What people do about an alarm. A note goes into the stream `ALARMS` first, on disk and acknowledged, and works from that
 * moment; the database follows (`ears.ts`). So an alarm is answered and ended while Postgres is away, and nothing that was
 * acknowledged to a person is lost.
 */
import type { Bus } from '@anyuan/bus';
import {
  type Actor,
  type AlarmNote,
  AppError,
  busDevice,
  type DeviceEntry,
  newId,
  type PersonRef,
  type StandDown,
  streams,
  subjects,
} from '@anyuan/contracts';
import type { AlarmTables, Db } from '@anyuan/db';
import { type Clock, iso } from '@anyuan/service';
import type { Beat } from './beat.ts';
import type { Board } from './board.ts';
import type { Ears } from './ears.ts';
import { type Incident, statusOf } from './incident.ts';
import { saveDevices } from './store.ts';

export interface AlarmContext {
  bus: Bus;
  school: string;
  board: Board;
  beat: Beat;
  ears: Ears;
  db: Db<AlarmTables>;
  clock: Clock;
}

type Step = 'acknowledged' | 'guardArrived' | 'policeArrived';

export async function note(ctx: AlarmContext, incident: string, type: Step, by: PersonRef): Promise<void> {
  if (found(ctx, incident)[type]) return;
  await keep(ctx, { id: newId(ctx.clock.now()), incident, type, at: iso(ctx.clock.now()), actor: by });
}

/** Ends an open alarm, by a named person with a reason. Ending an ended one changes nothing (promises, section 5). */
export async function standDown(ctx: AlarmContext, actor: Actor, input: StandDown): Promise<{ ended: boolean }> {
  const by = actor.kind === 'person' ? { id: actor.id, name: actor.name } : input.person;
  if (!by) throw new AppError('badInput', 'a stand-down needs a named person');
  if (found(ctx, input.incident).standDown) return { ended: false };
  await keep(ctx, {
    id: input.command,
    incident: input.incident,
    type: 'stoodDown',
    at: iso(ctx.clock.now()),
    actor: by,
    reason: input.reason,
    note: input.note,
  });
  ctx.beat.stoodDown(input.incident);
  return { ended: true };
}

/** Once, when the last device has said that it is quiet. */
export async function noteAllQuiet(ctx: AlarmContext, incident: Incident): Promise<void> {
  if (!incident.standDown || incident.allQuietAt || statusOf(incident) !== 'quiet') return;
  const now = ctx.clock.now();
  incident.allQuietAt = now;
  const id = newId(now);
  await keep(ctx, { id, incident: incident.raise.incident, type: 'allQuiet', at: iso(now), actor: null });
}

/** Asks everybody who owes an answer again, now. */
export function askAgain(ctx: AlarmContext, incident: string): void {
  found(ctx, incident);
  ctx.board.asked.set(
    incident,
    new Map([...(ctx.board.asked.get(incident) ?? [])].map(([d, a]) => [d, { ...a, at: 0 }])),
  );
  ctx.beat.tick();
}

/** A gate tells which devices it has. It can speak for its own only: their names begin with its own. */
export async function announce(ctx: AlarmContext, actor: Actor, devices: DeviceEntry[]): Promise<void> {
  if (actor.kind !== 'agent') throw new AppError('forbidden', 'only a gate announces its devices');
  if (!devices.every((d) => d.gate === actor.gate && d.device.startsWith(busDevice(actor.gate, ''))))
    throw new AppError('forbidden', 'a device of another gate');
  ctx.board.join(devices);
  await ctx.db.tx((trx) => saveDevices(trx, devices));
}

function found(ctx: AlarmContext, incident: string): Incident {
  const known = ctx.board.incidents.get(incident);
  if (!known) throw new AppError('notFound', 'no such incident');
  return known;
}

async function keep(ctx: AlarmContext, alarmNote: AlarmNote): Promise<void> {
  const { bus, school, board, ears, beat, clock } = ctx;
  try {
    const { seq } = await bus.publishStored(subjects.alarmNoted(school), alarmNote, { id: alarmNote.id });
    ears.sequence = Math.max(ears.sequence, seq);
  } catch (cause) {
    throw new AppError('unavailable', `${streams.alarms} did not take the note`, { cause });
  }
  board.take(alarmNote.incident, { type: 'noted', at: clock.now(), note: alarmNote });
  beat.changed(alarmNote.incident);
}
