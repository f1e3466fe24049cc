/**
 * Guard posts at this gate's card reader (D3). Promise: who has a post here now, or within the next quarter of an hour, is signed
 * in by his staff card, whoever is away: on disk first, then offered to `drills`, whose word is told when it comes in time. A
 * second tap is told when the first was, over a restart too, and is not kept again.
 *
 * The posts are asked for as long as `drills` answers and stay on disk; they reach a week ahead, so an older word is none.
 */
import {
  type CardForgotten,
  type GatePost,
  type GatePosts,
  type KioskEvent,
  newId,
  type PersonRef,
  POST_EARLY_MS,
  type SignedIn,
  type SignInByCard,
} from '@anyuan/contracts';
import { type Clock, iso } from '@anyuan/service';
import type { Journal } from './journal.ts';
import { schoolTime } from './pickup-decision.ts';
import type { Sender } from './sender.ts';

const OWNER_MS = 1_500;
const KNOWN = 'posts';
const SIGNED = 'posts.signed';

export type AtPostEvent = Extract<KioskEvent, { type: 'atPost' }>;

export interface PostDeskDeps {
  journal: Journal;
  sender: Pick<Sender, 'now'>;
  clock: Clock;
  ask(): Promise<GatePosts>;
}

/** Who signed in here at which post of this day, and when. */
interface Signed {
  date: string;
  signs: { post: string; person: string; at: string }[];
}

export class PostDesk {
  readonly #d: PostDeskDeps;
  #known: GatePosts | undefined;
  #signed: Signed;

  constructor(deps: PostDeskDeps) {
    this.#d = deps;
    this.#known = deps.journal.get<GatePosts>(KNOWN);
    this.#signed = deps.journal.get<Signed>(SIGNED) ?? { date: '', signs: [] };
  }

  /** For the screen that shows today's posts. */
  get known(): GatePosts | undefined {
    return this.#known;
  }
  signed = (post: string, person: string): boolean =>
    this.#signed.signs.some((one) => one.post === post && one.person === person);

  /** What the school plans now; what was known stays while nobody answers. */
  async refresh(): Promise<void> {
    const told = await this.#d.ask().catch(() => undefined);
    if (!told) return;
    this.#known = told;
    this.#d.journal.remember({ [KNOWN]: told });
  }

  /** A staff card at the reader. @returns undefined: its holder has no post here now */
  tapped(person: PersonRef, forgotten?: CardForgotten): Promise<AtPostEvent> | undefined {
    const now = this.#d.clock.now();
    const post = this.#postOf(person, now);
    if (!post || !this.#known) return undefined;
    const { people: _, ...shown } = post;
    const byWord = forgotten ? { forgotten } : {};
    const event = { type: 'atPost' as const, person, post: shown, asOf: this.#known.asOf, ...byWord };
    const before = this.#signAt(post, person);
    if (before) return Promise.resolve({ ...event, result: 'already', at: before.at });
    return this.#signIn(person, post, now, byWord).then((result) => ({ ...event, result, at: iso(now) }));
  }

  async #signIn(
    { id: person, name }: PersonRef,
    post: GatePost,
    now: number,
    byWord: { forgotten?: CardForgotten },
  ): Promise<AtPostEvent['result']> {
    const { journal, sender } = this.#d;
    const command: SignInByCard = {
      ...{ id: newId(now), post: post.post, at: iso(now), person: { id: person, name }, ...byWord },
    };
    const signs = this.#signed.date === post.date ? this.#signed.signs : [];
    const signed = { date: post.date, signs: [...signs, { post: post.post, person, at: command.at }] };
    journal.together(() => {
      journal.keep('signIn', command.id, command, now, true);
      journal.set(SIGNED, signed);
    });
    // At once: a card that lies on the reader is read again before its owner has answered.
    this.#signed = signed;
    const answer = await sender.now<SignedIn>(command.id, OWNER_MS);
    if (!answer) return 'kept';
    if (answer.result === 'post') return 'recorded';
    // Planned otherwise by now: what is known here was too old, and whoever mends that may tap again.
    this.#forget(post, person);
    void this.refresh();
    return 'changed';
  }

  #forget(post: GatePost, person: string): void {
    const { date, signs } = this.#signed;
    this.#signed = { date, signs: signs.filter((one) => one.post !== post.post || one.person !== person) };
    this.#d.journal.remember({ [SIGNED]: this.#signed });
  }

  /** Of those whose window is open, else of those that begin soon: the first that is not signed at. */
  #postOf(person: PersonRef, now: number): GatePost | undefined {
    const { date } = schoolTime(now);
    const own = (this.#known?.posts ?? [])
      .filter((post) => post.date === date && post.people.some(({ id }) => id === person.id))
      .map((post) => ({ post, opens: momentOf(date, post.from), closes: momentOf(date, post.to) }))
      .filter(({ opens, closes }) => opens - POST_EARLY_MS <= now && now <= closes);
    const open = own.filter(({ opens }) => opens <= now);
    const here = (open.length > 0 ? open : own).map(({ post }) => post);
    return here.find((post) => !this.#signAt(post, person)) ?? here[0];
  }

  #signAt(post: GatePost, person: PersonRef) {
    const { date, signs } = this.#signed;
    return date === post.date ? signs.find((one) => one.post === post.post && one.person === person.id) : undefined;
  }
}

const momentOf = (date: string, time: string): number => Date.parse(`${date}T${time}:00+08:00`);
