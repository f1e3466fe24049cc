/** `Refresh` for a page that is one answer: asked for, asked again when told, the last answer kept after a failure. */
import { Refresh, type Refreshed } from './refresh.ts';

export class LiveOne<T> {
  #view = $state.raw<Refreshed<T>>({ items: [], phase: 'loading', error: null });
  readonly #refresh: Refresh<T>;

  constructor(ask: () => Promise<T>) {
    this.#refresh = new Refresh<T>({
      ask: async () => [await ask()],
      put: (_, value) => [value],
      show: (view) => {
        this.#view = view;
      },
    });
  }

  get value(): T | null {
    return this.#view.items[0] ?? null;
  }
  get phase(): Refreshed<T>['phase'] {
    return this.#view.phase;
  }
  get error(): Refreshed<T>['error'] {
    return this.#view.error;
  }

  load = (): Promise<void> => this.#refresh.load();
  anew = (): Promise<void> => this.#refresh.anew();
  /** A newer value that came by itself. */
  tell = (value: T): void => this.#refresh.tell(value);
  close = (): void => this.#refresh.close();
}
