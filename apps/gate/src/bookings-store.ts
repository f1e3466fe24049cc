/** Queries on the bookings, and the shapes in which they leave: for host and office, for the visitor himself, for the gates. */
import {
  type BookingList,
  type BookingUse,
  type BookingView,
  type Host,
  type ListedBooking,
  startOfSchoolDay,
  type VisitorsBooking,
} from '@anyuan/contracts';
import type { GateTables } from '@anyuan/db';
import { iso } from '@anyuan/service';
import type { Kysely, Selectable, Transaction } from 'kysely';
import { isDayOff } from './bookings-rules.ts';

export type Queries = Kysely<GateTables>;
type Trx = Transaction<GateTables>;
export type BookingRow = Selectable<GateTables['bookings']>;
type UseRow = Selectable<GateTables['bookingUses']>;

/** More than a school expects in its fullest weeks. */
const LIMIT = 2_000;
const DAY_MS = 86_400_000;
/** So long a host still sees what became of his bookings. */
const BACK_DAYS = 7;
/** Gates hold today and tomorrow: a server that is away over night keeps nobody out in the morning. */
const LISTED_DAYS = 2;

export const bookingRow = (db: Queries, booking: string): Promise<BookingRow | undefined> =>
  db.selectFrom('bookings').selectAll().where('id', '=', booking).executeTakeFirst();

/** The first one counts; what was taken back at once was none. */
export async function usesOf(db: Queries, bookings: readonly string[]): Promise<Map<string, UseRow[]>> {
  const uses = new Map<string, UseRow[]>();
  if (bookings.length === 0) return uses;
  const rows = await db
    .selectFrom('bookingUses')
    .innerJoin('visits', 'visits.id', 'bookingUses.visit')
    .selectAll('bookingUses')
    .where('bookingUses.booking', 'in', bookings)
    .where('visits.status', '<>', 'undone')
    .orderBy('bookingUses.at')
    .orderBy('bookingUses.visit')
    .limit(2 * LIMIT)
    .execute();
  for (const row of rows) uses.set(row.booking, [...(uses.get(row.booking) ?? []), row]);
  return uses;
}

const useOf = ({ visit, gate, at, offline, doubt }: UseRow): BookingUse => ({
  ...{ visit, gate, offline, doubt },
  at: iso(at.getTime()),
});

const viewOf = (row: BookingRow, uses: readonly UseRow[]): BookingView => ({
  booking: row.id,
  ...{ state: row.state, revision: row.revision, source: row.source, name: row.name, type: row.type },
  ...{ reason: row.reason, note: row.note, host: row.host, wanted: row.wanted },
  from: iso(row.starts.getTime()),
  until: iso(row.ends.getTime()),
  ...{ party: row.party, phoneLast4: row.phoneLast4, plate: row.plate, dayOff: isDayOff(row.starts) },
  createdAt: iso(row.createdAt.getTime()),
  decidedBy: row.decidedBy,
  decidedAt: row.decidedAt && iso(row.decidedAt.getTime()),
  closing: row.closing,
  uses: uses.map(useOf),
});

async function viewsOf(db: Queries, rows: readonly BookingRow[]): Promise<BookingView[]> {
  const uses = await usesOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => viewOf(row, uses.get(row.id) ?? []));
}

export async function bookingView(db: Queries, row: BookingRow): Promise<BookingView> {
  return viewOf(row, (await usesOf(db, [row.id])).get(row.id) ?? []);
}

const byTime = (db: Queries) => db.selectFrom('bookings').selectAll().orderBy('starts').orderBy('id').limit(LIMIT);

/** What a host expects, what waits for him, and what became of his bookings of the last week. */
export async function bookingsOf(db: Queries, host: string, now: number): Promise<BookingView[]> {
  const since = new Date(startOfSchoolDay(now) - BACK_DAYS * DAY_MS);
  return viewsOf(db, await byTime(db).where('hostId', '=', host).where('ends', '>=', since).execute());
}

/** Everybody's from today on: the office sees what waits for a host that nobody has found, too. */
export async function allBookings(db: Queries, now: number): Promise<BookingView[]> {
  return viewsOf(
    db,
    await byTime(db)
      .where('ends', '>=', new Date(startOfSchoolDay(now)))
      .execute(),
  );
}

export interface HostRow extends Host {
  pinyin: string;
}

/** Whom a visitor may see, in the order of their names. */
export const hosts = (db: Queries): Promise<HostRow[]> =>
  db
    .selectFrom('staff')
    .select(['id', 'name', 'department', 'title', 'pinyin'])
    .where('host', '=', true)
    .orderBy('pinyin')
    .orderBy('id')
    .limit(20_000)
    .execute();

export async function hostById(db: Queries, id: string): Promise<Host | undefined> {
  return db
    .selectFrom('staff')
    .select(['id', 'name', 'department', 'title'])
    .where('id', '=', id)
    .where('host', '=', true)
    .executeTakeFirst();
}

/** What the holder of the link sees. Nothing of the school's people but what he typed, or who invited him. */
export function visitorsView({ uses, ...booking }: BookingView, now: number): Omit<VisitorsBooking, 'code'> {
  const { name, host, wanted, source, reason, from, until, party, plate } = booking;
  const invited = host ? `${host.department} ${host.name}`.trim() : '';
  const typed = wanted ? `${wanted.department} ${wanted.person}`.trim() : '';
  const over = Date.parse(until) < now && (booking.state === 'approved' || booking.state === 'waiting');
  const state = booking.state === 'approved' && uses.length > 0 ? 'used' : over ? 'expired' : booking.state;
  return { state, name, to: source === 'host' ? invited : typed, reason, from, until, party, plate };
}

/** A change, or a new day, is a new list. */
export async function bookingsVersion(db: Queries, now: number): Promise<number> {
  const row = await db.selectFrom('listVersion').select('version').where('list', '=', 'bookings').executeTakeFirst();
  return Math.max(row?.version ?? 0, startOfSchoolDay(now));
}

/** Made of time, so that it rises even after a backup was restored. */
export async function touchBookings(trx: Trx, now: number): Promise<void> {
  await trx
    .updateTable('listVersion')
    .set((eb) => ({ version: eb.fn<number>('greatest', [eb('version', '+', 1), eb.val(now)]) }))
    .where('list', '=', 'bookings')
    .execute();
}

function listed(row: BookingRow, uses: readonly UseRow[]): ListedBooking[] {
  const span = { booking: row.id, from: iso(row.starts.getTime()), until: iso(row.ends.getTime()) };
  if (row.state === 'cancelled') return [{ state: 'cancelled', ...span }];
  const { decidedBy, decidedAt, hostId } = row;
  if (row.state !== 'approved' || !decidedBy || !decidedAt || hostId === null) return [];
  const [first] = uses;
  return [
    {
      state: 'approved',
      ...span,
      ...{ name: row.name, initials: row.initials, type: row.type, reason: row.reason, host: hostId, party: row.party },
      ...(row.plate ? { plate: row.plate } : {}),
      by: decidedBy,
      at: iso(decidedAt.getTime()),
      ...(first ? { used: { gate: first.gate, at: iso(first.at.getTime()) } } : {}),
    },
  ];
}

export async function listedBooking(db: Queries, booking: string): Promise<ListedBooking | null> {
  const row = await bookingRow(db, booking);
  if (!row) return null;
  return listed(row, (await usesOf(db, [booking])).get(booking) ?? [])[0] ?? null;
}

export function loadBookings(db: Queries, now: number): Promise<{ version: number; body: BookingList }> {
  const from = startOfSchoolDay(now);
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const rows = await byTime(trx)
        .where('ends', '>=', new Date(from))
        .where('starts', '<', new Date(from + LISTED_DAYS * DAY_MS))
        .where('state', 'in', ['approved', 'cancelled'])
        .execute();
      const uses = await usesOf(
        trx,
        rows.map(({ id }) => id),
      );
      const bookings = rows.flatMap((row) => listed(row, uses.get(row.id) ?? []));
      return { version: await bookingsVersion(trx, now), body: { bookings } };
    });
}
