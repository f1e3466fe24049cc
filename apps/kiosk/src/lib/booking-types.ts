/** What a booked visitor's screens are, what comes in and what they ask for (`booking.ts`). */
import type { BookingVerdict, ExpectedVisit } from '@anyuan/contracts';

export interface BookingClient {
  expected(initials: string): Promise<ExpectedVisit[]>;
  open(booking: string): Promise<BookingVerdict>;
}

type Refused = Extract<BookingVerdict, { verdict: 'refused' }>;
/** On the visitor's screen. `named`: the document, or what was typed, bears the name that was booked. */
export interface Booked {
  visit: ExpectedVisit;
  named: boolean;
}
export interface BookingsScreen {
  at: 'bookings';
  initials: string;
  /** Null until the answer to these very letters is there. */
  visits: ExpectedVisit[] | null;
  page: number;
}
export type BookingScreen =
  | { at: 'booked'; visit: ExpectedVisit }
  | { at: 'bookingRefused'; verdict: Refused }
  | BookingsScreen;

export type BookingInput = { flow: 'booking' } & (
  | { do: 'list' }
  | { do: 'letter'; letter: string }
  | { do: 'eraseLetter' }
  | { do: 'listed'; initials: string; visits: ExpectedVisit[] }
  | { do: 'page'; by: 1 | -1 }
  | { do: 'choose'; booking: string }
  | { do: 'opened'; verdict: BookingVerdict }
  | { do: 'byHand' }
);
export type BookingEffect = { run: 'expected'; initials: string } | { run: 'openBooking'; booking: string };
