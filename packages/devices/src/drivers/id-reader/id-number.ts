/** The citizen's number of GB 11643: 17 digits with the birth date inside, and an ISO 7064 MOD 11-2 check character. */

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const CHECK_CHARACTERS = '10X98765432';

/** @param digits the first 17 */
export function idCheckDigit(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  return CHECK_CHARACTERS.charAt(sum % 11);
}

/** Right length, right check character, and a birth date that exists. Also for permits of 2023 and of HK, Macao, Taiwan. */
export function idNumberHolds(number: string): boolean {
  if (!/^\d{17}[\dX]$/.test(number)) return false;
  return isoDate(number.slice(6, 14)) !== undefined && idCheckDigit(number) === number[17];
}

/** `19491231` → `1949-12-31`; undefined when the calendar has no such day. */
export function isoDate(digits: string): string | undefined {
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(digits);
  if (!match) return undefined;
  const iso = `${match[1]}-${match[2]}-${match[3]}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso) ? iso : undefined;
}
