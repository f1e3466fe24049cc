/**
 * One gate: its hardware, its desk, its alarm, and what its screen is told.
 *
 * Promise: with nothing but this machine and its devices, cards are decided, visitors admitted and signed out, and the
 * gate's siren sounds (architecture, promise 2). What is away is named in `status`, never hidden.
 */

import type { Bus } from '@anyuan/bus';
import {
  AppError,
  busDevice,
  dueAt,
  type GateFile,
  gateItself,
  HandOverView,
  HEALTH_EVERY_MS,
  type KioskEvent,
  type KioskStatus,
  newId,
  PermitTapView,
  type PersonRef,
  type StaffList,
  subjects,
} from '@anyuan/contracts';
import type { DeviceEvent } from '@anyuan/devices';
import { type Clock, iso, type Log } from '@anyuan/service';
import { AlarmDesk, silentCall } from './alarm-desk.ts';
import { AttendanceDesk } from './attendance-desk.ts';
import { BadgeDesk } from './badge-desk.ts';
import { BookingDesk } from './booking-desk.ts';
import { Desk, unsentOf } from './desk.ts';
import { ForgottenDesk } from './forgotten-desk.ts';
import { GateLists } from './gate-lists.ts';
import { HandoverDesk } from './handover-desk.ts';
import { GateHardware } from './hardware.ts';
import { Hub } from './hub.ts';
import type { Journal } from './journal.ts';
import { modesOf } from './modes.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { connectOwners, type Owners } from './owners.ts';
import { PermitDesk } from './permit-desk.ts';
import { PickupDesk } from './pickup-desk.ts';
import { PinPad } from './pin-pad.ts';
import { PostDesk } from './post-desk.ts';
import { LOOK_EVERY_MS, QuestionDesk } from './question-desk.ts';
import { Readers } from './readers.ts';
import { lastClosing, Roll } from './roll.ts';
import { Sender } from './sender.ts';
import { ServerLink } from './server-link.ts';
import { Shift } from './shift.ts';
import { Sirens } from './siren.ts';
import { Staff } from './staff.ts';
import { StaffTaps } from './staff-taps.ts';
import { standDownDesk } from './stand-down.ts';
import { gateHealth, Upkeep } from './upkeep.ts';
import { VehicleDesk } from './vehicle-desk.ts';
import { visitCommands } from './visit-commands.ts';
import { WatchDesk } from './watch-desk.ts';
import { WatchFlow } from './watch-flow.ts';

export interface GateAgentOptions {
  bus: Bus;
  school: string;
  gate: GateFile;
  journal: Journal;
  listKeys: { gate: string; pickup: string };
  cardKey: Buffer;
  watchKey: Buffer;
  listLimitMs: number;
  demo: boolean;
  clock: Clock;
  /** Milliseconds that really passed; no setting of the clock touches it. */
  elapsed(): number;
  log: Log;
}

const ASK_AGAIN_MS = 250;
/** When the school closes, as the gate service said last. */
const CLOSING = 'closing';
const USUAL_CLOSING = '18:30';
/** How soon a post that was planned a moment ago is known here. */
const POSTS_EVERY_MS = 15_000;

export class GateAgent {
  readonly #o: GateAgentOptions;
  readonly hub: Hub;
  readonly staff = new Staff();
  readonly roll: Roll;
  readonly shift: Shift;
  readonly shifts: HandoverDesk;
  readonly owners: Owners;
  readonly desk: Desk;
  readonly questions: QuestionDesk;
  readonly visits: ReturnType<typeof visitCommands>;
  readonly pickup: PickupDesk;
  readonly alarms: AlarmDesk;
  readonly attendance: AttendanceDesk;
  readonly posts: PostDesk;
  readonly forgotten: ForgottenDesk;
  readonly bookings: BookingDesk;
  readonly watch: WatchFlow;
  readonly permits: PermitDesk;
  readonly vehicles: VehicleDesk;
  readonly badges: BadgeDesk;
  readonly standDown: ReturnType<typeof standDownDesk>;
  readonly #hardware: GateHardware;
  readonly #sirens: Sirens;
  readonly #sender: Sender;
  readonly #lists: GateLists;
  readonly #readers: Readers;
  readonly #server: ServerLink;
  readonly #upkeep: Upkeep;
  readonly #askRoll: () => Promise<void>;
  readonly #askVehicles: () => Promise<void>;
  #ends: (() => void)[] = [];
  #timers: NodeJS.Timeout[] = [];
  #told = { status: '', alarms: '' };
  #telling: NodeJS.Immediate | undefined;

  constructor(options: GateAgentOptions) {
    this.#o = options;
    const { bus, school, gate, journal, clock, log } = options;
    const changed = () => this.#changed();
    this.hub = new Hub(newId(clock.now()).slice(0, 13), () => [this.#statusEvent(), this.#alarmsEvent()]);
    this.roll = new Roll(journal, changed);
    this.shift = new Shift(journal, clock, changed);
    this.owners = connectOwners(bus, school, gate.gate);
    this.#askRoll = oneAtATime(() => this.#refreshRoll(), ASK_AGAIN_MS);
    this.#askVehicles = oneAtATime(() => this.vehicles.refresh(), ASK_AGAIN_MS);
    this.#server = new ServerLink({
      ...{ bus, clock, onChange: changed },
      answer: () => this.owners.answer(),
      onBack: () => void this.#catchUp(),
    });
    this.#sender = new Sender({
      ...{ journal, bus, owners: this.owners, school, log, onSent: changed },
      reachable: () => this.#server.reachable,
    });
    this.#upkeep = new Upkeep({
      ...{ journal, clock, elapsed: options.elapsed, log, onChange: changed },
      reachable: () => this.#server.reachable,
    });
    this.#hardware = new GateHardware(gate, log, { on: (event) => this.#on(event), onPort: changed });
    const sounders = this.#hardware.sounders();
    this.#sirens = new Sirens(sounders, log, (sounder, sounding) => {
      this.alarms.sounded(sounder, sounding);
      if (sounding.doing === 'sounding' && this.alarms.alarms()[0]?.view.mode === 'test') this.shifts.tested();
    });
    const offline = () => !this.#server.reachable;
    const duty = () => this.onDuty();
    const common = { gate: gate.gate, journal, sender: this.#sender, clock, log, offline, duty };
    this.desk = new Desk({ ...common, letter: gate.letter, roll: this.roll, host: (id) => this.staff.host(id) });
    this.questions = new QuestionDesk({
      ...{ gate: gate.gate, clock, offline, duty },
      host: (id) => this.staff.host(id),
      owner: this.owners.questions,
      tell: (question) => this.hub.tell({ type: 'hostQuestion', question }),
    });
    this.visits = visitCommands({
      ...{ desk: this.desk, questions: this.questions, journal, sender: this.#sender },
      bookings: {
        agreed: (booking) => this.bookings.agreed(booking),
        used: (booking, visit) => this.bookings.used(booking, visit),
        undone: (visit) => this.bookings.undone(visit),
      },
      mustNotBlock: (subject) => this.watch.mustNotBlock(subject),
      openDoor: () => this.#hardware.openDoor(),
      admitted: (visit) => this.badges.admitted(visit),
    });
    this.pickup = new PickupDesk({
      ...common,
      cardKey: options.cardKey,
      index: () => this.#lists.pickup,
      witness: () => this.whoPresses(),
      listTooOld: () => this.#lists.tooOld('pickup'),
      openDoor: () => this.#hardware.openDoor(),
    });
    this.alarms = new AlarmDesk({
      ...common,
      bus,
      school,
      gate,
      sirens: this.#sirens,
      sounders,
      onChange: changed,
    });
    this.attendance = new AttendanceDesk({
      ...{ journal, clock, sender: this.#sender, onChange: changed },
      ask: () => this.owners.training.sessionsToday.query(),
      staff: (hash) => this.staff.byCard(hash),
    });
    this.posts = new PostDesk({
      ...{ journal, clock, sender: this.#sender },
      ask: () => this.owners.drills.patrols.postsAtGate.query(),
    });
    this.bookings = new BookingDesk({
      ...{ gate: gate.gate, cardKey: options.cardKey, journal, clock, list: () => this.#lists.bookings },
      host: (id) => this.staff.asHost(id),
      ask: (booking) => this.owners.gate.bookings.atGate.query({ booking }),
    });
    this.watch = new WatchFlow({
      desk: this.desk,
      pickup: this.pickup,
      watch: new WatchDesk({
        ...{ gate: gate.gate, key: options.watchKey, journal, sender: this.#sender, clock, log, offline, duty },
        witness: () => this.whoPresses(),
        phones: (ids) => this.staff.phones(ids),
        raiseSilently: (hit) => void this.alarms.press(silentCall(hit, this.whoPresses())),
        tell: (notice) => this.hub.tell({ type: 'watch', notice }),
      }),
    });
    const permitList = {
      index: () => this.#lists.permits,
      listAsOf: () => this.#lists.permitsAsOf,
      listTooOld: () => this.#lists.tooOld('permits'),
    };
    this.permits = new PermitDesk({
      ...{ ...common, ...permitList, witness: () => this.whoPresses() },
      openDoor: () => this.#hardware.openDoor(),
    });
    this.vehicles = new VehicleDesk({
      ...{ ...common, ...permitList, visits: () => this.roll.all() },
      ask: () => this.owners.gate.vehicles.insideAtGate.query(),
    });
    this.badges = new BadgeDesk({
      ...{ journal, clock, duty, log, gateName: gate.name, printer: this.#hardware.printer() },
      visit: (id) => this.roll.all().find(({ visit }) => visit === id),
      tell: (event) => this.hub.tell(event),
    });
    this.shifts = new HandoverDesk({
      ...{ journal, clock, offline, sender: this.#sender, shift: this.shift, pad: new PinPad(clock), gate },
      person: (id) => this.staff.person(id),
      guards: () => this.staff.guards(),
      devices: () => this.#hardware.devices(),
      visits: () => this.roll.all(),
      held: () => this.roll.held(),
      children: () => this.pickup.waiting,
      vehicles: () => this.vehicles.board().inside.length,
      alarms: () => this.alarms.alarms(),
      posts: () => this.posts,
      ask: () => this.owners.gate.shifts.atGate.query(),
      askWanted: () => this.owners.training.equipmentWanted.query(),
    });
    this.forgotten = new ForgottenDesk({
      ...{ clock, staff: this.staff, attendance: this.attendance, posts: this.posts, permits: this.permits },
      alarmOpen: () => this.alarms.alarms().some(({ view }) => view.status === 'open'),
    });
    const taps = new StaffTaps(clock);
    this.standDown = standDownDesk({ taps, staff: this.staff, owners: this.owners, clock, log });
    this.#readers = new Readers({
      ...{ clock, log, taps, owners: this.owners, staff: this.staff, roll: this.roll, desk: this.desk },
      ...{ pickup: this.pickup, attendance: this.attendance, posts: this.posts, bookings: this.bookings },
      forgotten: this.forgotten,
      ...{ permits: this.permits, watch: this.watch, lists: () => this.#lists, alarms: () => this.alarms.alarms() },
      tell: (event) => this.hub.tell(event),
    });
    this.#lists = new GateLists({
      ...{ school, journal, log, keys: options.listKeys, limitMs: options.listLimitMs, onChange: changed },
      ageOf: (asOf) => this.#upkeep.ageOf(asOf),
      onStaff: (list) => this.#onStaff(list),
      onWatch: (list) => this.watch.take(list),
    });
  }

  start(): void {
    const { bus, school } = this.#o;
    this.#ends = [
      ...this.alarms.start(),
      ...this.#lists.follow(bus),
      this.#server.start(),
      this.#upkeep.start(),
      bus.subscribe(subjects.event(school, 'pickup', 'handOver', 'recorded'), (m) => {
        const view = HandOverView.safeParse(JSON.parse(new TextDecoder().decode(m.data)));
        if (view.success) this.pickup.heard(view.data);
        this.#changed();
      }),
      bus.subscribe(subjects.eventsOf(school, 'gate'), (m) => this.watch.heard(m.subject, m.data)),
      bus.subscribe(subjects.event(school, 'gate', 'permitTap', 'recorded'), (m) => {
        const view = PermitTapView.safeParse(JSON.parse(new TextDecoder().decode(m.data)));
        if (view.success) this.permits.heard(view.data);
      }),
      bus.subscribe(subjects.event(school, 'gate', 'vehicle', 'passed'), () => void this.#askVehicles()),
      bus.subscribe(subjects.event(school, 'gate', 'visit', '*'), () => void this.#askRoll()),
      bus.subscribe(subjects.event(school, 'gate', 'question', '*'), (m) =>
        this.questions.heard(JSON.parse(new TextDecoder().decode(m.data))),
      ),
    ];
    this.#sender.start();
    this.#timers = [
      setInterval(() => this.#sayHealth(), HEALTH_EVERY_MS),
      setInterval(() => this.#changed(), 1_000),
      setInterval(() => void Promise.all([this.posts.refresh(), this.shifts.refresh()]), POSTS_EVERY_MS),
      setInterval(() => void this.questions.look(), LOOK_EVERY_MS),
    ];
    this.#sayHealth();
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const end of this.#ends) end();
    await Promise.all([this.#sirens.stop(), this.alarms.stop(), this.#sender.stop()]);
    await this.#hardware.stop();
  }

  /** @throws AppError `notSignedIn` when no guard has begun a shift: nothing is decided by nobody */
  onDuty(): PersonRef {
    const { duty } = this.shift;
    if (!duty) throw new AppError('notSignedIn', 'no guard on duty');
    return duty;
  }

  /** An alarm needs no shift: whoever reaches the button may press it. */
  whoPresses = (): PersonRef => this.shift.duty ?? { id: `gate-${this.#o.gate.gate}`, name: this.#o.gate.name };

  helpers = () => this.staff.helpers(this.shifts.today().duty);

  status(): KioskStatus {
    const { gate, clock, journal, demo } = this.#o;
    const now = clock.now();
    const devices = this.#hardware.devices();
    const onSite = this.roll.all();
    const closed = lastClosing(now, journal.get<string>(CLOSING) ?? USUAL_CLOSING);
    const over = onSite.map((v) => now - dueAt(v)).filter((ms) => ms > 0);
    return {
      gate: { id: gate.gate, name: gate.name, nameEn: gate.nameEn, mark: gate.mark },
      now: iso(now),
      server: this.#server.status,
      lists: this.#lists.status(),
      siren: this.#sirens.state(devices, this.alarms.alarms()[0]?.view.mode),
      duty: this.shift.duty,
      devices,
      counts: {
        onSite: onSite.reduce((people, v) => people + v.party.count - v.gone, 0),
        overstay: over.length,
        longestOverMin: Math.floor(Math.max(0, ...over) / 60_000),
        handedOver: this.pickup.collectedToday,
        leftOver: onSite.filter((v) => Date.parse(v.admittedAt) < closed).length,
        held: this.roll.held().length,
      },
      attendance: this.attendance.now,
      modes: modesOf(gate, this.#lists.pickupRules, now),
      pending: journal.countPending(),
      refused: journal.countRefused(),
      storage: this.#upkeep.storage,
      clockJump: this.#upkeep.clockJump,
      demo,
    };
  }

  #on(event: DeviceEvent): void {
    if (this.#readers.on(event)) return;
    if (event.type === 'pressed')
      void this.alarms.press({ via: 'button', source: event.device, by: this.whoPresses() });
    else if (event.type !== 'port') this.#changed();
    else if (event.state === 'ok') this.#sirens.again();
  }

  #onStaff(list: StaffList | undefined): void {
    this.staff.take(list);
    const first = this.#o.demo && !this.shift.duty && this.staff.guards().sort((a, b) => a.id.localeCompare(b.id))[0];
    if (first) this.shifts.beginDemo(first);
    this.#changed();
  }

  /** The server is back: it gets what was kept, and tells what this gate missed. */
  async #catchUp(): Promise<void> {
    this.#sender.wake();
    await Promise.all([
      this.#announce(),
      this.#askRoll(),
      this.#refreshAlarms(),
      this.posts.refresh(),
      this.#askVehicles(),
      this.shifts.refresh(),
    ]);
  }

  async #announce(): Promise<void> {
    await this.owners.alarm.announce
      .mutate({ devices: this.#hardware.entries() })
      .catch((error) => this.#o.log.warn({ error }, 'the devices could not be announced'));
  }

  async #refreshRoll(): Promise<void> {
    const { gate } = this.owners;
    const asked = Promise.all([gate.onSite.query(), gate.held.query(), gate.host.closing.query()]);
    const heard = await asked.catch(() => undefined);
    if (!heard) return;
    const [onSite, held, { closing }] = heard;
    this.#o.journal.remember({ [CLOSING]: closing });
    this.roll.heard(onSite, held, unsentOf(this.#o.journal));
  }

  async #refreshAlarms(): Promise<void> {
    const views = await this.owners.alarm.incidents.query().catch(() => []);
    for (const view of views) this.alarms.show(view);
  }

  #sayHealth(): void {
    const { bus, school, gate, clock } = this.#o;
    for (const device of this.#hardware.devices()) {
      const ok = device.state === 'ok' && !device.fault;
      const fault = ok ? {} : { fault: device.fault ?? device.state };
      bus.publish(subjects.deviceHealth(school, busDevice(gate.gate, device.id)), {
        at: iso(clock.now()),
        ok,
        ...fault,
        doing: [],
      });
    }
    const own = gateHealth(this.#upkeep.storage.state, this.#o.journal.countRefused());
    bus.publish(subjects.deviceHealth(school, gateItself(gate.gate)), { at: iso(clock.now()), ...own });
  }

  /** Tells the screen what is different, once however many things changed in this turn. */
  #changed(): void {
    this.#telling ??= setImmediate(() => {
      this.#telling = undefined;
      for (const event of [this.#statusEvent(), this.#alarmsEvent()]) this.#tellIfNew(event);
    });
  }

  #tellIfNew(event: Extract<KioskEvent, { type: 'status' | 'alarms' }>): void {
    const { now: _moment, ...rest } = event.type === 'status' ? event.status : { now: '', ...event };
    const text = JSON.stringify(rest);
    if (this.#told[event.type] === text) return;
    this.#told[event.type] = text;
    this.hub.tell(event);
  }

  #statusEvent = () => ({ type: 'status' as const, status: this.status() });
  #alarmsEvent = () => ({ type: 'alarms' as const, incidents: this.alarms.alarms() });
}
