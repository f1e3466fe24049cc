/**
 * Identifiers. Every command, event, incident and record carries a UUIDv7 (RFC 9562): it sorts by time, so an
 * outbox, a journal and a stream agree on order, and its first 48 bits tell when it was made (ms since 1970, UTC).
 */
import { z } from 'zod';

export const Uuid = z.uuid();

/** One level of a NATS subject and of an MQTT topic: no dots, slashes, blanks or wildcards. */
export const Token = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]*$/);

/** A moment as ISO 8601 in UTC with milliseconds: `2026-11-23T08:12:30.123Z`. */
export const Instant = z.iso.datetime();

/** A civil date of the school's own calendar, `2026-11-23`. */
export const CivilDate = z.iso.date();

/** Wall-clock time of the school, `16:30`. */
export const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** @param now milliseconds since 1970, from the caller's clock */
export function newId(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) & 0xff;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** When a UUIDv7 was made, in milliseconds since 1970. */
export function timeOfId(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);
}
