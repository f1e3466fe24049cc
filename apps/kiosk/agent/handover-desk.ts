/**
 * Sign-in, checklist and handover of the guards at this gate (A4, E5).
 *
 * Promise: whatever a guard signs is on this gate's disk before the screen is answered, then offered to `gate` (a count of the
 * equipment to `training`) at least once; with the server away a handover goes on. Both guards sign the very thing they saw: its
 * hash comes back with their PINs, and if a visitor came or left meanwhile they are shown it anew.
 *
 * A card says who somebody is and can be copied or lent; a PIN proves it. So a PIN alone is enough and a card alone never is.
 * The roster, open points and wanted numbers are asked for while their owners answer and stay on disk, a week ahead.
 */
import { createHash } from 'node:crypto';
import {
  AppError,
  type BeginShift,
  dueAt,
  type EndShift,
  type EquipmentKind,
  type EquipmentWanted,
  type GatePosts,
  GUARD_CHECKS,
  type HandoverNote,
  type HandoverShown,
  type KioskAlarm,
  type KioskDevice,
  newId,
  type OpenPoint,
  type PersonRef,
  type RecordEquipmentCheck,
  type RecordShiftChecks,
  type RosterShift,
  type ShiftCheck,
  type ShiftCheckKind,
  type ShiftsAtGate,
  type StaffPerson,
  schoolDate,
  shownText,
  type Unplanned,
  type VisitView,
} from '@anyuan/contracts';
import { type Clock, iso } from '@anyuan/service';
import type { Journal } from './journal.ts';
import type { PinAnswer, PinPad } from './pin-pad.ts';
import type { Sender } from './sender.ts';
import type { Beginning, Shift, Standing } from './shift.ts';

const KNOWN = 'shifts.known';
const WANTED = 'shifts.wanted';
const CHECKED = 'shifts.checked';
const TESTED = 'shifts.tested';
const OWNER_MS = 1_500;
/** Who comes so early, or is still here so late, is the one who was planned, ms. */
const NEAR_MS = 60 * 60_000;

/** Which of the gate's own devices a check reads; the other checks are a guard's to answer. */
const DRIVERS: Partial<Record<ShiftCheckKind, readonly string[]>> = {
  alarm: ['panic-button', 'modbus-relay'],
  idReader: ['sdt'],
  cardReader: ['rdm6300'],
  printer: ['escpos'],
};

export interface HandoverDeskDeps {
  gate: { gate: string; name: string };
  journal: Journal;
  sender: Pick<Sender, 'now'>;
  shift: Shift;
  pad: PinPad;
  clock: Clock;
  offline(): boolean;
  person(id: string): StaffPerson | undefined;
  guards(): PersonRef[];
  devices(): KioskDevice[];
  visits(): VisitView[];
  /** Whose things are here, also of those who have left. */
  held(): VisitView[];
  /** Not fetched yet; null: this gate can't know. */
  children(): number | null;
  vehicles(): number;
  alarms(): KioskAlarm[];
  posts(): { known: GatePosts | undefined; signed(post: string, person: string): boolean };
  ask(): Promise<ShiftsAtGate>;
  askWanted(): Promise<EquipmentWanted>;
}

type Refused = Exclude<PinAnswer, { ok: true }>;
export type BeginAnswer = { ok: true } | Refused | { ok: false; reason: 'needsReason' };
export type PassAnswer =
  | { ok: true }
  | (Refused & { who: 'outgoing' | 'incoming' })
  | { ok: false; reason: 'needsReason' | 'changed' | 'samePerson' };

export class HandoverDesk {
  readonly #d: HandoverDeskDeps;
  #known: ShiftsAtGate | undefined;
  #wanted: EquipmentWanted | undefined;
  /** Made here in this shift, newest last: the owner may not have heard. */
  #checked: { shift: string; checks: ShiftCheck[] };
  /** As the screen was told last: children go by the minute at dismissal, and two guards must come to an end with their signing. */
  #childrenShown: number | null | undefined;

  constructor(deps: HandoverDeskDeps) {
    this.#d = deps;
    this.#known = deps.journal.get<ShiftsAtGate>(KNOWN);
    this.#wanted = deps.journal.get<EquipmentWanted>(WANTED);
    this.#checked = deps.journal.get<{ shift: string; checks: ShiftCheck[] }>(CHECKED) ?? { shift: '', checks: [] };
  }

  /** What the school plans and wants now; what was known stays while nobody answers. */
  async refresh(): Promise<void> {
    const { journal, ask, askWanted } = this.#d;
    const [known, wanted] = await Promise.all([ask().catch(() => undefined), askWanted().catch(() => undefined)]);
    this.#known = known ?? this.#known;
    this.#wanted = wanted ?? this.#wanted;
    if (known) journal.set(KNOWN, known);
    if (wanted) journal.set(WANTED, wanted);
  }

  /** This gate's siren sounded in a test on the real path. */
  tested(): void {
    this.#d.journal.set(TESTED, iso(this.#d.clock.now()));
  }

  /** All that the screens of a shift show. */
  board() {
    const { shift, journal, guards, visits, held, children } = this.#d;
    this.#childrenShown = children();
    const shown = this.#shown();
    const here = guards().map((guard) => ({ ...guard, ...this.#plannedFor(guard.id) }));
    return {
      duty: shift.standing && { guard: shift.duty as PersonRef, since: shift.standing.since },
      guards: here.sort((a, b) => Number(b.planned !== null) - Number(a.planned !== null)),
      asOf: this.#known?.asOf ?? null,
      shown,
      hash: hashOf(shown),
      names: Object.fromEntries([...held(), ...visits()].map(({ visit, name }) => [visit, name])),
      checks: this.#checksNow(),
      lastTest: journal.get<string>(TESTED) ?? null,
      wanted: this.#wanted ?? null,
      today: this.today(),
    };
  }

  async begin(input: { guard: string; pin: string; reason: Unplanned | null; byCard: boolean }): Promise<BeginAnswer> {
    const { pad, person } = this.#d;
    const guard = person(input.guard);
    const { planned } = this.#plannedFor(input.guard);
    if (!planned && !input.reason) return { ok: false, reason: 'needsReason' };
    const answer = await pad.proves(guard?.role === 'guard' ? guard : undefined, input.pin);
    if (!answer.ok || !guard) return answer;
    this.#begin({
      ...{ guard: refOf(guard), planned: planned?.id ?? null, reason: planned ? null : input.reason },
      proof: input.byCard ? 'cardAndPin' : 'pin',
    });
    return { ok: true };
  }

  /** A demo gate mans itself, and says so. */
  beginDemo(guard: PersonRef): void {
    this.#begin({ guard, planned: this.#plannedFor(guard.id).planned?.id ?? null, reason: null, proof: 'demo' });
  }

  /** Who hands over signs first, and learns at once that he slipped. */
  async prove(pin: string): Promise<PassAnswer> {
    const { pad, person, shift } = this.#d;
    if (!shift.standing) return { ok: false, reason: 'changed' };
    const answer = await pad.proves(person(shift.standing.id), pin);
    return answer.ok ? answer : { ...answer, who: 'outgoing' };
  }

  /** From one to the next, each by his own PIN; the hash is of what both were shown. */
  async pass(input: {
    outPin: string;
    guard: string;
    pin: string;
    reason: Unplanned | null;
    notes: HandoverNote[];
    hash: string;
  }): Promise<PassAnswer> {
    const { shift, person } = this.#d;
    const { standing } = shift;
    const guard = person(input.guard);
    if (!standing) return { ok: false, reason: 'changed' };
    if (input.guard === standing.id) return { ok: false, reason: 'samePerson' };
    const { planned } = this.#plannedFor(input.guard);
    if (!planned && !input.reason) return { ok: false, reason: 'needsReason' };
    const refused = await this.#bothProve(standing, input.outPin, guard, input.pin);
    if (refused) return refused;
    const shown = this.#shown();
    if (hashOf(shown) !== input.hash || shift.standing !== standing || !guard) return { ok: false, reason: 'changed' };
    this.#begin(
      {
        ...{ guard: refOf(guard), planned: planned?.id ?? null, reason: planned ? null : input.reason },
        proof: 'pin',
      },
      (next, at) => this.#keepEnd(standing, 'handedOver', { incoming: refOf(guard), next }, input.notes, shown, at),
    );
    return { ok: true };
  }

  /** Nobody came: the gate stands empty from now on, and the office is told by the cover. */
  async leave(input: { outPin: string; notes: HandoverNote[]; hash: string }): Promise<PassAnswer> {
    const { shift, person, pad } = this.#d;
    const { standing } = shift;
    if (!standing) return { ok: false, reason: 'changed' };
    const answer = await pad.proves(person(standing.id), input.outPin);
    if (!answer.ok) return { ...answer, who: 'outgoing' };
    const shown = this.#shown();
    if (hashOf(shown) !== input.hash || shift.standing !== standing) return { ok: false, reason: 'changed' };
    shift.change(null, (_, at) =>
      this.#keepEnd(standing, 'notRelieved', { incoming: null, next: null }, input.notes, shown, at),
    );
    return { ok: true };
  }

  /** One answer of the guard's at a time, so that nothing is lost when a visitor comes in between. */
  async check(check: ShiftCheck): Promise<void> {
    const { journal, sender } = this.#d;
    const standing = this.#mustStand();
    const id = journal.together(() => this.#keepChecks(standing, [check]));
    await sender.now(id, OWNER_MS);
  }

  /** What is there of each kind; what is short goes to `training`, whose matter the equipment is. */
  async count(counts: Partial<Record<EquipmentKind, number>>): Promise<{ short: number }> {
    const { journal, clock, sender, gate } = this.#d;
    const standing = this.#mustStand();
    const short = (this.#wanted ?? []).reduce(
      (sum, { kind, needed }) => sum + Math.max(0, needed - (counts[kind] ?? needed)),
      0,
    );
    const now = clock.now();
    const check: RecordEquipmentCheck = {
      ...{ id: newId(now), gate: gate.gate, at: iso(now), counts, note: '' },
      by: { id: standing.id, name: standing.name },
    };
    const id = journal.together(() => {
      journal.keep('equipment', check.id, check, now, true);
      const notes = short === 0 ? [] : (['missing'] as const);
      return this.#keepChecks(standing, [{ check: 'equipment', ok: short === 0, seen: 'guard', notes: [...notes] }]);
    });
    await sender.now(id, OWNER_MS);
    return { short };
  }

  #begin(beginning: Beginning, before: (next: string, at: string) => void = () => {}): void {
    const { shift, journal, clock, gate } = this.#d;
    shift.change(beginning.guard, (id, at) => {
      before(id, at);
      const command: BeginShift = {
        ...{ shift: id, gateName: gate.name, planned: beginning.planned, reason: beginning.reason },
        ...{ proof: beginning.proof, decision: this.#decided(beginning.guard, at) },
      };
      journal.keep('shiftBegin', id, command, clock.now(), true);
      // The devices speak for themselves, at once.
      const hardware = this.#hardwareChecks();
      const standing = { ...beginning.guard, shift: id, since: at };
      if (hardware.length > 0) this.#keepChecks(standing, hardware);
    });
  }

  #keepEnd(
    standing: Standing,
    how: EndShift['how'],
    to: Pick<EndShift, 'incoming' | 'next'>,
    notes: HandoverNote[],
    shown: HandoverShown,
    at: string,
  ): void {
    const { journal, clock } = this.#d;
    const id = newId(clock.now());
    const decision = this.#decided({ id: standing.id, name: standing.name }, at);
    const command: EndShift = { id, shift: standing.shift, how, ...to, notes, shown, hash: hashOf(shown), decision };
    journal.keep('shiftEnd', id, command, clock.now(), true);
  }

  #keepChecks(standing: Standing, checks: ShiftCheck[]): string {
    const { journal, clock } = this.#d;
    const now = clock.now();
    const id = newId(now);
    const guard = { id: standing.id, name: standing.name };
    const command: RecordShiftChecks = {
      ...{ id, shift: standing.shift, checks, decision: this.#decided(guard, iso(now)) },
    };
    journal.keep('shiftChecks', id, command, now, true);
    const before = this.#checked.shift === standing.shift ? this.#checked.checks : [];
    const kept = before.filter((one) => !checks.some(({ check }) => check === one.check));
    this.#checked = { shift: standing.shift, checks: [...kept, ...checks] };
    journal.set(CHECKED, this.#checked);
    return id;
  }

  #decided = (guard: PersonRef, at: string) => ({
    ...{ gate: this.#d.gate.gate, guard, at, offline: this.#d.offline() },
  });

  #mustStand(): Standing {
    const { standing } = this.#d.shift;
    if (!standing) throw new AppError('notSignedIn', 'no guard on duty');
    return standing;
  }

  async #bothProve(
    standing: Standing,
    outPin: string,
    incoming: StaffPerson | undefined,
    pin: string,
  ): Promise<PassAnswer | undefined> {
    const { pad, person } = this.#d;
    const out = await pad.proves(person(standing.id), outPin);
    if (!out.ok) return { ...out, who: 'outgoing' };
    const next = await pad.proves(incoming?.role === 'guard' ? incoming : undefined, pin);
    return next.ok ? undefined : { ...next, who: 'incoming' };
  }

  /** His shift by the roster at this hour, or one that is near. */
  #plannedFor(person: string): { planned: { id: string; from: string; to: string } | null; notInDate: boolean } {
    const now = this.#d.clock.now();
    const own = (this.#known?.roster ?? []).find(
      (shift) => !shift.removed && shift.guards.some(({ id }) => id === person) && isNear(shift, now),
    );
    const notInDate = own?.guards.some(({ id, notInDate }) => id === person && notInDate) ?? false;
    return { planned: own ? { id: own.id, from: own.from, to: own.to } : null, notInDate };
  }

  #checksNow(): { check: ShiftCheckKind; seen: ShiftCheck['seen']; ok: boolean | null }[] {
    const { shift } = this.#d;
    const made = shift.standing?.shift === this.#checked.shift ? this.#checked.checks : [];
    const byGuard = GUARD_CHECKS.map((check) => ({
      ...{ check, seen: 'guard' as const, ok: made.find((one) => one.check === check)?.ok ?? null },
    }));
    return [...byGuard, ...this.#hardwareChecks().map(({ check, seen, ok }) => ({ check, seen, ok }))];
  }

  /** Of what this gate has; a check without a device is left out. */
  #hardwareChecks(): ShiftCheck[] {
    const devices = this.#d.devices();
    return Object.entries(DRIVERS).flatMap(([check, drivers]) => {
      const own = devices.filter(({ driver }) => drivers.includes(driver));
      if (own.length === 0) return [];
      const ok = own.every(({ state, fault }) => state === 'ok' && fault === null);
      return [{ check: check as ShiftCheckKind, ok, seen: 'hardware' as const, notes: ok ? [] : ['broken' as const] }];
    });
  }

  #shown(): HandoverShown {
    const { visits, held, vehicles, alarms, clock } = this.#d;
    const now = clock.now();
    const inOrder = (all: readonly VisitView[]) => all.toSorted((a, b) => a.visit.localeCompare(b.visit));
    return {
      visitors: inOrder(visits()).map((v) => ({
        ...{ visit: v.visit, number: v.number, since: v.admittedAt, count: v.party.count - v.gone },
        overdue: dueAt(v) < now,
      })),
      vehicles: vehicles(),
      held: inOrder(held()).map(({ visit, number, held: things }) => ({
        visit,
        number,
        ticket: things?.ticket ?? null,
      })),
      // A silent alarm of this gate must not be learnt of here.
      alarms: alarms()
        .filter(({ view }) => view.status === 'open' && view.audibility === 'audible')
        .map(({ view }) => ({ incident: view.incident, kind: view.kind, mode: view.mode, since: view.raisedAt })),
      points: this.#points().map(({ checks, check }) => ({ checks, check })),
      children: this.#childrenShown === undefined ? this.#d.children() : this.#childrenShown,
    };
  }

  /** The owner's, without what this shift found in order. What this shift found wrong comes back from there. */
  #points(): OpenPoint[] {
    const fine = new Set(this.#checked.checks.filter(({ ok }) => ok).map(({ check }) => check));
    return (this.#known?.points ?? []).filter(({ check }) => !fine.has(check));
  }

  /** Who is on duty today, and who stands at which post. */
  today() {
    const date = schoolDate(this.#d.clock.now());
    const { known, signed } = this.#d.posts();
    return {
      duty: (this.#known?.duty ?? []).filter((cell) => cell.date === date && cell.people.length > 0),
      posts: (known?.posts ?? [])
        .filter((post) => post.date === date)
        .map(({ post, name, place, from, to, people }) => ({
          ...{ post, name, place, from, to },
          people: people.map((one) => ({ name: one.name, came: signed(post, one.id) })),
        })),
    };
  }
}

const refOf = ({ id, name }: PersonRef): PersonRef => ({ id, name });
const hashOf = (shown: HandoverShown): string => createHash('sha256').update(shownText(shown)).digest('hex');

function isNear({ date, from, to }: RosterShift, now: number): boolean {
  const at = (time: string) => Date.parse(`${date}T${time}:00+08:00`);
  const end = at(to) + (to <= from ? 24 * 3600_000 : 0);
  return at(from) - NEAR_MS <= now && now < end;
}
