import type {
  BookingCode,
  BookingResult,
  BookingView,
  BookVisit,
  CancelBooking,
  ChangeBooking,
  DecideBooking,
  Host,
} from '@anyuan/contracts';

/** Visits that are agreed beforehand (G1). */
export interface BookingsClient {
  mine(): Promise<BookingView[]>;
  all(): Promise<BookingView[]>;
  hosts(): Promise<Host[]>;
  book(booking: BookVisit): Promise<BookingResult>;
  change(booking: ChangeBooking): Promise<BookingResult>;
  cancel(command: CancelBooking): Promise<BookingResult>;
  decide(command: DecideBooking): Promise<BookingResult>;
  code(booking: string): Promise<BookingCode>;
  phone(booking: string): Promise<string | null>;
}
