/**
 * A visitor's badge on the screen (G2). The printer's word comes when it comes: before the admission is answered, while the guard
 * serves the next one, or not at all. The last word of one badge is kept; 已放行 stays for as long as its badge is not out, so
 * that who puts a new roll in need not look for the visit, and leaves by itself as ever once it is printed.
 */
import type { BadgeEvent } from '@anyuan/contracts';
import { alarmOn, command, hinted, type Screen, type Session, type Step, show, stay } from './state.ts';

/** What the screen asks of the agent about badges. */
export interface BadgeClient {
  reprint(visit: string): Promise<void>;
}

export type BadgeInput = { flow: 'badge' } & ({ do: 'reprint'; visit: string } | { do: 'reprinted' });
export type BadgeEffect = { run: 'reprint'; visit: string };

/** To read that it is printed. */
const READ_MS = 3_000;
/** To find a roll and put it in; a name stands no longer than that on a screen that nobody touches. */
const MEND_MS = 120_000;

/** @returns null: nothing was said of this visit's badge */
export const badgeOf = ({ badge }: Session, visit: string): BadgeEvent | null =>
  badge?.visit === visit ? badge : null;
export const hasPrinter = ({ status }: Session): boolean =>
  status?.devices.some(({ driver }) => driver === 'escpos') ?? false;

/** @returns milliseconds since 1970 at which 已放行 leaves by itself */
export function admittedUntil(s: Session, { result, until }: Extract<Screen, { at: 'admitted' }>): number {
  const badge = badgeOf(s, result.visit);
  return badge === null || badge.state === 'printed' ? until : until + MEND_MS;
}

export function onBadge(session: Session, badge: BadgeEvent, now: number): Step {
  const s: Session = { ...session, badge };
  const { screen } = s;
  const seen =
    (screen.at === 'admitted' && screen.result.visit === badge.visit) ||
    (screen.at === 'visits' && screen.chosen === badge.visit);
  if (badge.state === 'failed' && !alarmOn(s)) {
    return [seen ? s : hinted(s, 'badgeFailed', now), [{ run: 'sound', sound: 'look' }]];
  }
  if (badge.state === 'printed' && seen && screen.at === 'admitted') {
    return show(s, { ...screen, until: Math.max(screen.until, now + READ_MS) });
  }
  return stay(s);
}

export function badgeStep(s: Session, input: BadgeInput): Step {
  switch (input.do) {
    case 'reprint':
      return command(s, { run: 'reprint', visit: input.visit });
    case 'reprinted':
      return stay({ ...s, busy: null });
  }
}
