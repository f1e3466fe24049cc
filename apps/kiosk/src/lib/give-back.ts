/**
 * Things that were held (G5): at the sign-out the screen asks for them, and what was not given back stays in a list until
 * somebody says what became of it. Signing out never waits for the things: a person may leave without them.
 */
import type { KeptBecause, VisitView } from '@anyuan/contracts';
import { leave } from './arrivals.ts';
import { command, hinted, type Session, type Step, show, stay } from './state.ts';
import type { ReturnInput } from './visit-client.ts';

export interface GiveBackScreen {
  at: 'giveBack';
  visit: VisitView;
  /** Signing him out follows, for so many of his group (null: all); else he has left long ago. */
  leaving: { count: number | null } | null;
  pane: 'main' | 'because';
}
export interface HeldScreen {
  at: 'held';
  visits: VisitView[] | null;
  page: number;
}

export const HELD_A_PAGE = 3;

export type GiveBackInput = { flow: 'giveBack' } & (
  | { do: 'list' }
  | { do: 'listed'; visits: VisitView[] }
  | { do: 'page'; by: 1 | -1 }
  | { do: 'choose'; visit: VisitView }
  | { do: 'given' }
  | { do: 'passedOn' }
  | { do: 'notGiven' }
  | { do: 'because'; because: KeptBecause }
  | { do: 'returned' }
);

export const openGiveBack = (s: Session, visit: VisitView, leaving: GiveBackScreen['leaving']): Step =>
  show(s, { at: 'giveBack', visit, leaving, pane: 'main' });

const openHeld = (s: Session): Step => show(s, { at: 'held', visits: null, page: 0 }, { run: 'held' });

export function giveBackStep(s: Session, input: GiveBackInput, now: number): Step {
  const { screen } = s;
  if (input.do === 'list') return openHeld(s);
  if (screen.at === 'held') {
    switch (input.do) {
      case 'listed':
        return show(s, { ...screen, visits: input.visits });
      case 'page': {
        const pages = Math.max(1, Math.ceil((screen.visits?.length ?? 0) / HELD_A_PAGE));
        return show(s, { ...screen, page: Math.min(pages - 1, Math.max(0, screen.page + input.by)) });
      }
      case 'choose':
        return openGiveBack(s, input.visit, null);
      default:
        return stay(s);
    }
  }
  if (screen.at !== 'giveBack') return input.do === 'returned' ? stay({ ...s, busy: null }) : stay(s);
  const returned = (said: Omit<ReturnInput, 'visit'>) =>
    command(s, { run: 'returnItems', input: { visit: screen.visit.visit, ...said } });
  switch (input.do) {
    case 'given':
      return returned({ outcome: 'given' });
    case 'passedOn':
      return screen.leaving === null ? returned({ outcome: 'passedOn' }) : stay(s);
    case 'notGiven':
      return show(s, { ...screen, pane: 'because' });
    case 'because':
      return returned({ outcome: 'notGiven', because: input.because });
    case 'returned': {
      const free: Session = { ...s, busy: null };
      const { leaving, visit } = screen;
      if (leaving === null) return leave(hinted(free, 'thingsSettled', now, visit.name), now);
      const count = leaving.count === null ? {} : { count: leaving.count };
      return command(free, { run: 'signOut', visit: visit.visit, ...count });
    }
    default:
      return stay(s);
  }
}
