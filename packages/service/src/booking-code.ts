/**
 * The text of a booking's QR code (G1): `AY1.<booking>.<proof>`, both base64url. The proof is the first 16 bytes of an HMAC over
 * the booking's id, so that a gate tells a forged code from one of its school without a network. Nothing in it is personal:
 * a photo of it lets nobody learn who comes, and is worth one entry at most, with the name on the document compared.
 */
import { timingSafeEqual } from 'node:crypto';

const PREFIX = 'AY1';
/** HMAC-SHA-256 in hex, with a key that the service and its gates share. */
export type Mac = (text: string) => string;

const proofOf = (mac: Mac, booking: string): Buffer =>
  Buffer.from(mac(`${PREFIX} booking ${booking}`), 'hex').subarray(0, 16);

export const bookingCode = (mac: Mac, booking: string): string =>
  [
    PREFIX,
    Buffer.from(booking.replaceAll('-', ''), 'hex').toString('base64url'),
    proofOf(mac, booking).toString('base64url'),
  ].join('.');

/** @returns undefined for a text that is no booking's code at all */
export function readBookingCode(mac: Mac, text: string): { booking: string } | 'forged' | undefined {
  const [prefix, id = '', proof = '', ...rest] = text.trim().split('.');
  if (prefix !== PREFIX) return undefined;
  const bytes = Buffer.from(id, 'base64url');
  const given = Buffer.from(proof, 'base64url');
  if (rest.length > 0 || bytes.length !== 16 || given.length !== 16) return 'forged';
  const booking = uuidOf(bytes);
  return timingSafeEqual(given, proofOf(mac, booking)) ? { booking } : 'forged';
}

/** 16 bytes in the usual spelling. */
export function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
