/** Tables of `gate`: visits that are agreed beforehand. */
import type { BookingState, BookingUse, Host, PersonRef, VisitorType, VisitReason } from '@anyuan/contracts';
import type { JSONColumnType } from 'kysely';

type Json<T extends object> = JSONColumnType<T, string, string>;

export interface BookingsTable {
  id: string;
  /** Of an application: chosen by the visitor's page, so that a second press is the same one. */
  request: string | null;
  state: BookingState;
  revision: number;
  source: 'host' | 'visitor';
  name: string;
  /** 刘芳 → `lf`: a gate finds him without a keyboard. */
  initials: string;
  type: VisitorType;
  reason: VisitReason;
  note: string;
  host: Json<Host> | null;
  hostId: string | null;
  wanted: Json<{ department: string; person: string }> | null;
  starts: Date;
  ends: Date;
  party: number;
  /** Sealed; opened for his host or the office only, on record. */
  phone: Buffer | null;
  phoneLast4: string | null;
  plate: string | null;
  createdAt: Date;
  decidedAt: Date | null;
  decidedBy: Json<PersonRef> | null;
  closing: string;
}

/** Which visits came of a booking. Rows are added, never changed: what does not add up stays. */
export interface BookingUsesTable {
  visit: string;
  booking: string;
  gate: string;
  at: Date;
  offline: boolean;
  doubt: BookingUse['doubt'];
  receivedAt: Date;
}

/** What became of a booking and by whom; without an actor it was the visitor. Rows are added, never changed. */
export interface BookingLogTable {
  id: string;
  booking: string;
  at: Date;
  type: 'booked' | 'applied' | 'changed' | 'approved' | 'declined' | 'cancelled' | 'phoneRead';
  actorId: string | null;
  actorName: string | null;
  reason: string;
}
