/** `Refresh` as rune state, the shape in which every screen holds its list. */
import { Refresh, type Refreshed } from './refresh.ts';

export class LiveList<T> {
  #view = $state.raw<Refreshed<T>>({ items: [], phase: 'loading', error: null });
  readonly #refresh: Refresh<T>;

  constructor(ask: () => Promise<readonly T[]>, put: (items: readonly T[], item: T) => readonly T[]) {
    this.#refresh = new Refresh({
      ask,
      put,
      show: (view) => {
        this.#view = view;
      },
    });
  }

  get items(): readonly T[] {
    return this.#view.items;
  }
  get phase(): Refreshed<T>['phase'] {
    return this.#view.phase;
  }
  get error(): Refreshed<T>['error'] {
    return this.#view.error;
  }

  load = (): Promise<void> => this.#refresh.load();
  anew = (): Promise<void> => this.#refresh.anew();
  tell = (item: T): void => this.#refresh.tell(item);
  close = (): void => this.#refresh.close();
}
