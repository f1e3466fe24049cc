/**
 * What happens when something is laid down on a reader: it opens its screen at once when nobody is being served, and waits its
 * turn when somebody is. A refusal is never wiped away by the next card. While an alarm or an exercise is open the gate
 * serves nobody; a test stops nobody.
 */
import type { ExpectedVisit, PickupVerdict, Presented } from '@anyuan/contracts';
import { bookedVisitor } from './booked.ts';
import { freshVisit } from './fresh-visit.ts';
import { resumeByCard } from './kept-visits.ts';
import { asideFor, backFromAside, peakNow, queued, withoutWaiting } from './peak.ts';
import {
  command,
  foldTest,
  hinted,
  IDLE,
  type Session,
  type ShownBy,
  type Step,
  show,
  stay,
  takenByThemselves,
  type VisitorScreen,
  type Waiting,
  workStops,
} from './state.ts';
import { nextAsked, rememberedType } from './visit-life.ts';

/** After this a card that waits is too old to mean the person who still stands there. */
export const WAITING_MS = 60_000;

const samePerson = (a: Presented, b: Presented) => a.last4 === b.last4 && a.name === b.name;

export function openPresented(s: Session, presented: Presented, now: number): Step {
  const onSite = presented.recognition?.onSite;
  if (onSite)
    return show(s, { at: 'onSite', visit: onSite, presented, leaving: null }, { run: 'sound', sound: 'look' });
  return resumeByCard(s, presented, now) ?? openVisitor(s, presented);
}

export function openVisitor(s: Session, presented: Presented): Step {
  const known = presented.recognition;
  const screen = freshVisit({ by: 'card', presented }, known?.lastReason ?? null, known?.lastHost ?? null);
  const next = nextAsked({ ...screen, type: rememberedType(presented) });
  return show(s, next, { run: 'sound', sound: 'look' });
}

/** A document while a booked visitor is waited for. Whoever is inside already is told so first. */
function openBooked(s: Session, presented: Presented, visit: ExpectedVisit, now: number): Step {
  if (presented.recognition?.onSite) return openPresented(s, presented, now);
  return show(s, bookedVisitor({ by: 'card', presented }, visit), { run: 'sound', sound: 'look' });
}

export function openVerdict(s: Session, verdict: PickupVerdict, by: ShownBy = 'card'): Step {
  if (verdict.verdict === 'no') {
    return show(
      s,
      { at: 'pickupRefused', by, reason: verdict.refusal, verdict },
      { run: 'sound', sound: 'no' },
      { run: 'help' },
    );
  }
  const chosen = verdict.children.filter((child) => child.collected === null).map((child) => child.id);
  if (chosen.length === 0) {
    return show(s, { at: 'collected', by, verdict }, { run: 'sound', sound: 'look' }, { run: 'help' });
  }
  return show(s, { at: 'pickup', by, verdict, chosen }, { run: 'sound', sound: verdict.byEye ? 'look' : 'yes' });
}

/** The end of one matter: the next one if it waits, else the prompt. */
export function leave(s: Session, now: number): Step {
  const { waiting } = s;
  const idle: Session = { ...s, screen: IDLE, asking: false, touchedAt: now };
  const back = backFromAside(idle);
  if (back) return [back, []];
  const free = withoutWaiting(idle);
  if (waiting === null || (now - waiting.at > WAITING_MS && !isRefused(waiting))) return [free, []];
  return waiting.kind === 'presented'
    ? openPresented(free, waiting.presented, now)
    : openVerdict(free, waiting.verdict);
}

/** A refused card waits as a refusal: it sounds like one, no other card takes its place, and it never grows too old. */
export const isRefused = (waiting: Waiting): boolean => waiting.kind === 'verdict' && waiting.verdict.verdict === 'no';

function wait(s: Session, next: Waiting): Step {
  if (peakNow(s, next.at) !== null) {
    return [queued(s, next, isRefused), [{ run: 'sound', sound: isRefused(next) ? 'no' : 'look' }]];
  }
  const waiting = s.waiting !== null && isRefused(s.waiting) && !isRefused(next) ? s.waiting : next;
  return [{ ...s, waiting }, [{ run: 'sound', sound: isRefused(next) ? 'no' : 'look' }]];
}

/** The word for whoever comes while the gate serves nobody. */
export const busyWord = (s: Session): 'alarmBusy' | 'exerciseBusy' =>
  s.alarm.incidents.some((a) => a.view.mode === 'actual') ? 'alarmBusy' : 'exerciseBusy';

const refusedByAlarm = (s: Session, now: number): Step => [
  hinted(s, busyWord(s), now),
  [{ run: 'sound', sound: 'look' }],
];

/** The server's memory came late: it fills what nobody has answered yet, and opens nothing that was closed. */
function onRecognised(s: Session, presented: Presented, now: number): Step {
  const { screen, waiting } = s;
  const known = presented.recognition;
  if (waiting?.kind === 'presented' && waiting.presented.id === presented.id) {
    return [{ ...s, waiting: { ...waiting, presented } }, []];
  }
  if (screen.at !== 'visitor' || screen.who.by !== 'card' || screen.who.presented.id !== presented.id) return stay(s);
  const untouched = screen.reason === null && screen.host === null && screen.security === null;
  if (known?.onSite && untouched && screen.pane.pane === 'main' && s.busy === null)
    return openPresented(s, presented, now);
  if (screen.reason !== null || screen.host !== null || screen.pane.pane !== 'main')
    return show(s, { ...screen, who: { by: 'card', presented } });
  const filled: VisitorScreen = {
    ...screen,
    who: { by: 'card', presented },
    ...{ reason: known?.lastReason ?? null, host: known?.lastHost ?? null, type: rememberedType(presented) },
  };
  return show(s, nextAsked(filled));
}

export function onPresented(session: Session, presented: Presented, now: number): Step {
  if (presented.id === session.lastPresented) return onRecognised(session, presented, now);
  const s: Session = { ...foldTest(session), hint: null, lastPresented: presented.id };
  const { screen } = s;
  if (workStops(s)) return refusedByAlarm(s, now);
  if (s.busy !== null) return wait(s, { kind: 'presented', presented, at: now });
  switch (screen.at) {
    case 'document':
    case 'pickupRefused':
      return command(s, { run: 'byDocument', presented: presented.id });
    case 'visitor':
      // The same card again: the choices stand, and the agent keeps the fresh reading for five more minutes.
      if (screen.who.by === 'card' && samePerson(screen.who.presented, presented)) {
        const { cardAgain: _laid, ...form } = screen;
        return show(s, { ...form, who: { by: 'card', presented } });
      }
      return wait(s, { kind: 'presented', presented, at: now });
    case 'onSite':
      if (samePerson(screen.presented, presented)) return show(s, { ...screen, presented });
      return wait(s, { kind: 'presented', presented, at: now });
    case 'collected':
      if (takenByThemselves(screen.verdict)) return openPresented(s, presented, now);
      return wait(s, { kind: 'presented', presented, at: now });
    case 'pickup':
    case 'giveBack':
    case 'forgotten':
    case 'turnedAway':
    case 'watchWait':
    case 'vehicles':
      return wait(s, { kind: 'presented', presented, at: now });
    case 'handedOver':
      return screen.until === null
        ? wait(s, { kind: 'presented', presented, at: now })
        : openPresented(s, presented, now);
    case 'idle':
    case 'typed':
    case 'admitted':
    case 'visits':
    case 'held':
    case 'shift':
    case 'signIn':
    case 'atPost':
    case 'permit':
    case 'more':
    case 'bookings':
    case 'bookingRefused':
    case 'keptVisits':
      return openPresented(s, presented, now);
    case 'booked':
      return openBooked(s, presented, screen.visit, now);
  }
}

const sameCard = (a: PickupVerdict, b: PickupVerdict) =>
  a.card !== null && a.card.last4 === b.card?.last4 && a.guardian?.id === b.guardian?.id;

export function onVerdict(session: Session, verdict: PickupVerdict, now: number): Step {
  const s: Session = { ...foldTest(session), hint: null };
  const { screen } = s;
  if (workStops(s)) return refusedByAlarm(s, now);
  if (s.busy !== null) return wait(s, { kind: 'verdict', verdict, at: now });
  const aside = asideFor(s, screen, now);
  if (aside) return openVerdict(aside, verdict);
  switch (screen.at) {
    case 'collected':
      if (sameCard(screen.verdict, verdict) || takenByThemselves(screen.verdict)) return openVerdict(s, verdict);
      return wait(s, { kind: 'verdict', verdict, at: now });
    case 'pickup':
    case 'pickupRefused':
      // After 不是 the same card must not turn the screen green again by itself.
      if (sameCard(screen.verdict, verdict) && !(screen.at === 'pickupRefused' && screen.reason === 'notThisPerson')) {
        return openVerdict(s, verdict);
      }
      return wait(s, { kind: 'verdict', verdict, at: now });
    case 'visitor':
    case 'typed':
    case 'onSite':
    case 'giveBack':
    case 'forgotten':
    case 'turnedAway':
    case 'watchWait':
    case 'vehicles':
      return wait(s, { kind: 'verdict', verdict, at: now });
    case 'handedOver':
      return screen.until === null ? wait(s, { kind: 'verdict', verdict, at: now }) : openVerdict(s, verdict);
    case 'idle':
    case 'admitted':
    case 'visits':
    case 'held':
    case 'document':
    case 'shift':
    case 'signIn':
    case 'atPost':
    case 'permit':
    case 'more':
    case 'booked':
    case 'bookings':
    case 'bookingRefused':
    case 'keptVisits':
      return openVerdict(s, verdict);
  }
}
