/**
 * Cards at the gate: from a card's number to a verdict on the screen, with the decision on disk first (B1, H1).
 * The pickup service judges "already collected" while it can be reached; off line the gate says what it knows.
 */
import { createHmac } from 'node:crypto';
import {
  AppError,
  type HandOverResult,
  type HandOverView,
  newId,
  type PersonRef,
  type PickupVerdict,
  type RecordHandOver,
  type RecordRefusal,
} from '@anyuan/contracts';
import type { IdDocument } from '@anyuan/devices';
import { type Clock, iso, type Log } from '@anyuan/service';
import type { Journal } from './journal.ts';
import {
  decideCard,
  decideDocument,
  type Moment,
  type PickupIndex,
  schoolTime,
  stillWaiting,
} from './pickup-decision.ts';
import type { Sender } from './sender.ts';

const VERDICT_MS = 5 * 60_000;
const OWNER_MS = 1_500;

type Yes = Extract<PickupVerdict, { verdict: 'yes' }>;
export interface ChildResult {
  child: string;
  result: 'recorded' | 'kept' | 'conflict';
  by?: string;
  at?: string;
}

export interface PickupDeskDeps {
  gate: string;
  journal: Journal;
  sender: Sender;
  clock: Clock;
  log: Pick<Log, 'error'>;
  cardKey: Buffer;
  index(): PickupIndex | undefined;
  listTooOld(): boolean;
  offline(): boolean;
  duty(): PersonRef;
  /** Who stood there: the guard on duty, else the gate itself. A refusal is on record also when nobody has begun a shift. */
  witness(): PersonRef;
  openDoor(): void;
}

export class PickupDesk {
  readonly #d: PickupDeskDeps;
  readonly #verdicts = new Map<string, Yes>();
  #collectedOn = '';
  readonly #collected = new Map<string, { by: string; at: string }>();

  constructor(deps: PickupDeskDeps) {
    this.#d = deps;
  }

  hash = (number: string): string => createHmac('sha256', this.#d.cardKey).update(number).digest('hex');

  get collectedToday(): number {
    this.#today();
    return this.#collected.size;
  }

  /** Children who could be fetched by now and were not; null: this gate can't know. */
  get waiting(): number | null {
    return stillWaiting(this.#d.index(), this.#moment());
  }

  card(hash: string): PickupVerdict {
    return this.#decided(decideCard(this.#d.index(), hash, this.#moment()));
  }

  byDocument(document: IdDocument): PickupVerdict {
    const hash = this.hash(document.idNumber);
    return this.#decided(decideDocument(this.#d.index(), hash, document.idNumber.slice(-4), this.#moment()));
  }

  async handOver(id: string, children: string[]): Promise<{ results: ChildResult[] }> {
    const { journal, sender, clock, gate, duty, offline, openDoor } = this.#d;
    const verdict = this.#open(id);
    if (!children.every((child) => verdict.children.some((c) => c.id === child)))
      throw new AppError('badInput', 'a child that this card does not name');
    const now = clock.now();
    const decision = { gate, guard: duty(), at: iso(now), offline: offline() };
    const commands = children.map(
      (child): RecordHandOver => ({
        handOver: newId(now),
        verdict: id,
        guardian: verdict.guardian.id,
        child,
        cardLast4: verdict.card.last4,
        byEye: verdict.byEye,
        decision,
      }),
    );
    journal.together(() => {
      for (const command of commands) journal.keep('handOver', command.handOver, command, now, true);
    });
    openDoor();
    this.#verdicts.delete(id);
    for (const child of children) this.#take(child, verdict.guardian.name, decision.at);
    const results = commands.map(async ({ handOver, child }): Promise<ChildResult> => {
      const answer = await sender.now<HandOverResult>(handOver, OWNER_MS);
      if (!answer) return { child, result: 'kept' };
      return answer.result === 'conflict'
        ? { child, result: 'conflict', by: answer.by, at: answer.at }
        : { child, result: 'recorded' };
    });
    return { results: await Promise.all(results) };
  }

  /** The guard saw another face than the card's. */
  async decline(id: string): Promise<{ id: string; synced: boolean }> {
    const verdict = this.#open(id);
    this.#verdicts.delete(id);
    return this.#refused('notThisPerson', verdict);
  }

  /** Another gate handed a child over. */
  heard(view: HandOverView): void {
    if (view.kind !== 'handOver' || view.conflict) return;
    for (const child of view.children) this.#take(child.id, view.guardian?.name ?? '', view.at);
  }

  /** Who may take a child is said whatever the disk does; the hand-over itself must be kept. */
  #decided(verdict: PickupVerdict): PickupVerdict {
    const { journal, clock, log } = this.#d;
    const notKept = (error: unknown) => log.error({ error }, 'a verdict could not be kept');
    if (verdict.verdict === 'yes') {
      this.#verdicts.set(verdict.id, verdict);
      try {
        journal.keep('verdict', verdict.id, verdict, clock.now(), false);
      } catch (error) {
        notKept(error);
      }
    } else this.#refused(verdict.refusal, verdict).catch(notKept);
    return verdict;
  }

  async #refused(reason: RecordRefusal['reason'], verdict: PickupVerdict): Promise<{ id: string; synced: boolean }> {
    const { journal, sender, clock, gate, witness, offline } = this.#d;
    const now = clock.now();
    const command: RecordRefusal = {
      refusal: newId(now),
      reason,
      guardian: verdict.guardian?.id ?? null,
      children: verdict.children.map((c) => c.id),
      cardLast4: verdict.card?.last4 ?? null,
      decision: { gate, guard: witness(), at: iso(now), offline: offline() },
    };
    journal.keep('pickupRefusal', command.refusal, command, now, true);
    return { id: command.refusal, synced: (await sender.now(command.refusal, OWNER_MS)) !== undefined };
  }

  #open(id: string): Yes {
    const { clock } = this.#d;
    for (const [key, { at }] of this.#verdicts)
      if (clock.now() - Date.parse(at) > VERDICT_MS) this.#verdicts.delete(key);
    const verdict = this.#verdicts.get(id);
    if (!verdict) throw new AppError('notFound', 'this verdict has been answered or is older than 5 minutes');
    return verdict;
  }

  #moment(): Moment {
    this.#today();
    const now = this.#d.clock.now();
    return { id: newId(now), now, collected: this.#collected, byEye: this.#d.listTooOld() };
  }

  #today(): void {
    const { date } = schoolTime(this.#d.clock.now());
    if (date === this.#collectedOn) return;
    this.#collected.clear();
    for (const [child, who] of this.#d.journal.get<[string, { by: string; at: string }][]>(`collected.${date}`) ?? [])
      this.#collected.set(child, who);
    this.#collectedOn = date;
  }

  #take(child: string, by: string, at: string): void {
    this.#today();
    if (schoolTime(Date.parse(at)).date !== this.#collectedOn || this.#collected.has(child)) return;
    this.#collected.set(child, { by, at });
    this.#d.journal.remember({ [`collected.${this.#collectedOn}`]: [...this.#collected] });
  }
}
