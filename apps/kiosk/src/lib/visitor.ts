/**
 * May he come in? Reason, host, security check, then 放行 or 拒绝. A person known from before is filled in and is asked
 * nothing twice; the host list opens by itself when the reason is chosen and nobody is named yet.
 */
import { type HostSearch, type RefusalReason, stillHeld, typesFor, usualType, type VisitView } from '@anyuan/contracts';
import { catalogues } from '@anyuan/ui/text';
import { leave, openVisitor } from './arrivals.ts';
import { bookingOf } from './booked.ts';
import { openVisits } from './desk.ts';
import { openGiveBack } from './give-back.ts';
import type { VisitorInput } from './inputs.ts';
import { askedAside } from './kept-visits.ts';
import { leavingBy } from './leaving.ts';
import {
  command,
  hinted,
  type Item,
  NEVER_HELD,
  type Session,
  type Step,
  show,
  stay,
  type VisitorPane,
  type VisitorScreen,
  type VisitsScreen,
  type Who,
} from './state.ts';
import { answerOf, identityOf, lacking, namesOf, nextAsked, onAsked, onDetails, withQuestion } from './visit-life.ts';
import { watchBlocks } from './watch.ts';

export const UNDO_MS = 10_000;
const MAX_LETTERS = 8;

export const nameOf = (who: Who): string => (who.by === 'card' ? who.presented.name : who.typed.name);

/** Records are the office's, and the office reads Chinese, whatever language the screen speaks. */
const itemNames = (items: Item[]): string[] => items.map((item) => catalogues.zh.kiosk.items.names[item]);

type HostsPane = Extract<VisitorPane, { pane: 'hosts' }>;
const searchOf = (pane: HostsPane): HostSearch => ({
  ...(pane.query === '' ? {} : { query: pane.query }),
  ...(pane.department === null ? {} : { department: pane.department }),
});
const sameSearch = (a: HostSearch, b: HostSearch) => a.query === b.query && a.department === b.department;

function search(s: Session, screen: VisitorScreen, pane: HostsPane): Step {
  const next = { ...pane, hosts: null };
  return show(s, { ...screen, pane: next }, { run: 'hosts', search: searchOf(next) });
}

const openHosts = (s: Session, screen: VisitorScreen): Step =>
  search(s, screen, { pane: 'hosts', query: '', department: null, departments: null, hosts: null });

function refuse(s: Session, screen: VisitorScreen, refusal: RefusalReason, items: string[]): Step {
  const reason = screen.reason === null ? {} : { reason: screen.reason };
  return command(s, { run: 'refuse', input: { ...identityOf(screen.who), ...reason, refusal, items } });
}

const heldItems = (screen: VisitorScreen): string[] =>
  screen.security?.result === 'held' ? screen.security.items : [];

/** Shows the screen after a choice, with the question that goes with it. */
function chose(s: Session, before: VisitorScreen, after: VisitorScreen): Step {
  const [screen, effects] = withQuestion(before, after);
  return show(s, screen, ...effects);
}

function admit(s: Session, screen: VisitorScreen, now: number): Step {
  const { reason, host, security, type, count, stay: minutes, certificate, work, override } = screen;
  if (
    lacking(screen) !== null ||
    watchBlocks(s) ||
    reason === null ||
    host === null ||
    security === null ||
    type === null
  )
    return stay(s);
  const question = answerOf(screen)?.question;
  const booking = bookingOf(screen);
  return command(s, {
    run: 'admit',
    input: {
      ...identityOf(screen.who),
      ...{ reason, type, host: host.id, security },
      party: { count, names: namesOf(screen.names, count) },
      ...(minutes === null ? {} : { until: new Date(now + minutes * 60_000).toISOString() }),
      ...(certificate === '' ? {} : { certificate }),
      ...(work === null ? {} : { work }),
      ...(question ? { question } : {}),
      ...(override === null ? {} : { override }),
      ...(booking ? { booking } : {}),
    },
  });
}

function onVisitor(s: Session, screen: VisitorScreen, input: VisitorInput, now: number): Step {
  const { pane } = screen;
  const main = { pane: 'main' } as const;
  switch (input.do) {
    case 'reason': {
      const type = screen.type !== null && typesFor(input.reason).includes(screen.type) ? screen.type : null;
      const kept = screen.reason !== null && type !== null ? type : usualType[input.reason];
      const chosen: VisitorScreen = { ...screen, reason: input.reason, type: kept };
      return chosen.host === null ? openHosts(s, chosen) : chose(s, screen, nextAsked(chosen));
    }
    case 'pickHost':
      return openHosts(s, screen);
    case 'letter':
      if (pane.pane !== 'hosts' || pane.query.length >= MAX_LETTERS) return stay(s);
      return search(s, screen, { ...pane, query: pane.query + input.letter, department: null });
    case 'eraseLetter':
      return pane.pane === 'hosts' ? search(s, screen, { ...pane, query: pane.query.slice(0, -1) }) : stay(s);
    case 'clearSearch':
      return pane.pane === 'hosts' ? search(s, screen, { ...pane, query: '', department: null }) : stay(s);
    case 'department':
      return pane.pane === 'hosts' ? search(s, screen, { ...pane, query: '', department: input.department }) : stay(s);
    case 'hosts':
      if (pane.pane !== 'hosts' || !sameSearch(searchOf(pane), input.search)) return stay(s);
      // Nobody else works there: the touch of the department has named the person.
      if (pane.department !== null && input.result.hosts.length === 1) {
        return chose(s, screen, nextAsked({ ...screen, host: input.result.hosts[0] ?? null, pane: main }));
      }
      return show(s, {
        ...screen,
        pane: { ...pane, departments: pane.departments ?? input.result.departments, hosts: input.result.hosts },
      });
    case 'host':
      return chose(s, screen, nextAsked({ ...screen, host: input.host, pane: main }));
    case 'clear':
      return show(s, { ...screen, security: { result: 'clear' }, pane: main });
    case 'found':
      return show(s, { ...screen, pane: { pane: 'items', items: [] } });
    case 'item':
      if (pane.pane !== 'items') return stay(s);
      return show(s, {
        ...screen,
        pane: {
          pane: 'items',
          items: pane.items.includes(input.item)
            ? pane.items.filter((item) => item !== input.item)
            : [...pane.items, input.item],
        },
      });
    case 'holdItems':
      if (pane.pane !== 'items' || pane.items.length === 0) return stay(s);
      if (pane.items.some((item) => NEVER_HELD.includes(item))) return stay(s);
      return show(s, { ...screen, security: { result: 'held', items: itemNames(pane.items) }, pane: main });
    case 'refuseItems':
      if (pane.pane !== 'items' || pane.items.length === 0) return stay(s);
      return refuse(s, screen, 'dangerousItems', itemNames(pane.items));
    case 'refusePane':
      // The host has said why already.
      if (lacking(screen) === 'declined') return refuse(s, screen, 'hostDeclined', heldItems(screen));
      return show(s, { ...screen, pane: { pane: 'refuse' } });
    case 'refuse':
      return refuse(s, screen, input.refusal, heldItems(screen));
    case 'admit':
      return admit(s, screen, now);
    case 'admitted':
      if (screen.host === null) return stay(s);
      return show(
        { ...s, busy: null, touchedAt: now },
        { at: 'admitted', result: input.result, name: nameOf(screen.who), host: screen.host, until: now + UNDO_MS },
        { run: 'sound', sound: 'yes' },
      );
    case 'alreadyIn': {
      const told = hinted(
        { ...s, busy: null, touchedAt: now },
        'alreadyIn',
        now,
        `${input.visit.name} ${input.visit.number}`,
        10_000,
      );
      const heard = { run: 'sound', sound: 'look' } as const;
      if (screen.who.by === 'word') return openVisits(told, 'onSite', input.visit.visit);
      const { presented } = screen.who;
      return show(told, { at: 'onSite', visit: input.visit, presented, leaving: null }, heard);
    }
    case 'refused':
      return show(
        { ...s, busy: null },
        {
          at: 'turnedAway',
          name: nameOf(screen.who),
          refusal: input.refusal,
          items: input.items,
          synced: input.synced,
        },
        { run: 'sound', sound: 'no' },
      );
    case 'asked':
      return stay(s);
    case 'askAgain':
      return chose(s, { ...screen, question: { state: 'none' } }, screen);
    case 'undo':
    case 'undone':
    case 'signOut':
    case 'leaving':
    case 'signedOut':
    case 'registerAgain':
      return stay(s);
    default: {
      const next = onDetails(screen, input);
      return next ? chose(s, screen, next) : stay(s);
    }
  }
}

/** Whoever has things here is asked for them first. */
function signOut(s: Session, visit: VisitView, count: number | null): Step {
  const all = count === null || count >= visit.party.count - visit.gone;
  if (all && stillHeld(visit.held)) return openGiveBack(s, visit, { count });
  return command(s, { run: 'signOut', visit: visit.visit, ...(count === null ? {} : { count }) });
}

const chosenOf = ({ visits, chosen }: VisitsScreen): VisitView | undefined => visits?.find((v) => v.visit === chosen);

export function visitorStep(s: Session, input: VisitorInput, now: number): Step {
  const { screen } = s;
  if (input.do === 'asked') {
    const aside = askedAside(s, input);
    if (aside) return aside;
    const [next, effects] = onAsked(screen.at === 'visitor' ? screen : null, input);
    return next ? show({ ...s, touchedAt: now }, next, ...effects) : [s, effects];
  }
  if (screen.at === 'visitor') return onVisitor(s, screen, input, now);
  switch (input.do) {
    case 'undo':
      return screen.at === 'admitted' ? command(s, { run: 'undo', visit: screen.result.visit }) : stay(s);
    case 'undone':
      if (screen.at !== 'admitted') return stay({ ...s, busy: null });
      return leave(hinted({ ...s, busy: null }, 'undone', now, screen.name), now);
    case 'leaving': {
      if (screen.at !== 'visits' && screen.at !== 'onSite') return stay(s);
      const visit = screen.at === 'onSite' ? screen.visit : chosenOf(screen);
      return show(s, { ...screen, leaving: leavingBy(visit, screen.leaving, input.by) });
    }
    case 'signOut':
      if (screen.at === 'onSite') return signOut(s, screen.visit, screen.leaving);
      if (screen.at === 'visits') {
        const visit = chosenOf(screen);
        return visit ? signOut(s, visit, screen.leaving) : stay(s);
      }
      return stay(s);
    case 'signedOut': {
      const free: Session = { ...s, busy: null };
      if (screen.at === 'giveBack') return leave(hinted(free, 'signedOut', now, screen.visit.name), now);
      if (screen.at !== 'visits' && screen.at !== 'onSite') return stay(free);
      const signedOut =
        screen.at === 'onSite' ? screen.visit : screen.visits?.find((visit) => visit.visit === input.visit);
      const name = signedOut?.name ?? '';
      return leave(hinted(free, screen.leaving === null ? 'signedOut' : 'someSignedOut', now, name), now);
    }
    case 'registerAgain':
      return screen.at === 'onSite' ? openVisitor(s, screen.presented) : stay(s);
    case 'admitted':
    case 'alreadyIn':
    case 'refused':
      return stay({ ...s, busy: null });
    default:
      return stay(s);
  }
}
