/**
 * A panic button's contacts as a pure transition: (state, levels, now) → state + events. No press is missed for being
 * held or for coming while the wire is in doubt, and none is made up:
 * - a position counts when it held for `debounceMs`; a cut wire must hold longer, because a slowly pressed button opens
 *   one contact before it closes the other;
 * - pressed wins: with both contacts closed somebody presses, or a weld hides that nobody does, and only one of the two
 *   may be wrong;
 * - after the port was away the first settled position is only taken note of. A reconnect never makes an alarm; a button
 *   held since then shows as stuck, and its next press counts.
 */
export interface Levels {
  /** Closes when pressed. */
  pressed: boolean;
  /** Opens when pressed. Undefined where the button has one contact only: then a cut wire can't be seen. */
  idle: boolean | undefined;
}

export type ContactEvent = 'pressed' | 'released' | 'stuck' | 'cutWire' | 'wireOk';

type Position = 'released' | 'pressed' | 'cut';

export interface ContactState {
  /** Unknown until it settled for the first time, or again. */
  position: Position | 'unknown';
  /** When `position` was taken. */
  since: number;
  /** What is seen now and since when, before it counts. */
  seen: Position | 'unknown';
  seenSince: number;
  told: { pressed: boolean; stuck: boolean; cut: boolean };
}

export interface ContactLimits {
  debounceMs: number;
  stuckMs: number;
}

const CUT_HOLDS_MS = 250;

export const restingContact: ContactState = {
  position: 'unknown',
  since: 0,
  seen: 'unknown',
  seenSince: 0,
  told: { pressed: false, stuck: false, cut: false },
};

/** The port was away: nothing is known of the contact, but what was told of it stays told. */
export const outOfSight = (state: ContactState): ContactState => ({ ...restingContact, told: state.told });

export const isSettling = (state: ContactState): boolean => state.seen !== state.position;

/** @param now monotonic */
export function nextContact(
  state: ContactState,
  levels: Levels,
  now: number,
  limits: ContactLimits,
): [ContactState, ContactEvent[]] {
  const seen: Position = levels.pressed ? 'pressed' : levels.idle === false ? 'cut' : 'released';
  const looked = seen === state.seen ? state : { ...state, seen, seenSince: now };
  const hold = seen === 'cut' ? Math.max(limits.debounceMs, CUT_HOLDS_MS) : limits.debounceMs;
  if (seen !== looked.position && now - looked.seenSince >= hold) return settle(looked, seen, now);
  const stuck = looked.position === 'pressed' && !looked.told.stuck && now - looked.since >= limits.stuckMs;
  return stuck ? [{ ...looked, told: { ...looked.told, stuck } }, ['stuck']] : [looked, []];
}

function settle(state: ContactState, position: Position, now: number): [ContactState, ContactEvent[]] {
  const { told } = state;
  const events: ContactEvent[] = [];
  if (position !== 'pressed' && (told.pressed || told.stuck)) events.push('released');
  if (position !== 'cut' && told.cut) events.push('wireOk');
  if (position === 'cut' && !told.cut) events.push('cutWire');
  const pressed = position === 'pressed' && state.position !== 'unknown';
  if (pressed) events.push('pressed');
  return [
    {
      ...state,
      position,
      since: now,
      told: {
        pressed: position === 'pressed' && (pressed || told.pressed),
        stuck: position === 'pressed' && told.stuck,
        cut: position === 'cut',
      },
    },
    events,
  ];
}
