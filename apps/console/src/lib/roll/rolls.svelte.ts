/**
 * The rolls that this person takes in the drill that runs. Asked for as soon as the drill is known, kept on the phone, and
 * marked there first: the network may be away from the first touch to after the end.
 */
import type { ClassCount, ClassRoll, DrillView, LiveEvent, RollMark } from '@anyuan/contracts';
import type { DrillsClient } from '../clients/drills.ts';
import type { Clock } from '../clock.svelte.ts';
import { LiveOne } from '../live-one.svelte.ts';
import { Outbox } from '../outbox/outbox.svelte.ts';
import type { Thing } from '../outbox/queue.ts';
import type { Shelf } from '../outbox/shelf.ts';
import { codeOf } from '../refresh.ts';
import { isStale, laneOf, type RollSheet, type RollThing, sheetOf } from './roll.ts';

export interface RollCall {
  drill: DrillView | null;
  classes: ClassCount[];
  mine: string[];
}

/** A roll as the phone keeps it. */
interface Kept {
  id: string;
  person: string;
  roll: ClassRoll;
  mine: string[];
  /** How far the server's clock was ahead of this phone's, ms. */
  ahead: number;
}

export type RollClient = Pick<DrillsClient, 'rollCall' | 'roll' | 'takeRoll'>;

export class Rolls {
  readonly #client: RollClient;
  readonly #shelf: Shelf;
  readonly #clock: Clock;
  readonly call: LiveOne<RollCall>;
  readonly outbox: Outbox<RollThing>;
  #person = '';
  #closed = false;
  #rolls = $state.raw<ReadonlyMap<string, ClassRoll>>(new Map());
  /** Why a roll was not read, by class. */
  errors = $state.raw<ReadonlyMap<string, ReturnType<typeof codeOf>>>(new Map());
  /** As answered last, or as the phone kept it while nobody has answered yet. */
  #keptMine = $state.raw<string[]>([]);

  constructor(client: RollClient, shelf: Shelf, clock: Clock) {
    this.#client = client;
    this.#shelf = shelf;
    this.#clock = clock;
    this.call = new LiveOne(() => this.#ask());
    this.outbox = new Outbox<RollThing>({ drawer: 'roll', shelf, clock, send: (things) => this.#send(things) });
  }

  /** The drill of the rolls at hand: the running one by the server, else the one that the phone kept. */
  readonly drill = $derived.by(() => (this.call.value ? this.call.value.drill : (this.#anyKept?.drill ?? null)));
  readonly mine = $derived.by(() => this.#keptMine);
  readonly classes = $derived.by(() => this.call.value?.classes ?? [...this.#rolls.values()].map((r) => r.class));

  get #anyKept(): ClassRoll | undefined {
    return [...this.#rolls.values()][0];
  }

  rollOf(schoolClass: string): ClassRoll | null {
    return this.#rolls.get(schoolClass) ?? null;
  }
  sheetOf(roll: ClassRoll): RollSheet {
    return sheetOf(roll, this.outbox.waiting);
  }

  /** What this person left on this phone: marks that wait, and the rolls of a drill of today. */
  async open(person: string): Promise<void> {
    this.#person = person;
    await Promise.all([this.outbox.open(person), this.#restore(person)]);
  }

  mark(roll: ClassRoll, pupil: string, state: RollMark['state'], note = ''): void {
    const of = { drill: roll.drill.id, class: roll.class.class };
    const make = (id: string, at: string): RollThing => ({ kind: 'mark', ...of, mark: { id, pupil, state, at, note } });
    this.outbox.add(laneOf(of.drill, of.class), make);
  }
  report(roll: ClassRoll): void {
    const of = { drill: roll.drill.id, class: roll.class.class };
    this.outbox.add(laneOf(of.drill, of.class), (id, at) => ({ kind: 'report', ...of, report: { id, at } }));
  }

  async load(schoolClass: string, drill = this.drill): Promise<void> {
    if (!drill) return;
    try {
      this.#put([await this.#client.roll(drill.id, schoolClass)]);
      this.#fail(schoolClass, null);
    } catch (error) {
      this.#fail(schoolClass, codeOf(error));
    }
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'drills') this.reload();
  }
  reload(): void {
    this.outbox.nudge();
    void this.call.load();
  }
  close(): void {
    this.#closed = true;
    this.call.close();
    this.outbox.close();
  }

  async #ask(): Promise<RollCall> {
    const call = await this.#client.rollCall();
    const { drill, mine } = call;
    this.#keptMine = mine;
    if (drill === null) await this.#forget();
    // Before the signal goes: all of the own classes, also those that nobody has opened yet.
    else for (const id of new Set([...mine, ...this.#rolls.keys()])) void this.load(id, drill);
    return call;
  }
  /** All of one class, since they travel by lane. */
  async #send(things: readonly Thing<RollThing>[]): Promise<void> {
    const [first] = things;
    if (!first) return;
    const { drill, class: id } = first.body;
    const marks = things.flatMap(({ body }) => (body.kind === 'mark' ? [body.mark] : []));
    const reports = things.flatMap(({ body }) => (body.kind === 'report' ? [body.report] : []));
    // Only after the marks does a report find the class complete; what counts for each is its own time, not its place here.
    let roll = await this.#client.takeRoll({ drill, class: id, marks, report: reports[0] ?? null });
    for (const report of reports.slice(1)) roll = await this.#client.takeRoll({ drill, class: id, marks: [], report });
    if (this.drill?.id === drill) this.#put([roll]);
  }

  #put(rolls: readonly ClassRoll[]): void {
    // An answer that comes after its reader has left is not kept.
    if (this.#closed) return;
    const next = new Map(this.#rolls);
    for (const roll of rolls) next.set(roll.class.class, roll);
    this.#rolls = next;
    const ahead = this.#clock.now - Date.now();
    const kept = rolls.map(
      (roll): Kept => ({
        ...{ id: roll.class.class, person: this.#person, roll, mine: this.#keptMine, ahead },
      }),
    );
    // Without a memory the page that is open goes on all the same; the outbox says that it is not safe.
    this.#shelf.put('kept', kept).catch(() => undefined);
  }

  async #restore(person: string): Promise<void> {
    const all = await this.#shelf.all<Kept>('kept').catch(() => []);
    const kept = all.filter((k) => k.person === person && !isStale(k.roll, Date.now() + k.ahead));
    if (this.call.value || kept.length === 0) return;
    this.#rolls = new Map([...kept.map((k) => [k.id, k.roll] as const), ...this.#rolls]);
    this.#keptMine = kept[0]?.mine ?? [];
  }

  async #forget(): Promise<void> {
    this.#rolls = new Map();
    await this.#shelf
      .all<Kept>('kept')
      .then((all) =>
        this.#shelf.remove(
          'kept',
          all.map((k) => k.id),
        ),
      )
      .catch(() => undefined);
  }

  #fail(schoolClass: string, code: ReturnType<typeof codeOf> | null): void {
    const next = new Map(this.errors);
    if (code) next.set(schoolClass, code);
    else next.delete(schoolClass);
    this.errors = next;
  }
}

/** Whose roll lies on this phone, for a page that starts while nobody can say who is signed in. */
export async function keptPerson(shelf: Shelf): Promise<{ person: string; ahead: number } | null> {
  const all = await shelf.all<Kept>('kept').catch(() => []);
  const kept = all.find((k) => !isStale(k.roll, Date.now() + k.ahead));
  return kept ? { person: kept.person, ahead: kept.ahead } : null;
}

export const forgetRolls = async (shelf: Shelf): Promise<void> => {
  const all = await shelf.all<Kept>('kept').catch(() => []);
  await shelf
    .remove(
      'kept',
      all.map((k) => k.id),
    )
    .catch(() => undefined);
};
