/**
 * Who acts, and what that role may do. A service decides by the permission, never by the role's name, and it learns the
 * actor from the subject on which a request came: nats-server lets only the gateway publish as the gateway, and an agent
 * only as itself. So a header can't be forged by whoever can merely reach the bus.
 */
import { z } from 'zod';
import { Token } from './ids.ts';

export const ROLES = ['guard', 'teacher', 'administrator', 'principal'] as const;
export const Role = z.enum(ROLES);
export type Role = z.infer<typeof Role>;

export const PERMISSIONS = [
  'visit.read',
  'visit.write',
  'visit.identity',
  'visit.confirm',
  'visit.policy',
  'visit.audit',
  'visit.retain',
  'visit.roll',
  'booking.own',
  'booking.read',
  'booking.write',
  'permit.read',
  'permit.write',
  'permit.log',
  'vehicle.read',
  'vehicle.write',
  'vehicle.log',
  'handOver.read',
  'handOver.write',
  'card.write',
  'device.read',
  'device.announce',
  'alarm.read',
  'alarm.raise',
  'alarm.acknowledge',
  'alarm.standDown',
  'alarm.standDownByCard',
  'drill.read',
  'drill.plan',
  'drill.approve',
  'drill.run',
  'drill.roll',
  'patrol.read',
  'patrol.sign',
  'patrol.plan',
  'patrol.atGate',
  'training.own',
  'training.read',
  'training.write',
  'training.attend',
  'hazard.read',
  'hazard.report',
  'hazard.write',
  'channel.read',
  'channel.write',
  'watchlist.read',
  'watchlist.write',
  'watchlist.named',
  'watchlist.atGate',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Guards work at the kiosk; the console's records are not theirs to read (least data). */
export const rolePermissions: Record<Role, readonly Permission[]> = {
  guard: [
    'visit.roll',
    'alarm.read',
    'alarm.raise',
    'alarm.acknowledge',
    'patrol.sign',
    'training.own',
    'hazard.report',
    'watchlist.named',
  ],
  teacher: [
    'visit.confirm',
    'booking.own',
    'handOver.read',
    'alarm.read',
    'alarm.raise',
    'alarm.acknowledge',
    'drill.read',
    'drill.roll',
    'patrol.sign',
    'training.own',
    'hazard.report',
    'watchlist.named',
  ],
  administrator: [
    'booking.own',
    'booking.read',
    'booking.write',
    'visit.read',
    'visit.identity',
    'visit.confirm',
    'visit.policy',
    'visit.roll',
    'permit.read',
    'permit.write',
    'vehicle.read',
    'vehicle.write',
    'handOver.read',
    'card.write',
    'device.read',
    'alarm.read',
    'alarm.raise',
    'alarm.acknowledge',
    'alarm.standDown',
    'drill.read',
    'drill.plan',
    'drill.run',
    'drill.roll',
    'patrol.read',
    'patrol.sign',
    'patrol.plan',
    'training.own',
    'training.read',
    'training.write',
    'hazard.read',
    'hazard.report',
    'hazard.write',
    'channel.read',
    'channel.write',
    'watchlist.named',
  ],
  principal: [
    'booking.own',
    'booking.read',
    'booking.write',
    'visit.read',
    'visit.identity',
    'visit.confirm',
    'visit.audit',
    'visit.retain',
    'visit.roll',
    'permit.read',
    'vehicle.read',
    'handOver.read',
    'device.read',
    'alarm.read',
    'alarm.raise',
    'alarm.acknowledge',
    'alarm.standDown',
    'drill.read',
    'drill.approve',
    'drill.run',
    'drill.roll',
    'patrol.read',
    'patrol.sign',
    'training.own',
    'training.read',
    'hazard.read',
    'hazard.report',
    'hazard.write',
    'channel.read',
    'channel.write',
    'watchlist.read',
    'watchlist.write',
    'watchlist.named',
  ],
};

/** What a gate's agent may do for the guard in front of it. It may end an alarm only with a staff card's proof. */
export const agentPermissions: readonly Permission[] = [
  'visit.read',
  'visit.write',
  'permit.log',
  'vehicle.log',
  'handOver.write',
  'device.announce',
  'alarm.read',
  'alarm.raise',
  'alarm.acknowledge',
  'alarm.standDownByCard',
  'patrol.atGate',
  'training.attend',
  'watchlist.atGate',
];

export const PersonActor = z.object({ kind: z.literal('person'), id: z.string(), name: z.string(), role: Role });
export const AgentActor = z.object({ kind: z.literal('agent'), gate: Token });
export const Actor = z.discriminatedUnion('kind', [PersonActor, AgentActor]);
export type Actor = z.infer<typeof Actor>;
export type PersonActor = z.infer<typeof PersonActor>;

export const permissionsOf = (actor: Actor): readonly Permission[] =>
  actor.kind === 'agent' ? agentPermissions : rolePermissions[actor.role];

/** A person as records name them: never more than is needed to know who it was. */
export const PersonRef = z.object({ id: z.string(), name: z.string() });
export type PersonRef = z.infer<typeof PersonRef>;
