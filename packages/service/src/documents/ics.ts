/**
 * A calendar that phones and Outlook subscribe to (RFC 5545).
 *
 * Times go out in UTC without a zone: the library prints a `Date` with a zone name in the machine's own wall-clock time, so
 * that 09:00 in Shanghai said 01:00 from a server on UTC. UTC is the same moment everywhere, and no VTIMEZONE is needed. A day
 * without a time is a civil date. The same id is the same event at each fetch: a change moves it, nothing is doubled.
 */
import ical, { ICalCalendarMethod, ICalEventTransparency } from 'ical-generator';

export interface CalendarFeed {
  name: string;
  events: readonly CalendarEvent[];
  /** When it was made, ms since 1970. */
  at: number;
}

export interface CalendarEvent {
  /** The same at each fetch; unique in the school. */
  id: string;
  /** Instants (ISO 8601 in UTC), or civil dates with `allDay` (`end` is the last day). */
  start: string;
  end: string;
  title: string;
  place?: string;
  description?: string;
  allDay?: boolean;
}

const HOUR_S = 3_600;
const DAY_MS = 24 * HOUR_S * 1_000;

export function calendarFeed({ name, events, at }: CalendarFeed): string {
  const calendar = ical({
    name: plain(name),
    method: ICalCalendarMethod.PUBLISH,
    prodId: { company: 'Anyuan', product: 'anyuan', language: 'ZH' },
    ttl: HOUR_S,
  });
  for (const { id, start, end, title, place, description, allDay = false } of events) {
    calendar.createEvent({
      id: `${id}@anyuan`,
      stamp: new Date(at),
      ...(allDay ? wholeDays(start, end) : { start: new Date(start), end: new Date(end) }),
      summary: plain(title),
      ...(place ? { location: plain(place) } : {}),
      ...(description ? { description: plain(description) } : {}),
      transparency: ICalEventTransparency.OPAQUE,
    });
  }
  return calendar.toString();
}

/** DTEND is the day after the last one. */
function wholeDays(start: string, end: string) {
  const day = (date: string): number => Date.parse(`${date}T00:00:00.000Z`);
  return { start: new Date(day(start)), end: new Date(day(end) + DAY_MS), allDay: true };
}

/** A control character ends the line in some readers; a lone half of a character can't be UTF-8. */
const plain = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take out
    .replace(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .toWellFormed();
