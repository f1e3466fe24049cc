/** All lists of one gate: kept, indexed for the hot path, and how far each may be trusted. */
import type { Bus } from '@anyuan/bus';
import {
  BookingList,
  type KioskStatus,
  type ListName,
  PermitList,
  PickupList,
  StaffList,
  WatchList,
} from '@anyuan/contracts';
import type { Log } from '@anyuan/service';
import type { Journal } from './journal.ts';
import { type KeptList, keepList } from './kept-lists.ts';
import { indexPermits, type PermitIndex } from './permit-decision.ts';
import { indexPickup, type PickupIndex } from './pickup-decision.ts';

export interface GateListsDeps {
  school: string;
  journal: Journal;
  log: Log;
  /** Public keys of the lists' owners. */
  keys: { gate: string; pickup: string };
  /** Older than this, a list is not trusted alone, ms. */
  limitMs: number;
  /** By trusted time, ms. */
  ageOf(asOf: string): number;
  onStaff(list: StaffList | undefined): void;
  onWatch(list: KeptList<WatchList>): void;
  onChange(): void;
}

export class GateLists {
  readonly #d: GateListsDeps;
  readonly #all: {
    staff: Kept<StaffList>;
    pickup: Kept<PickupList>;
    bookings: Kept<BookingList>;
    watchlist: Kept<WatchList>;
    permits: Kept<PermitList>;
  };
  #pickup: PickupIndex | undefined;
  #permits: PermitIndex | undefined;

  /** What is on disk is told before this returns. */
  constructor(deps: GateListsDeps) {
    this.#d = deps;
    const { gate, pickup } = deps.keys;
    this.#all = {
      staff: keepList(
        { name: 'staff', publicKey: gate, schema: StaffList, onChange: ({ value }) => deps.onStaff(value) },
        deps,
      ),
      pickup: keepList(
        { name: 'pickup', publicKey: pickup, schema: PickupList, onChange: (list) => this.#onPickup(list) },
        deps,
      ),
      bookings: keepList({ name: 'bookings', publicKey: gate, schema: BookingList, onChange: deps.onChange }, deps),
      watchlist: keepList({ name: 'watchlist', publicKey: gate, schema: WatchList, onChange: deps.onWatch }, deps),
      permits: keepList(
        { name: 'permits', publicKey: gate, schema: PermitList, onChange: (list) => this.#onPermits(list) },
        deps,
      ),
    };
  }

  get pickup(): PickupIndex | undefined {
    return this.#pickup;
  }

  /** Who may fetch at which hours, as the list says it. */
  get pickupRules(): PickupList['rules'] {
    return this.#all.pickup.list.value?.rules ?? [];
  }

  get permits(): PermitIndex | undefined {
    return this.#permits;
  }

  get bookings(): KeptList<BookingList> {
    return this.#all.bookings.list;
  }

  get permitsAsOf(): string | null {
    return this.#all.permits.list.head?.asOf ?? null;
  }

  tooOld(name: ListName): boolean {
    const { head } = this.#all[name].list;
    return !head || this.#d.ageOf(head.asOf) > this.#d.limitMs;
  }

  /** @returns what ends it */
  follow(bus: Bus): (() => void)[] {
    return Object.values(this.#all).map((kept) => kept.follow(bus));
  }

  status(): KioskStatus['lists'] {
    return Object.values(this.#all).map(({ list: { name, head, fault } }) => ({
      list: name,
      asOf: head?.asOf ?? null,
      limitMs: this.#d.limitMs,
      fault,
    }));
  }

  #onPickup({ value }: KeptList<PickupList>): void {
    if (value) this.#pickup = indexPickup(value);
    this.#d.onChange();
  }

  #onPermits({ value }: KeptList<PermitList>): void {
    if (value) this.#permits = indexPermits(value);
    this.#d.onChange();
  }
}

type Kept<T> = ReturnType<typeof keepList<T>>;
