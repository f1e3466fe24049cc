/**
 * The gate's questions to hosts (G1): sent as soon as the screen knows whom, watched until they are answered, and what came
 * of them put into the decision.
 *
 * A question is for now: it lives in memory and in the gate service, never in the journal. Off line it can't go out; the
 * screen is told so at once, and the guard decides by his own word, which stands in the record. The service's word comes
 * over the bus; because a cut may swallow one, the open question is also looked up every few seconds.
 */
import {
  AppError,
  type AskHost,
  type Confirmation,
  HostQuestion,
  needsHost,
  newId,
  type OverrideReason,
  type PersonRef,
  type VisitorType,
  type VisitReason,
} from '@anyuan/contracts';
import { type Clock, iso } from '@anyuan/service';

const KEPT = 20;
export const LOOK_EVERY_MS = 3_000;

export interface QuestionDeps {
  gate: string;
  clock: Clock;
  offline(): boolean;
  duty(): PersonRef;
  host(id: string): AskHost['host'];
  /** The gate service; rejects when it is away. */
  owner: {
    ask(command: AskHost): Promise<HostQuestion>;
    withdraw(question: string): Promise<HostQuestion>;
    look(question: string): Promise<HostQuestion | null>;
  };
  /** To the screen. */
  tell(question: HostQuestion): void;
}

export interface AskWish {
  name: string;
  type: VisitorType;
  count: number;
  reason: VisitReason;
  host: string;
}

export class QuestionDesk {
  readonly #d: QuestionDeps;
  #heard = new Map<string, HostQuestion>();

  constructor(deps: QuestionDeps) {
    this.#d = deps;
  }

  /** @returns what the service says of it; null: it could not go out */
  async ask({ name, type, count, reason, host }: AskWish): Promise<HostQuestion | null> {
    const { gate, clock, duty, owner } = this.#d;
    const now = clock.now();
    const command: AskHost = {
      question: newId(now),
      gate,
      visitor: { name, type, count },
      reason,
      host: this.#d.host(host),
      guard: duty(),
      at: iso(now),
    };
    if (this.#d.offline()) return null;
    const view = await owner.ask(command).catch(() => null);
    // It may have arrived although its answer did not: nobody shall be asked for nothing.
    if (view) this.#keep(view);
    else void this.withdraw(command.question);
    return view && (this.#heard.get(view.question) ?? view);
  }

  async withdraw(question: string): Promise<void> {
    await this.#d.owner.withdraw(question).then(
      (view) => this.#keep(view),
      // The service gives it up by itself after half an hour.
      () => undefined,
    );
  }

  /** An event of the gate service, whatever it is. */
  heard(data: unknown): void {
    const parsed = HostQuestion.safeParse(data);
    if (!parsed.success || parsed.data.gate !== this.#d.gate || !this.#heard.has(parsed.data.question)) return;
    if (this.#keep(parsed.data)) this.#d.tell(parsed.data);
  }

  /** Asks after those that are open here. */
  async look(): Promise<void> {
    if (this.#d.offline()) return;
    const open = [...this.#heard.values()].filter(({ state }) => state === 'open' || state === 'coming');
    for (const { question } of open) {
      const view = await this.#d.owner.look(question).catch(() => null);
      if (view) this.heard(view);
    }
  }

  /**
   * How it came that he may go in, for the record.
   * @throws AppError `conflict` when the host must agree, has not, and the guard has not said why he lets him in
   */
  confirmation(wish: {
    type: VisitorType;
    reason: VisitReason;
    host: string;
    question?: string | undefined;
    override?: OverrideReason | undefined;
  }): Confirmation {
    if (!needsHost(wish.type, wish.reason)) return { how: 'notNeeded' };
    const asked = wish.question ? this.#heard.get(wish.question) : undefined;
    const answer = asked?.host.id === wish.host && asked.state === 'yes' ? asked.answer : null;
    if (answer) return { how: 'confirmed', via: 'question', by: answer.by, as: answer.as, at: answer.at };
    if (!wish.override) throw new AppError('conflict', 'the host has not agreed');
    return { how: 'override', reason: wish.override, asked: asked !== undefined };
  }

  /** @returns whether it says something new; what is older than what is known here is no news */
  #keep(view: HostQuestion): boolean {
    const before = this.#heard.get(view.question);
    if (before && (before.state === view.state ? before.asked.length >= view.asked.length : settled(before)))
      return false;
    this.#heard.delete(view.question);
    this.#heard.set(view.question, view);
    this.#heard = new Map([...this.#heard].slice(-KEPT));
    return true;
  }
}

const settled = ({ state }: HostQuestion): boolean => state === 'yes' || state === 'no' || state === 'withdrawn';
