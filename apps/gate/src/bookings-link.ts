/**
 * What a visitor gets of his booking: the QR code, and the token of the page that shows it. The token is the booking's id with
 * a proof of 16 bytes by a key that never leaves this service: it is stored nowhere, can't be guessed, and can't be made from
 * the code that the QR holds.
 */
import { timingSafeEqual } from 'node:crypto';
import type { BookingCode } from '@anyuan/contracts';
import { bookingCode, uuidOf } from '@anyuan/service';
import QRCode from 'qrcode';
import type { GateKeys } from './config.ts';

type Keys = Pick<GateKeys, 'card' | 'search'>;
const LENGTH = 32;

const proofOf = (keys: Keys, booking: string): Buffer =>
  Buffer.from(keys.search.hash(`booking link ${booking}`), 'hex').subarray(0, 16);

export const linkToken = (keys: Keys, booking: string): string =>
  Buffer.concat([Buffer.from(booking.replaceAll('-', ''), 'hex'), proofOf(keys, booking)]).toString('base64url');

/** @returns the booking's id; undefined for a token that this school never gave out */
export function readLinkToken(keys: Keys, token: string): string | undefined {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== LENGTH || bytes.toString('base64url') !== token) return undefined;
  const booking = uuidOf(bytes.subarray(0, 16));
  return timingSafeEqual(bytes.subarray(16), proofOf(keys, booking)) ? booking : undefined;
}

/** Black on white whatever the page's theme: a scanner reads contrast. */
export async function codeOf(keys: Keys, booking: string): Promise<BookingCode> {
  const text = bookingCode((value) => keys.card.hash(value), booking);
  const svg = await QRCode.toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
  return { text, svg, path: `/visit/${linkToken(keys, booking)}` };
}
