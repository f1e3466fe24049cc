/** The agent as a story tells it: it emits what it is told to and answers from a table. For tests and pictures only. */
import { asNineKeys, type KioskEvent } from '@anyuan/contracts';
import type { AgentClient } from '../lib/agent-client.ts';
import type { ShiftClient } from '../lib/handover.ts';
import type { VehicleClient } from '../lib/vehicles.ts';
import type { WatchClient } from '../lib/watch.ts';
import { bookedVerdict, expectedVisit } from './booked-data.ts';
import { agreed, contacts, departments, heldVisits, hosts, id, sessions, visits, yes } from './data.ts';
import { forgottenScripted } from './forgotten.ts';
import { scriptedShifts } from './shifts.ts';
import { scriptedVehicles } from './vehicles.ts';
import { scriptedWatch } from './watch.ts';

export type Answers = Partial<Omit<AgentClient, 'watch' | 'shifts' | 'forgotten'>> & {
  forgotten?: Partial<AgentClient['forgotten']>;
  watch?: Partial<WatchClient>;
  shifts?: Partial<ShiftClient>;
};
type Call = Exclude<keyof AgentClient, 'watch' | 'vehicles' | 'shifts' | 'bookings' | 'forgotten'>;

export class ScriptedAgent implements AgentClient {
  readonly asked: { call: string; with: unknown[] }[] = [];
  readonly #answers: Answers;
  #onEvent: (event: KioskEvent) => void = () => {};
  #onLink: (up: boolean) => void = () => {};

  constructor(answers: Answers = {}) {
    this.#answers = answers;
  }

  emit(...events: KioskEvent[]): void {
    this.#onLink(true);
    for (const event of events) this.#onEvent(event);
  }

  cut(): void {
    this.#onLink(false);
  }

  events: AgentClient['events'] = (onEvent, onLink) => {
    this.#onEvent = onEvent;
    this.#onLink = onLink;
    return () => {};
  };

  #answer<K extends Call>(call: K, otherwise: AgentClient[K]): AgentClient[K] {
    return ((...args: unknown[]) => {
      this.asked.push({ call, with: args });
      const answer = (this.#answers[call] ?? otherwise) as (...a: unknown[]) => unknown;
      return answer(...args);
    }) as AgentClient[K];
  }

  readonly shifts = scriptedShifts(
    (call, args) => this.asked.push({ call: `shifts.${call}`, with: args }),
    () => this.#answers.shifts ?? {},
  );
  readonly forgotten = forgottenScripted(
    (call, args) => this.asked.push({ call: `forgotten.${call}`, with: args }),
    () => this.#answers.forgotten ?? {},
  );
  vehicles: VehicleClient = scriptedVehicles(
    (call, input) => this.asked.push({ call: `vehicles.${call}`, with: [input] }),
    () => this.#answers.vehicles,
  );
  get bookings(): AgentClient['bookings'] {
    return this.#answers.bookings ?? { expected: async () => [expectedVisit()], open: async () => bookedVerdict() };
  }
  hosts = this.#answer('hosts', async ({ query, department }) => ({
    departments,
    hosts: hosts.filter((h) =>
      department ? h.department === department : !query || asNineKeys(h.id).startsWith(query),
    ),
  }));
  onSite = this.#answer('onSite', async () => visits());
  help = this.#answer('help', async () => contacts);
  admit = this.#answer('admit', async ({ security }) => ({
    ...{ visit: id(), number: 'E1123-008', ticket: null, synced: true },
    ticket: security.result === 'held' ? 'E1123-K02' : null,
  }));
  undo = this.#answer('undo', async () => ({ id: id(), synced: true }));
  askHost = this.#answer('askHost', agreed.askHost);
  withdraw = this.#answer('withdraw', async () => undefined);
  held = this.#answer('held', async () => heldVisits());
  returnItems = this.#answer('returnItems', async () => ({ id: id(), synced: true }));
  refuse = this.#answer('refuse', async () => ({ id: id(), synced: true }));
  signOut = this.#answer('signOut', async () => ({ id: id(), synced: true }));
  readonly watch: AgentClient['watch'] = scriptedWatch(
    (call, args) => this.asked.push({ call, with: args }),
    () => this.#answers.watch ?? {},
  );
  handOver = this.#answer('handOver', async (_verdict, children) => ({
    results: children.map((child) => ({ child, result: 'recorded' as const })),
  }));
  decline = this.#answer('decline', async () => ({ id: id(), synced: true }));
  byDocument = this.#answer('byDocument', async () => yes());
  sessions = this.#answer('sessions', async () => sessions);
  beginSignIn = this.#answer('beginSignIn', async () => undefined);
  endSignIn = this.#answer('endSignIn', async () => undefined);
  badges: AgentClient['badges'] = {
    reprint: async (visit) => {
      this.asked.push({ call: 'badges', with: [visit] });
    },
  };
  press = this.#answer('press', async () => ({ incident: id(), reach: 'school' as const }));
  acknowledge = this.#answer('acknowledge', async () => undefined);
  arrived = this.#answer('arrived', async () => undefined);
  standDown = this.#answer('standDown', async () => ({ ok: true as const }));
}
