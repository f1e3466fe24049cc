/**
 * Whatever was laid down or scanned, and whose matter it is. One card may mean several things, so their order is a rule: a
 * colleague's word for somebody without his card whose name is on the screen, then a training's attendance and a post here and now, then a permit (never a guard's card, and no staff card while an alarm is
 * open: that one ends it), then the staff card itself, then pickup. Whoever fetches a child is served as ever.
 */
import type { KioskAlarm, KioskEvent, StaffPerson } from '@anyuan/contracts';
import type { DeviceEvent, IdDocument } from '@anyuan/devices';
import { type Clock, iso, type Log } from '@anyuan/service';
import type { AttendanceDesk } from './attendance-desk.ts';
import type { BookingDesk } from './booking-desk.ts';
import { type Desk, identityOf } from './desk.ts';
import type { ForgottenDesk } from './forgotten-desk.ts';
import type { GateLists } from './gate-lists.ts';
import type { Owners } from './owners.ts';
import type { PermitDesk } from './permit-desk.ts';
import type { PickupDesk } from './pickup-desk.ts';
import type { PostDesk } from './post-desk.ts';
import type { Roll } from './roll.ts';
import type { Staff } from './staff.ts';
import type { StaffTaps } from './staff-taps.ts';
import type { WatchFlow } from './watch-flow.ts';

const RECOGNISE_MS = 120;

export interface ReadersDeps {
  clock: Clock;
  log: Log;
  owners: Owners;
  staff: Staff;
  taps: StaffTaps;
  roll: Roll;
  desk: Desk;
  pickup: PickupDesk;
  attendance: AttendanceDesk;
  posts: PostDesk;
  forgotten: ForgottenDesk;
  bookings: BookingDesk;
  permits: PermitDesk;
  watch: WatchFlow;
  lists(): GateLists;
  alarms(): KioskAlarm[];
  tell(event: KioskEvent): void;
}

export class Readers {
  readonly #d: ReadersDeps;

  constructor(deps: ReadersDeps) {
    this.#d = deps;
  }

  /** @returns false: not said by a reader */
  on(event: DeviceEvent): boolean {
    const { clock, tell } = this.#d;
    switch (event.type) {
      case 'reading':
        tell({ type: 'reading', device: event.device });
        return true;
      case 'document':
        void this.#presented(event.document);
        return true;
      case 'documentUnreadable':
        tell({ type: 'documentRefused', reason: event.reason, at: iso(clock.now()) });
        return true;
      case 'card':
        this.#tapped(event.number);
        return true;
      case 'code':
        this.#scanned(event.text);
        return true;
      default:
        return false;
    }
  }

  async #presented(document: IdDocument): Promise<void> {
    const { desk, watch, owners, tell } = this.#d;
    const presented = desk.present(document);
    // First: the screen that opens for him must carry the mark from its beginning.
    watch.presented(presented.id);
    const asked = owners.gate.recognise
      .mutate({ identity: identityOf(document) })
      .catch(() => desk.recogniseHere(presented.id));
    const patience = new Promise<null>((resolve) => setTimeout(() => resolve(null), RECOGNISE_MS).unref());
    const first = await Promise.race([asked, patience]);
    tell({ type: 'presented', presented: { ...presented, recognition: first } });
    const recognition = first ?? (await asked);
    if (!first && recognition) tell({ type: 'presented', presented: { ...presented, recognition } });
  }

  #tapped(number: string): void {
    const { pickup, permits, taps, tell } = this.#d;
    const hash = pickup.hash(number);
    const staff = this.#d.staff.byCard(hash);
    const vouched = staff && this.#d.forgotten.tapped(staff);
    const signedIn = vouched ?? (this.#maySignIn(hash) ? this.#signIn(hash, staff) : undefined);
    signedIn?.then(tell, (error) => this.#notKept(error));
    if (signedIn) return;
    let permit: ReturnType<typeof permits.tapped> | false = false;
    try {
      permit = this.#mayShowPermit(hash, staff) && permits.tapped(hash, this.#servesNobody());
      if (!permit && !staff && !this.#fetchesChildren(hash)) permits.strange(hash, printedLast4(number));
    } catch (error) {
      this.#notKept(error);
      return;
    }
    const other = () => (staff ? taps.take(staff) : { type: 'verdict' as const, verdict: pickup.card(hash) });
    tell(permit || other());
  }

  /** @returns undefined: no training is open here, and the card's holder has no post */
  #signIn(hash: string, staff: StaffPerson | undefined): Promise<KioskEvent> | undefined {
    const { attendance, posts } = this.#d;
    if (attendance.now !== null) return attendance.tapped(hash);
    return staff && posts.tapped({ id: staff.id, name: staff.name });
  }

  #maySignIn(hash: string): boolean {
    return !this.#fetchesChildren(hash) && !this.#alarmOpen();
  }

  #mayShowPermit(hash: string, staff: StaffPerson | undefined): boolean {
    if (this.#fetchesChildren(hash) || staff?.role === 'guard') return false;
    return !staff || !this.#alarmOpen();
  }

  /** A booking's code is decided, a visitor's slip carries the visit's number; anything else goes to the screen as it is. */
  #scanned(text: string): void {
    const { clock, bookings, roll, tell } = this.#d;
    const at = iso(clock.now());
    const booked = bookings.scanned(text);
    if (booked) return void booked.then((verdict) => tell({ type: 'booking', verdict, at }));
    const visit = roll.all().find((v) => v.number === text.trim().toUpperCase());
    tell(visit ? { type: 'visitCode', visit: visit.visit, at } : { type: 'code', text: text.slice(0, 512), at });
  }

  #notKept(error: unknown): void {
    this.#d.log.error({ error }, 'a card could not be kept');
    this.#d.tell({ type: 'notKept', at: iso(this.#d.clock.now()) });
  }

  #fetchesChildren = (hash: string): boolean => this.#d.lists().pickup?.cards.has(hash) ?? false;
  #alarmOpen = (): boolean => this.#d.alarms().some(({ view }) => view.status === 'open');
  /** An alarm or an exercise is open; a test stops nobody. */
  #servesNobody = (): boolean => this.#d.alarms().some(({ view }) => view.status === 'open' && view.mode !== 'test');
}

/** As it is printed on the card: the number's last four bytes in decimal. */
const printedLast4 = (number: string): string =>
  String(Number.parseInt(number.slice(-8), 16))
    .slice(-4)
    .padStart(4, '0');
