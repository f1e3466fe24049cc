/**
 * The gate's screen as one pure state machine: what came in, and what is to be asked or sounded for it. It reads no clock and
 * touches no network; `kiosk.svelte.ts` runs the effects and brings their answers back as inputs.
 *
 * Time: screens with a person's data ask 还在吗 after 20 s without a touch and are wiped after 30 s; a refusal, a conflict, a
 * child that somebody else has taken and an alarm never are. The agent counts as away 3 s after its stream was cut; until then the last picture stands.
 */
import type { KioskEvent } from '@anyuan/contracts';
import { alarmStep, focused, onAlarms, onStaffCard } from './alarm.ts';
import {
  busyWord,
  isRefused,
  leave,
  onPresented,
  onVerdict,
  openPresented,
  openVerdict,
  WAITING_MS,
} from './arrivals.ts';
import { admittedUntil, badgeStep, onBadge } from './badge.ts';
import { bookingStep, onBookingVerdict } from './booking.ts';
import { deskStep, onAtPost, openVisits } from './desk.ts';
import { foldForgotten, forgottenBack, forgottenStep, settleForgotten } from './forgotten.ts';
import { giveBackStep } from './give-back.ts';
import { onShiftCard, shiftBack, shiftStays, shiftStep } from './handover.ts';
import type { CoreInput, Input } from './inputs.ts';
import { answeredAside, foldKept, keptVisitsStep, settleKept } from './kept-visits.ts';
import { foldPeak, peakStep, withoutWaiting } from './peak.ts';
import { onPermit } from './permits.ts';
import { pickupStep } from './pickup.ts';
import {
  alarmOn,
  foldTest,
  type HintKey,
  hinted,
  IDLE,
  type Screen,
  type Session,
  type Step,
  show,
  stay,
  takenByThemselves,
  workStops,
} from './state.ts';
import { vehicleBack, vehicleStep } from './vehicles.ts';
import { onHostQuestion, settleQuestion, waitsForHost } from './visit-life.ts';
import { visitorStep } from './visitor.ts';
import { foldWatch, onWatch, watchBlocks, watchStep } from './watch.ts';

const ASK_MS = 20_000;
export const WIPE_MS = 30_000;
const AWAY_MS = 3_000;
/** Host, deputy and duty leader have a minute each before a screen that waits for them counts as forgotten. */
const HOST_MS = 180_000;
/** What a card at the reader came to while the guard is at something else. */
const SAID = { yes: 'attendedYes', look: 'attendedAgain', no: 'attendedNot' } as const;
const READING_MS = 3_000;
/** What could not be read or found: no longer true once something else was. */
const COMPLAINTS: readonly HintKey[] = ['code', 'document', 'unsupported', 'noVisit'];
const READ: readonly KioskEvent['type'][] = [
  ...(['presented', 'verdict', 'booking', 'visitCode'] as const),
  ...(['permit', 'staffCard', 'attended', 'atPost'] as const),
];
const withoutComplaint = (s: Session, event: KioskEvent): Session =>
  s.hint !== null && READ.includes(event.type) && COMPLAINTS.includes(s.hint.key) ? { ...s, hint: null } : s;

/** Nobody is being served: what was said of a card at a post is read in passing. */
const isFree = (screen: Screen): boolean => screen.at === 'idle' || screen.at === 'atPost' || screen.at === 'permit';

/** @param taking attendance is taken at this gate: its screen stands until that is over */
function timesOut(screen: Screen, taking: boolean): boolean {
  switch (screen.at) {
    case 'idle':
    case 'turnedAway':
    case 'pickupRefused':
    case 'admitted':
    case 'handedOver':
    case 'atPost':
    case 'watchWait':
    case 'permit':
      return false;
    case 'collected':
      return takenByThemselves(screen.verdict);
    case 'signIn':
      return !taking;
    case 'shift':
      return !shiftStays(screen);
    case 'visitor':
    case 'booked':
    case 'bookingRefused':
    case 'bookings':
    case 'giveBack':
    case 'held':
    case 'keptVisits':
    case 'typed':
    case 'onSite':
    case 'visits':
    case 'pickup':
    case 'document':
    case 'more':
    case 'vehicles':
    case 'forgotten':
      return true;
  }
}

/** What lies beside the screen and names somebody: colleagues' numbers on the telephone sheet, the last card of a training. */
function forgetAside(s: Session, now: number): Session {
  if (now - s.touchedAt < WIPE_MS) return s;
  const { screen, help } = s;
  const free = screen.at === 'signIn' && screen.last !== null ? { ...s, screen: { ...screen, last: null } } : s;
  if (screen.at !== 'idle' || (!help.open && help.contacts === null)) return free;
  return { ...free, help: { open: false, wanted: null, contacts: null } };
}

function onTick(session: Session, now: number): Step {
  let s = foldWatch(session, now);
  if ((s.link === 'starting' || s.link === 'cut') && now - s.linkSince >= AWAY_MS) {
    s = { ...s, link: 'away', screen: IDLE, waiting: null, asking: false, busy: null, hint: null };
    s = { ...s, keptVisits: [], peak: { ...s.peak, aside: null, queue: [] } };
  }
  if (s.hint && now >= s.hint.until) s = { ...s, hint: null };
  if (s.waiting && now - s.waiting.at > WAITING_MS && !isRefused(s.waiting)) s = { ...s, waiting: null };
  s = foldPeak(s, now, (one) => now - one.at > WAITING_MS && !isRefused(one));
  if (s.screen.at === 'idle' && s.waiting === null && s.watch.notices.length > 0 && now - s.touchedAt >= WIPE_MS) {
    s = { ...s, watch: { notices: [], open: null } };
  }
  if (workStops(s)) return stay(s);
  if (alarmOn(s)) return stay(now - s.touchedAt >= WIPE_MS ? foldTest(s) : s);
  s = forgetAside(s, now);
  const { screen } = s;
  if (
    (screen.at === 'admitted' || screen.at === 'handedOver' || screen.at === 'atPost' || screen.at === 'permit') &&
    screen.until !== null
  ) {
    const until = screen.at === 'admitted' ? admittedUntil(s, screen) : screen.until;
    return now >= until && s.busy === null ? leave(s, now) : stay(s);
  }
  if (s.busy !== null || watchBlocks(s) || !timesOut(screen, s.status?.attendance != null)) return stay(s);
  const patience = screen.at === 'visitor' && waitsForHost(screen) ? HOST_MS : 0;
  const still = now - s.touchedAt - patience;
  if (still >= WIPE_MS) return leave(s, now);
  return stay(still >= ASK_MS ? { ...s, asking: true } : s);
}

function onEvent(session: Session, event: KioskEvent, now: number): Step {
  const s = withoutComplaint(foldForgotten(session, event), event);
  const touched: Session = { ...s, touchedAt: now, asking: false };
  switch (event.type) {
    case 'status': {
      const changed = s.status?.counts.onSite !== event.status.counts.onSite;
      const reload = changed && s.screen.at === 'visits' && s.screen.visits !== null;
      const next: Session = { ...s, status: event.status };
      const over = s.status?.attendance != null && event.status.attendance === null;
      if (over && s.screen.at === 'signIn' && s.busy === null) return leave(next, now);
      return [next, reload ? [{ run: 'onSite' }] : []];
    }
    case 'watch':
      return onWatch(s, event.notice);
    case 'alarms':
      return onAlarms(s, event.incidents, now);
    case 'reading':
      return stay(alarmOn(s) ? s : hinted(s, 'reading', now, '', READING_MS));
    case 'presented':
      return onPresented(touched, event.presented, now);
    case 'verdict':
      return onVerdict(touched, event.verdict, now);
    case 'hostQuestion': {
      if (s.screen.at !== 'visitor') return answeredAside(s, event.question);
      const [screen, effects] = onHostQuestion(s.screen, event.question);
      if (screen === s.screen) return answeredAside(s, event.question);
      return effects.length > 0 ? show(touched, screen, ...effects) : show(s, screen);
    }
    case 'documentRefused': {
      const key = event.reason === 'unsupported' ? 'unsupported' : 'document';
      return [hinted(s, key, now, '', 10_000), [{ run: 'sound', sound: 'look' }]];
    }
    case 'booking':
      return onBookingVerdict(touched, event.verdict, now);
    case 'code':
      return [hinted(s, 'code', now), [{ run: 'sound', sound: 'look' }]];
    case 'notKept':
      return [hinted(s, 'notKept', now, '', 20_000), [{ run: 'sound', sound: 'no' }]];
    case 'staffCard':
      if (alarmOn(s)) return onStaffCard(s, event.tap, event.mayStandDown);
      if (s.busy !== null) return stay(s);
      if (isFree(s.screen) && event.mayStandDown && focused(s.alarm)?.view.status === 'open') {
        return onStaffCard({ ...touched, alarm: { ...s.alarm, opened: true } }, event.tap, true);
      }
      if (isFree(s.screen) || s.screen.at === 'shift') return onShiftCard(touched, event.person);
      return stay(hinted(s, 'staffCard', now, event.person.name));
    case 'attended': {
      const { result } = event;
      const sound = result === 'recorded' || result === 'kept' ? 'yes' : result === 'already' ? 'look' : 'no';
      if (alarmOn(s) || s.busy !== null) return stay(s);
      if (isFree(s.screen) || s.screen.at === 'signIn')
        return show(touched, { at: 'signIn', sessions: null, last: event }, { run: 'sound', sound });
      return [hinted(s, SAID[sound], now, event.name ?? ''), [{ run: 'sound', sound }]];
    }
    case 'atPost':
      return alarmOn(s) ? stay(s) : onAtPost(s, event, now);
    case 'permit':
      return onPermit(s, event, now);
    case 'badge':
      return onBadge(s, event, now);
    case 'visitCode':
      if (workStops(s)) return stay(hinted(s, busyWord(s), now));
      if (s.busy === null && (isFree(s.screen) || s.screen.at === 'visits' || s.screen.at === 'admitted')) {
        return openVisits(foldTest(touched), 'onSite', event.visit);
      }
      return stay(s);
  }
}

/** One step back: out of a pane first, then out of the screen. */
function onBack(s: Session, now: number): Step {
  const { screen } = s;
  if (alarmOn(s)) {
    if (s.alarm.pane.pane === 'main' && !workStops(s)) return stay(foldTest(s));
    return stay({ ...s, alarm: { ...s.alarm, pane: { pane: 'main' } } });
  }
  if (s.busy !== null) return stay(s);
  if (screen.at === 'visitor' && screen.pane.pane !== 'main') return show(s, { ...screen, pane: { pane: 'main' } });
  if (screen.at === 'giveBack' && screen.pane !== 'main') return show(s, { ...screen, pane: 'main' });
  if (screen.at === 'more' && screen.pane !== 'menu') return show(s, { ...screen, pane: 'menu' });
  const before = screen.at === 'vehicles' ? vehicleBack(screen) : undefined;
  if (before) return show(s, before);
  const names = screen.at === 'forgotten' ? forgottenBack(screen) : undefined;
  if (names) return show(s, names);
  const earlier = screen.at === 'shift' ? shiftBack(screen) : undefined;
  if (earlier) return show(s, earlier);
  return leave(s, now);
}

function coreStep(s: Session, input: CoreInput, now: number): Step {
  switch (input.do) {
    case 'event':
      return onEvent(s, input.event, now);
    case 'link': {
      const link = input.up ? 'up' : s.link === 'up' ? 'cut' : s.link;
      return stay(link === s.link ? s : { ...s, link, linkSince: now });
    }
    case 'tick': {
      const [folded, withdrawn] = foldKept(s, now);
      const [next, effects] = onTick(folded, now);
      return [next, [...withdrawn, ...effects]];
    }
    case 'touch':
      return stay({ ...s, touchedAt: now, asking: false });
    case 'back':
      return onBack(s, now);
    case 'restart':
      return s.busy === null
        ? leave({ ...s, waiting: null, peak: { ...s.peak, aside: null, queue: [] } }, now)
        : stay(s);
    case 'takeWaiting': {
      const { waiting } = s;
      if (waiting === null || s.busy !== null) return stay(s);
      const free: Session = { ...withoutWaiting(s), touchedAt: now };
      return waiting.kind === 'presented'
        ? openPresented(free, waiting.presented, now)
        : openVerdict(free, waiting.verdict);
    }
    case 'openHelp':
      return [{ ...s, help: { ...s.help, open: true, wanted: input.wanted } }, [{ run: 'help' }]];
    case 'closeHelp':
      return stay({ ...s, help: { ...s.help, open: false, wanted: null } });
    case 'contacts':
      return stay({ ...s, help: { ...s.help, contacts: input.contacts } });
    case 'failed':
      return onFailed(s, input);
    case 'dismissFailure':
      return stay({ ...s, failure: null });
  }
}

function onFailed(s: Session, input: CoreInput & { do: 'failed' }): Step {
  const free: Session = { ...s, busy: s.busy === input.during ? null : s.busy };
  // Sounds and the help sheet are no promise; the sheet says itself that nothing is there.
  if (input.during === 'sound' || input.during === 'help') return stay(free);
  const { pane } = free.alarm;
  const alarm =
    input.during === 'standDown' && pane.pane === 'tap'
      ? { ...free.alarm, pane: { ...pane, sending: false } }
      : free.alarm;
  return [{ ...free, alarm, failure: { during: input.during, code: input.code } }, [{ run: 'sound', sound: 'look' }]];
}

export const step = (s: Session, input: Input, now: number): Step =>
  settleForgotten(s, settleKept(s, input, settleQuestion(flowStep(s, input, now)), now));

function flowStep(s: Session, input: Input, now: number): Step {
  switch (input.flow) {
    case 'core':
      return coreStep(s, input, now);
    case 'visitor':
      return visitorStep(s, input, now);
    case 'keptVisits':
      return keptVisitsStep(s, input, now);
    case 'giveBack':
      return giveBackStep(s, input, now);
    case 'pickup':
      return pickupStep(s, input, now);
    case 'desk':
      return deskStep(s, input, now);
    case 'badge':
      return badgeStep(s, input);
    case 'alarm':
      return alarmStep(s, input, now);
    case 'shift':
      // Nobody is signed out silently: whoever is inside since before the closing is what the new guard sees first.
      if (input.do === 'done' && s.screen.at === 'shift' && (s.status?.counts.leftOver ?? 0) > 0)
        return openVisits(s, 'leftOver', null);
      return shiftStep(s, input, now);
    case 'watch':
      return watchStep(s, input);
    case 'peak':
      return peakStep(s, input, now);
    case 'forgotten':
      return forgottenStep(s, input, now);
    case 'vehicles':
      return vehicleStep(s, input, now);
    case 'booking':
      return bookingStep(s, input, now);
  }
}
