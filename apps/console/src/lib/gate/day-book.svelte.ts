/**
 * The day book as it is looked at: a span, what narrows it, and one page of it. Where each page began is remembered, so that
 * one can go back. A visit that is told of is read anew, and never guessed into the page.
 */
import { type DayBookFilter, type DayBookPage, type DayBookPlace, type LiveEvent, schoolDate } from '@anyuan/contracts';
import type { DayBookClient } from '../clients/day-book.ts';
import { LiveOne } from '../live-one.svelte.ts';
import { Finder } from './finder.svelte.ts';

const DAY_MS = 86_400_000;
export type Quick = 'today' | 'week' | 'month';

export function spanOf(quick: Quick, now: number): { from: string; to: string } {
  const to = schoolDate(now);
  if (quick === 'today') return { from: to, to };
  return { from: quick === 'week' ? schoolDate(now - 6 * DAY_MS) : `${to.slice(0, 8)}01`, to };
}

export class DayBook {
  readonly client: DayBookClient;
  readonly answer: LiveOne<DayBookPage>;
  readonly finder: Finder;
  #opened = false;
  filter = $state.raw<DayBookFilter>({ from: '', to: '' });
  /** Where each page up to this one began; the first begins at the top. */
  #begins = $state.raw<(DayBookPlace | null)[]>([null]);

  constructor(client: DayBookClient, now: number) {
    this.client = client;
    this.filter = spanOf('today', now);
    this.finder = new Finder(client);
    this.answer = new LiveOne(() => client.page(this.filter, this.#begins.at(-1) ?? null));
  }

  readonly page = $derived.by(() => this.#begins.length);
  readonly wrong = $derived.by(
    () => this.filter.from > this.filter.to || this.filter.from === '' || this.filter.to === '',
  );

  choose(change: { [Key in keyof DayBookFilter]?: DayBookFilter[Key] | undefined }): void {
    const next = Object.entries({ ...this.filter, ...change }).filter(
      ([, value]) => value !== undefined && value !== '',
    );
    // Only what may be left out is left out: the two days stay, empty while they are typed.
    this.filter = { ...{ from: '', to: '' }, ...(Object.fromEntries(next) as Partial<DayBookFilter>) };
    this.#begins = [null];
    if (!this.wrong) void this.answer.anew();
  }
  next(): void {
    const more = this.answer.value?.more;
    if (!more) return;
    this.#begins = [...this.#begins, more];
    void this.answer.anew();
  }
  back(): void {
    if (this.#begins.length === 1) return;
    this.#begins = this.#begins.slice(0, -1);
    void this.answer.anew();
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'visit') this.reload();
  }
  /** By the screen; before, nothing is fetched that nobody looks at. */
  open(): void {
    this.#opened = true;
    this.reload();
  }
  reload(): void {
    if (this.#opened && !this.wrong) void this.answer.load();
  }
  close(): void {
    this.answer.close();
    this.finder.close();
  }
}
