/** The console's one SSE stream: bus events that the actor may see, each with the permission that opens it. */
import { z } from 'zod';
import type { Permission } from './actors.ts';
import { DeviceStatus, IncidentView } from './alarm.ts';
import { DrillBoard } from './drills.ts';
import { VisitView } from './gate.ts';
import { HandOverView } from './pickup.ts';
import { WatchHitEvent } from './watchlist.ts';

export const LiveEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('visit'), visit: VisitView }),
  /** Whoever may be asked by the gate: something changed in the questions, or in who is overdue. Ask again for one's own. */
  z.object({ type: z.literal('hostQuestions') }),
  z.object({ type: z.literal('siteRoll') }),
  z.object({ type: z.literal('handOver'), handOver: HandOverView }),
  z.object({ type: z.literal('cards') }),
  z.object({ type: z.literal('incident'), incident: IncidentView }),
  z.object({ type: z.literal('device'), device: DeviceStatus }),
  z.object({ type: z.literal('drillBoard'), board: DrillBoard }),
  /** Something changed in terms, drills, plans or findings: ask again. Likewise those below. */
  z.object({ type: z.literal('drills') }),
  z.object({ type: z.literal('patrols') }),
  z.object({ type: z.literal('training') }),
  z.object({ type: z.literal('hazards') }),
  z.object({ type: z.literal('bookings') }),
  z.object({ type: z.literal('contradictions') }),
  z.object({ type: z.literal('shifts') }),
  z.object({ type: z.literal('facilities') }),
  /** For those it names only, whatever they may else. */
  z.object({ type: z.literal('watchHit'), hit: WatchHitEvent }),
  /** The tab missed more than the gateway still holds: ask again for everything. */
  z.object({ type: z.literal('resync') }),
  /** Every 2 s, so that a screen can say how fresh it is. */
  /** `alarms`: the alarm service has spoken lately; without it no screen can know of an incident. */
  z.object({ type: z.literal('tick'), at: z.string(), alarms: z.boolean() }),
]);
export type LiveEvent = z.infer<typeof LiveEvent>;

export const livePermission = {
  visit: 'visit.read',
  hostQuestions: 'visit.confirm',
  siteRoll: 'visit.roll',
  handOver: 'handOver.read',
  cards: 'card.write',
  incident: 'alarm.read',
  device: 'device.read',
  drillBoard: 'drill.run',
  drills: 'drill.read',
  patrols: 'patrol.sign',
  training: 'training.own',
  hazards: 'hazard.report',
  bookings: 'booking.own',
  contradictions: 'visit.settle',
  watchHit: 'watchlist.named',
  shifts: 'shift.read',
  facilities: 'facility.read',
  resync: null,
  tick: null,
} as const satisfies Record<LiveEvent['type'], Permission | null>;
