/** What became of a sign-in, as said to the person who made it. */
import type { SignedIn, SignIn } from '@anyuan/contracts';

export type Answer = SignedIn | { result: 'tooOld' };
export interface Answered {
  id: string;
  code: string;
  at: string;
  answer: Answer;
}

/** The server counts no visit that comes a day late; it is not sent, and its maker is told. */
export const OLDEST_MS = 24 * 3_600_000;
export const isTooOld = (signIn: Pick<SignIn, 'at'>, now: number): boolean => Date.parse(signIn.at) < now - OLDEST_MS;

export const counts = ({ result }: Answer): boolean => result === 'post' || result === 'point';

const SHOWN = 5;
/** The newest first; what was sent twice is said once. */
export const withAnswer = (answers: readonly Answered[], next: Answered): Answered[] =>
  [next, ...answers.filter(({ id }) => id !== next.id)].slice(0, SHOWN);

/** `PT-0101` → `PT-`: signs of one round begin alike, so that the keypad may start there. */
export const beginningOf = (code: string): string => /^[A-Z]+-?(?=\d)/.exec(code)?.[0] ?? '';
