/**
 * The number of a Chinese identity card (GB 11643): 6 digits of place, 8 of birth date, 3 of order (odd is male), and a check
 * character by ISO 7064 MOD 11-2. Said while it is typed, so that a slip is mended before it is recorded.
 */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';
/** The first two digits, GB/T 2260: provinces, and 83 for people of Taiwan, 81 and 82 for Hong Kong and Macao. 91: born abroad. */
const PLACES = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91'.split(
    ' ',
  ),
);

export type IdCheck =
  | { state: 'short'; left: number }
  | { state: 'wrongPlace' }
  | { state: 'wrongDate' }
  | { state: 'wrongCheck' }
  | { state: 'ok'; sex: 'male' | 'female'; birth: [year: string, month: string, day: string] };

function dateHolds([year, month, day]: [string, string, string], now: number): boolean {
  const at = new Date(`${year}-${month}-${day}T00:00:00Z`);
  const exists = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(`${year}-${month}-${day}`);
  return exists && Number(year) >= 1880 && at.getTime() <= now;
}

/** @param now ms; nobody stands at the gate who is not born yet */
export function checkIdNumber(text: string, now: number): IdCheck {
  if (text.length >= 2 && !PLACES.has(text.slice(0, 2)) && !phoneBegins(text)) return { state: 'wrongPlace' };
  if (text.length < 18) return { state: 'short', left: 18 - text.length };
  const birth: [string, string, string] = [text.slice(6, 10), text.slice(10, 12), text.slice(12, 14)];
  if (!dateHolds(birth, now)) return { state: 'wrongDate' };
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(text[i]), 0);
  if (!/^\d{17}[\dX]$/.test(text) || CHECKS[sum % 11] !== text[17]) return { state: 'wrongCheck' };
  return { state: 'ok', sex: Number(text[16]) % 2 === 1 ? 'male' : 'female', birth };
}

/** A mobile number of the mainland: 13 to 19. */
export const phoneHolds = (text: string): boolean => /^1[3-9]\d{9}$/.test(text);
/** Typed under the ID number: its first digits are no slip before all eleven are there. */
const phoneBegins = (text: string): boolean => /^1[3-9]\d{0,9}$/.test(text);
