/**
 * The guard's desk: who lies on the reader, what was decided about them, who is on site as far as this gate knows.
 *
 * Every decision is kept on disk before anything moves (the door, the screen's answer), then offered to its owner.
 * A full document lives in memory only, for five minutes, and leaves this process inside the command to the gate service.
 */
import {
  type AdmitVisitor,
  AppError,
  type Confirmation,
  type GateDecision,
  newId,
  type PersonRef,
  type Presented,
  type Recognition,
  type RefusalReason,
  type RefuseVisitor,
  type ReturnItems,
  type SecurityCheck,
  type SignOutVisitor,
  UNDO_LIMIT_MS,
  type UndoAdmission,
  usualEnd,
  usualType,
  type VisitorIdentity,
  VisitorIdentity as VisitorIdentitySchema,
  type VisitReason,
  type VisitView,
} from '@anyuan/contracts';
import type { IdDocument } from '@anyuan/devices';
import { type Clock, iso } from '@anyuan/service';
import type { Journal } from './journal.ts';
import { schoolTime } from './pickup-decision.ts';
import type { Roll, Unsent } from './roll.ts';

const HELD_MS = 5 * 60_000;

export interface Subject {
  presented?: string | undefined;
  typed?:
    | { name: string; idNumber?: string | undefined; phone?: string | undefined; sex: 'male' | 'female' | 'unknown' }
    | undefined;
}

export type AdmitWish = Subject & { reason: VisitReason; host: string; security: SecurityCheck } & {
  [K in 'type' | 'party' | 'until' | 'note' | 'certificate' | 'work' | 'firm' | 'booking' | 'plate']?:
    | AdmitVisitor[K]
    | undefined;
};
export type ReturnWish = Pick<ReturnItems, 'visit' | 'outcome' | 'because' | 'note'>;

export interface DeskDeps {
  gate: string;
  letter: string;
  journal: Journal;
  roll: Roll;
  clock: Clock;
  offline(): boolean;
  duty(): PersonRef;
  host(id: string): AdmitVisitor['host'];
}

export class Desk {
  readonly #d: DeskDeps;
  readonly #held = new Map<string, { document: IdDocument; at: number }>();

  constructor(deps: DeskDeps) {
    this.#d = deps;
  }

  present(document: IdDocument): Presented {
    const now = this.#d.clock.now();
    for (const [id, { at }] of this.#held) if (now - at > HELD_MS) this.#held.delete(id);
    const id = newId(now);
    this.#held.set(id, { document, at: now });
    return {
      id,
      at: iso(now),
      document: document.kind,
      name: document.name,
      sex: document.sex,
      last4: document.idNumber.slice(-4),
      validity: validity(document, schoolTime(now).date),
      numberHolds: document.numberHolds,
      recognition: null,
    };
  }

  document(id: string): IdDocument {
    const held = this.#held.get(id);
    if (!held) throw new AppError('notFound', 'the document was forgotten after 5 minutes');
    return held.document;
  }

  identity({ presented, typed }: Subject): VisitorIdentity {
    if (presented) return identityOf(this.document(presented));
    if (!typed) throw new AppError('badInput', 'neither a document nor typed words');
    const parsed = VisitorIdentitySchema.safeParse({ document: 'typed', ...typed });
    if (!parsed.success) throw new AppError('badInput', 'typed identity', { cause: parsed.error });
    return parsed.data;
  }

  /** @param confirmation how it came that he may go in, for the record */
  admit(
    { presented, typed, note, host, security, type, until, party, ...wish }: AdmitWish,
    confirmation: Confirmation,
  ) {
    const { clock, letter, journal, roll } = this.#d;
    const now = clock.now();
    const day = schoolTime(now).date;
    const numbered = (row: string, mark: string, digits: number) =>
      `${letter}${day.slice(5, 7)}${day.slice(8, 10)}-${mark}${String(journal.nextNumber(row)).padStart(digits, '0')}`;
    const command: AdmitVisitor = {
      visit: newId(now),
      number: numbered(day, '', 3),
      identity: this.identity({ presented, typed }),
      reason: wish.reason,
      ...(note ? { note } : {}),
      host: this.#d.host(host),
      security: security.result === 'held' ? { ...security, ticket: numbered(`held ${day}`, 'K', 2) } : security,
      type: type ?? usualType[wish.reason],
      party: party ?? { count: 1, names: [] },
      until: until ?? iso(usualEnd(type ?? usualType[wish.reason], now)),
      confirmation,
      certificate: wish.certificate,
      work: wish.work,
      firm: wish.firm,
      booking: wish.booking,
      plate: wish.plate,
      decision: this.#decision(now),
    };
    journal.keep('admit', command.visit, command, now, true);
    roll.admitted(viewOf(command));
    return command;
  }

  refuse(
    input: Subject & {
      reason?: VisitReason | undefined;
      refusal: RefusalReason;
      note?: string | undefined;
      items: string[];
    },
  ): RefuseVisitor {
    const now = this.#d.clock.now();
    const command: RefuseVisitor = {
      visit: newId(now),
      identity: this.identity(input),
      ...(input.reason ? { reason: input.reason } : {}),
      refusal: input.refusal,
      ...(input.note ? { note: input.note } : {}),
      items: input.items,
      decision: this.#decision(now),
    };
    this.#d.journal.keep('refuse', command.visit, command, now, true);
    return command;
  }

  /** @param count how many of a group leave; without it everybody who is left */
  signOut(visit: string, count?: number): SignOutVisitor {
    const now = this.#d.clock.now();
    const command: SignOutVisitor = {
      command: newId(now),
      visit,
      ...(count ? { count } : {}),
      decision: this.#decision(now),
    };
    this.#d.journal.keep('signOut', command.command, command, now, true);
    this.#d.roll.left(visit, count);
    return command;
  }

  /** 放行 was a slip of the hand. @throws AppError `conflict` when it is too long ago: then he is signed out */
  undo(visit: string): UndoAdmission {
    const now = this.#d.clock.now();
    const admittedAt = Date.parse(this.#d.roll.visit(visit)?.admittedAt ?? '');
    if (!(now - admittedAt <= UNDO_LIMIT_MS)) throw new AppError('conflict', 'too late to take it back');
    const command: UndoAdmission = { command: newId(now), visit, decision: this.#decision(now) };
    this.#d.journal.keep('undoAdmit', command.command, command, now, true);
    this.#d.roll.undone(visit);
    return command;
  }

  returnItems({ visit, outcome, because, note }: ReturnWish): ReturnItems {
    const now = this.#d.clock.now();
    const decision = this.#decision(now);
    const command: ReturnItems = { command: newId(now), visit, outcome, because, note, decision };
    this.#d.journal.keep('returnItems', command.command, command, now, true);
    const { at, guard: by } = decision;
    this.#d.roll.returned(visit, { outcome, because: because ?? null, note: note ?? null, at, by });
    return command;
  }

  /**
   * Whoever was let in here since his document was laid down, by another screen of this gate: its form did not know. What was
   * typed has no such moment: a minute counts as just now. Registering anew somebody who is inside stays a guard's choice.
   */
  justAdmitted({ presented, typed }: Subject): VisitView | null {
    const { clock, gate, roll } = this.#d;
    const { name, idNumber } = this.identity({ presented, typed });
    const inside = idNumber ? roll.find(name, idNumber.slice(-4)) : undefined;
    const since = (presented ? this.#held.get(presented)?.at : undefined) ?? clock.now() - UNDO_LIMIT_MS;
    return inside?.gate === gate && Date.parse(inside.admittedAt) >= since ? inside : null;
  }

  /** What this gate can recognise by itself while the server is away: who it let in and has not let out. */
  recogniseHere(id: string): Recognition | null {
    const document = this.document(id);
    const onSite = this.#d.roll.find(document.name, document.idNumber.slice(-4));
    return onSite ? { visits: 0, lastVisitAt: null, lastReason: null, lastHost: null, lastType: null, onSite } : null;
  }

  #decision(now: number): GateDecision {
    const { gate, duty, offline } = this.#d;
    return { gate, guard: duty(), at: iso(now), offline: offline() };
  }
}

/** What the gate service has not received yet. */
export function unsentOf(journal: Journal): Unsent {
  const returns = ['returnItems'] as const;
  const returned = journal.pending(returns, journal.pendingIds(returns).length);
  return {
    // An admission stands in the journal under its visit's id; after a long outage there are thousands.
    admitted: new Set(journal.pendingIds(['admit'])),
    returned: new Set(returned.map(({ body }) => (body as { visit: string }).visit)),
    out: journal.pendingIds(['signOut', 'undoAdmit']).length > 0,
  };
}

export function identityOf(document: IdDocument): VisitorIdentity {
  return {
    document: document.kind,
    name: document.name,
    sex: document.sex,
    ...(document.birthDate ? { birthDate: document.birthDate } : {}),
    idNumber: document.idNumber,
  };
}

function validity(document: IdDocument, today: string): Presented['validity'] {
  const { validFrom, validUntil } = document;
  if (!validUntil) return { state: 'unknown', until: null };
  if (validFrom && today < validFrom) return { state: 'notYet', until: validUntil };
  const valid = validUntil === '长期' || today <= validUntil;
  return { state: valid ? 'valid' : 'expired', until: validUntil };
}

/** What the gate service will say of it, for as long as it has not. */
function viewOf({ visit, number, identity, reason, host, security, decision, ...admitted }: AdmitVisitor): VisitView {
  const { type, party, until, confirmation, certificate, work, firm, booking, plate } = admitted;
  return {
    visit,
    number,
    name: identity.name,
    document: identity.document,
    idLast4: identity.idNumber?.slice(-4) ?? null,
    reason,
    host,
    security,
    status: 'onSite',
    refusal: null,
    gate: decision.gate,
    guard: decision.guard,
    admittedAt: decision.at,
    leftAt: null,
    offline: decision.offline,
    type,
    party,
    gone: 0,
    until: until ?? iso(usualEnd(type, Date.parse(decision.at))),
    confirmation,
    certificate: certificate ?? null,
    work: work ?? null,
    firm: firm ?? null,
    booking: booking ?? null,
    plate: plate ?? null,
    held:
      security.result === 'held'
        ? {
            ticket: security.ticket ?? null,
            items: security.items,
            outcome: null,
            because: null,
            note: null,
            at: null,
            by: null,
          }
        : null,
  };
}
