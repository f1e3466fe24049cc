/**
 * What this phone keeps over a reload: things that wait to be sent, and the rolls of the own classes while a drill runs.
 * IndexedDB behind it. A browser that gives none (a private window, a full disk) keeps nothing, and whoever asks is told.
 */
import { type IDBPDatabase, openDB } from 'idb';

export const DRAWERS = ['roll', 'signIn', 'kept', 'siteRoll'] as const;
export type Drawer = (typeof DRAWERS)[number];

/** Everything in it has an `id`. Every call rejects when the browser keeps nothing. */
export interface Shelf {
  all<T>(drawer: Drawer): Promise<T[]>;
  put(drawer: Drawer, things: readonly { id: string }[]): Promise<void>;
  remove(drawer: Drawer, ids: readonly string[]): Promise<void>;
}

const VERSION = 2;

export class BrowserShelf implements Shelf {
  #db: Promise<IDBPDatabase> | null = null;

  #open(): Promise<IDBPDatabase> {
    this.#db ??= openDB('anyuan', VERSION, {
      upgrade: (db) => {
        for (const drawer of DRAWERS)
          if (!db.objectStoreNames.contains(drawer)) db.createObjectStore(drawer, { keyPath: 'id' });
      },
      terminated: () => {
        this.#db = null;
      },
    });
    // The next call tries anew.
    this.#db.catch(() => {
      this.#db = null;
    });
    return this.#db;
  }

  async all<T>(drawer: Drawer): Promise<T[]> {
    return (await this.#open()).getAll(drawer) as Promise<T[]>;
  }

  async put(drawer: Drawer, things: readonly { id: string }[]): Promise<void> {
    const trx = (await this.#open()).transaction(drawer, 'readwrite');
    await Promise.all([...things.map((thing) => trx.store.put(thing)), trx.done]);
  }

  async remove(drawer: Drawer, ids: readonly string[]): Promise<void> {
    const trx = (await this.#open()).transaction(drawer, 'readwrite');
    await Promise.all([...ids.map((id) => trx.store.delete(id)), trx.done]);
  }
}
