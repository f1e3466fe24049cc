/** GB 11643 / ISO 7064 MOD 11-2, written apart from the drivers' own so that a shared mistake can't hide. */
export function withCheckDigit(first17: string): string {
  // Each step doubles the remainder: the weights 7 9 10 5 … 2 are the powers of two modulo 11.
  let remainder = 0;
  for (const digit of first17) remainder = ((remainder + Number(digit)) * 2) % 11;
  return first17 + ('0123456789X'[(12 - remainder) % 11] ?? '');
}
