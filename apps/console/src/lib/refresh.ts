/**
 * A list that is asked for once and then told of changes. One question at a time: a change that arrives while the answer
 * is under way is put on top of it, so that an old answer never hides a newer fact; a refresh asked for meanwhile runs
 * afterwards. After a failure the last list stays (the screen says how old it is) and the question is asked again.
 */
import { AppError, type ErrorCode } from '@anyuan/contracts';

export interface Refreshed<T> {
  items: readonly T[];
  phase: 'loading' | 'ready' | 'failed';
  error: ErrorCode | null;
}

export const RETRY_MS = 10_000;
export const codeOf = (error: unknown): ErrorCode => (error instanceof AppError ? error.code : 'internal');

export interface RefreshOptions<T> {
  ask: () => Promise<readonly T[]>;
  put: (items: readonly T[], item: T) => readonly T[];
  show: (view: Refreshed<T>) => void;
  later?: (run: () => void) => void;
}

export class Refresh<T> {
  readonly #options: RefreshOptions<T>;
  #view: Refreshed<T> = { items: [], phase: 'loading', error: null };
  #meanwhile: T[] | null = null;
  /** The question under way is another one than what is wanted now. */
  #dropped: T[] | null = null;
  #again = false;
  #closed = false;

  constructor(options: RefreshOptions<T>) {
    this.#options = options;
  }

  async load(): Promise<void> {
    if (this.#closed) return;
    if (this.#meanwhile) {
      this.#again = true;
      return;
    }
    const { ask, put, later = (run) => setTimeout(run, RETRY_MS) } = this.#options;
    const meanwhile: T[] = [];
    this.#meanwhile = meanwhile;
    try {
      const answer = await ask();
      if (this.#dropped !== meanwhile)
        this.#show({ items: meanwhile.reduce(put, answer), phase: 'ready', error: null });
    } catch (error) {
      if (this.#dropped !== meanwhile) this.#show({ ...this.#view, phase: 'failed', error: codeOf(error) });
      later(() => this.#view.phase === 'failed' && void this.load());
    } finally {
      this.#meanwhile = null;
    }
    if (this.#again) {
      this.#again = false;
      await this.load();
    }
  }

  /** For another question: what was read, and what is under way, is no answer to it. */
  anew(): Promise<void> {
    this.#dropped = this.#meanwhile;
    this.#show({ items: [], phase: 'loading', error: null });
    return this.load();
  }

  tell(item: T): void {
    this.#meanwhile?.push(item);
    this.#show({ ...this.#view, items: this.#options.put(this.#view.items, item) });
  }

  /** Signed out: nothing is asked or shown any more. */
  close(): void {
    this.#closed = true;
  }

  #show(view: Refreshed<T>): void {
    if (this.#closed) return;
    this.#view = view;
    this.#options.show(view);
  }
}
