/**
 * Every subject on the school's bus, and nothing else builds one. MQTT devices use the same names with `/` for `.`.
 * Who may publish and subscribe to what is enforced by nats-server from the user's JWT (`infra/nats`).
 */
export const SERVICES = ['gate', 'pickup', 'alarm', 'drills', 'training', 'ledger'] as const;
export type ServiceName = (typeof SERVICES)[number];

/**
 * Whose events a service keeps a projection of. Its durable consumer is made by the launcher and holds others' events only:
 * where a consumer delivers to is not checked by nats-server, so nobody may have one on what he writes himself.
 */
export const FOLLOWED: Partial<Record<ServiceName, readonly ServiceName[]>> = {
  gate: ['alarm', 'training'],
  drills: ['alarm', 'ledger'],
  training: ['drills'],
  ledger: ['drills', 'gate', 'training'],
};

export type Audibility = 'audible' | 'silent';

/** The caller's part of an HTTP subject. nats-server lets each user publish under its own name only. */
export const GATEWAY = 'gateway';
export const agentCaller = (gate: string): string => `agent-${gate}`;

export const subjects = {
  http: (school: string, service: string, caller: string) => `school.${school}.http.${service}.${caller}`,
  httpOf: (school: string, service: string) => `school.${school}.http.${service}.*`,
  event: (school: string, service: string, entity: string, pastTense: string) =>
    `school.${school}.event.${service}.${entity}.${pastTense}`,
  eventsOf: (school: string, service = '*') => `school.${school}.event.${service}.>`,
  /** Views that change many times a second (counts of an alarm); core only, never stored. */
  live: (school: string, service: string) => `school.${school}.live.${service}`,
  alarmRaised: (school: string, audibility: Audibility) => `school.${school}.alarm.raised.${audibility}`,
  alarmRaisedAny: (school: string) => `school.${school}.alarm.raised.*`,
  /** What people did about an incident: acknowledged, arrived, stood down. */
  alarmNoted: (school: string) => `school.${school}.alarm.noted`,
  alarmState: (school: string, audibility: Audibility) => `school.${school}.alarm.state.${audibility}`,
  alarmStateAny: (school: string) => `school.${school}.alarm.state.*`,
  deviceReported: (school: string, device: string) => `school.${school}.device.${device}.reported`,
  deviceHealth: (school: string, device: string) => `school.${school}.device.${device}.health`,
  /** The state once more, to one device that has not reported; it always answers. */
  deviceAsked: (school: string, device: string) => `school.${school}.device.${device}.asked`,
} as const;

export const streams = { events: 'EVENTS', alarms: 'ALARMS' } as const;

/** KV bucket of signed lists: key `<list>` holds the signed head, `<list>.body.<sha256>` the gzipped body. */
export const LISTS_BUCKET = 'lists';

/** `school.s.device.d.reported` → `d`. */
export const deviceOf = (subject: string): string => subject.split('.')[3] ?? '';
/** `school.s.http.gate.agent-main` → `agent-main`. */
export const callerOf = (subject: string): string => subject.split('.')[4] ?? '';
export const mqttTopic = (subject: string): string => subject.replaceAll('.', '/');
