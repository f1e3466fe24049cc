/**
 * Letters on keys as large as a glove: nine, as everybody knows them from a telephone (九键). A touch means any of the key's
 * letters; two or three narrow a school's names as far as the letters themselves would.
 */
export const NINE_KEYS = {
  2: 'ABC',
  3: 'DEF',
  4: 'GHI',
  5: 'JKL',
  6: 'MNO',
  7: 'PQRS',
  8: 'TUV',
  9: 'WXYZ',
} as const;
export type NineKey = `${keyof typeof NINE_KEYS}`;

const keyOf = new Map(
  Object.entries(NINE_KEYS).flatMap(([key, letters]) => [...letters].map((l) => [l, key] as const)),
);

/** The letters as the keys they lie on: `liu` → `548`. Anything else stays as it is. */
export const asNineKeys = (letters: string): string =>
  [...letters.toUpperCase()].map((letter) => keyOf.get(letter) ?? letter).join('');

/** What was touched reads as keys, not as letters. */
export const isNineKeys = (typed: string): boolean => /^[2-9]+$/.test(typed);
