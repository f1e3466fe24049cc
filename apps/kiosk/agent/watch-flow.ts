/**
 * Where the watchlist stands in the gate's work: a document laid down, a visitor typed, a child fetched with an ID card. It
 * hands the person to `watch-desk.ts`, holds the command back while that blocks, and writes the refusal that a "yes" brings,
 * with a word that says nothing.
 */
import {
  AppError,
  type PickupVerdict,
  type WatchAnswer,
  WatchHitEvent,
  type WatchList,
  type WatchNotice,
} from '@anyuan/contracts';
import { type Desk, identityOf, type Subject } from './desk.ts';
import type { KeptList } from './kept-lists.ts';
import type { ChildResult, PickupDesk } from './pickup-desk.ts';
import type { WatchDesk } from './watch-desk.ts';

/** Stands in the day book, which the whole office reads. */
const NEUTRAL = '学校另行接待';
/** As long as a verdict itself. */
const VERDICTS = 20;

export interface WatchFlowDeps {
  watch: WatchDesk;
  desk: Pick<Desk, 'document' | 'identity' | 'refuse'>;
  pickup: Pick<PickupDesk, 'byDocument' | 'handOver'>;
}

export class WatchFlow {
  readonly #d: WatchFlowDeps;
  /** Whose document opened which pickup verdict. */
  readonly #byVerdict = new Map<string, string>();

  constructor(deps: WatchFlowDeps) {
    this.#d = deps;
  }

  take = (list: KeptList<WatchList>): void => this.#d.watch.take(list);

  heard(subject: string, data: Uint8Array): void {
    if (!subject.endsWith('.watchHit.answered')) return;
    const event = WatchHitEvent.safeParse(JSON.parse(new TextDecoder().decode(data)));
    if (event.success) this.#d.watch.heard(event.data);
  }

  presented(id: string): void {
    this.#d.watch.check(identityOf(this.#d.desk.document(id)), 'document', id);
  }

  typed(typed: NonNullable<Subject['typed']>): WatchNotice | null {
    return this.#d.watch.check(this.#d.desk.identity({ typed }), 'typed', 'typed');
  }

  byDocument(presented: string): PickupVerdict {
    const { desk, pickup, watch } = this.#d;
    const document = desk.document(presented);
    const verdict = pickup.byDocument(document);
    this.#byVerdict.set(verdict.id, presented);
    for (const old of [...this.#byVerdict.keys()].slice(0, -VERDICTS)) this.#byVerdict.delete(old);
    watch.check(identityOf(document), 'pickup', verdict.id);
    return verdict;
  }

  async handOver(verdict: string, children: string[]): Promise<{ results: ChildResult[] }> {
    const presented = this.#byVerdict.get(verdict);
    if (presented) this.mustNotBlock({ presented });
    return this.#d.pickup.handOver(verdict, children);
  }

  /** @throws AppError `conflict` while a person must answer first */
  mustNotBlock(subject: Subject): void {
    const person = this.#d.desk.identity(subject);
    if (!this.#d.watch.blocks(person)) return;
    this.#d.watch.check(person, subject.typed ? 'typed' : 'document', subject.presented ?? 'typed');
    throw new AppError('conflict', 'not answered yet');
  }

  /** @param subject of a visitor whose refusal goes on record when he is the one and must not come in */
  answer({ hit, is, subject }: { hit: string; is: WatchAnswer; subject?: Subject | undefined }): {
    notice: WatchNotice;
    refused: boolean;
  } {
    const notice = this.#d.watch.answer(hit, is);
    const again = subject ?? { presented: this.#byVerdict.get(notice.about) };
    // Cleared of one entry, he may still be meant by another.
    if (is === 'no' && (again.presented || again.typed))
      this.#d.watch.check(this.#d.desk.identity(again), subject ? 'document' : 'pickup', notice.about);
    const refused = is === 'yes' && notice.blocks;
    if (refused && subject) this.#d.desk.refuse({ ...subject, refusal: 'other', note: NEUTRAL, items: [] });
    return { notice, refused };
  }
}
