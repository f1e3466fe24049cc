/**
 * What the guard does without a card on the reader: types a name, signs a visitor out by number or from the list, and the rare things behind 更多. A visit is signed out by a person's touch only, never by itself.
 */
import { dueAt, type VisitView } from '@anyuan/contracts';
import type { TypedIdentity } from './agent-client.ts';
import { leave } from './arrivals.ts';
import { bookedVisitor } from './booked.ts';
import type { Effect } from './effects.ts';
import { freshVisit } from './fresh-visit.ts';
import { openShift } from './handover.ts';
import { checkIdNumber, phoneHolds } from './id-number.ts';
import type { DeskInput } from './inputs.ts';
import {
  type AtPost,
  command,
  hinted,
  type Session,
  type Step,
  show,
  stay,
  type TypedScreen,
  type VisitsScreen,
} from './state.ts';
import { checkTyped } from './watch.ts';

export const VISITS_A_PAGE = 3;
const NUMBER_DIGITS = 3;

export function typedLacks(screen: TypedScreen, now: number): 'name' | 'number' | null {
  if (screen.name.trim() === '') return 'name';
  const idHolds = checkIdNumber(screen.idNumber, now).state === 'ok';
  const numbersHold =
    (screen.idNumber === '' || idHolds) &&
    (screen.phone === '' || phoneHolds(screen.phone)) &&
    (idHolds || screen.phone !== '');
  return numbersHold ? null : 'number';
}

/** A mobile number under 证件号码. It may yet become an ID number of Hebei, so a person decides. */
export const looksLikePhone = (screen: TypedScreen): boolean =>
  screen.kind === 'idNumber' && phoneHolds(screen.idNumber);

function onTyped(s: Session, screen: TypedScreen, input: DeskInput, now: number): Step {
  switch (input.do) {
    case 'name':
      return show(s, { ...screen, name: input.name });
    case 'sex':
      return show(s, { ...screen, sex: input.sex });
    case 'numberKind': {
      // Typed into the wrong field: the digits go along.
      const moves = input.kind === 'phone' && screen.phone === '' && looksLikePhone(screen);
      return show(s, { ...screen, kind: input.kind, ...(moves ? { idNumber: '', phone: screen.idNumber } : {}) });
    }
    case 'key': {
      const text = screen[screen.kind] + input.key;
      const fits = screen.kind === 'phone' ? /^\d{1,11}$/ : /^(\d{1,17}|\d{17}[\dX])$/;
      if (!fits.test(text)) return stay(s);
      const check = screen.kind === 'idNumber' ? checkIdNumber(text, now) : null;
      return show(s, { ...screen, [screen.kind]: text, ...(check?.state === 'ok' ? { sex: check.sex } : {}) });
    }
    case 'eraseKey':
      return show(s, { ...screen, [screen.kind]: screen[screen.kind].slice(0, -1) });
    case 'typedDone':
      if (typedLacks(screen, now) !== null) return stay(s);
      return openTyped(s, screen);
    default:
      return stay(s);
  }
}

function openTyped(s: Session, { name, sex, idNumber, phone, booked }: TypedScreen): Step {
  const typed: TypedIdentity = {
    ...{ name: name.trim(), sex },
    ...(idNumber === '' ? {} : { idNumber }),
    ...(phone === '' ? {} : { phone }),
  };
  const who = { by: 'word', typed } as const;
  return checkTyped(show(s, booked ? bookedVisitor(who, booked) : freshVisit(who)), typed);
}

const runningNumber = (visit: VisitView): string => /(\d+)\D*$/.exec(visit.number)?.[1] ?? '';

/** The visits that fit what was typed, in the order of the screen. A number is looked for among all of them. */
export function fitting(screen: VisitsScreen, now: number): VisitView[] {
  const onlyOverdue = screen.sort === 'overdue' && screen.digits === '';
  const visits = (screen.visits ?? []).filter((v) => runningNumber(v).endsWith(screen.digits));
  if (screen.sort === 'overdue')
    return visits.filter((v) => !onlyOverdue || now > dueAt(v)).sort((a, b) => dueAt(a) - dueAt(b));
  const oldestFirst = (a: VisitView, b: VisitView) => a.admittedAt.localeCompare(b.admittedAt);
  return visits.sort(
    screen.sort === 'longest' || screen.sort === 'leftOver' ? oldestFirst : (a, b) => oldestFirst(b, a),
  );
}

function onVisits(s: Session, screen: VisitsScreen, input: DeskInput, now: number): Step {
  switch (input.do) {
    case 'visitsLoaded': {
      const wanted = screen.wanted === null ? null : input.visits.find((v) => v.visit === screen.wanted);
      if (wanted === undefined) {
        return leave(hinted(s, 'noVisit', now), now);
      }
      const chosen = wanted?.visit ?? (input.visits.some((v) => v.visit === screen.chosen) ? screen.chosen : null);
      return show(s, { ...screen, visits: input.visits, chosen, wanted: null });
    }
    case 'key':
    case 'eraseKey': {
      const typed = input.do === 'key' ? screen.digits + input.key : screen.digits.slice(0, -1);
      if (typed.length > NUMBER_DIGITS) return stay(s);
      const next: VisitsScreen = { ...screen, digits: typed, page: 0, chosen: null };
      const [only, ...others] = fitting(next, now);
      const sure = typed.length === NUMBER_DIGITS && only !== undefined && others.length === 0;
      return show(s, sure ? { ...next, chosen: only.visit } : next);
    }
    case 'page': {
      const pages = Math.max(1, Math.ceil(fitting(screen, now).length / VISITS_A_PAGE));
      return show(s, { ...screen, page: Math.min(pages - 1, Math.max(0, screen.page + input.by)) });
    }
    case 'chooseVisit':
      return show(s, { ...screen, chosen: input.visit, leaving: null });
    default:
      return stay(s);
  }
}

export const openVisits = (s: Session, sort: VisitsScreen['sort'], wanted: string | null): Step =>
  show(
    s,
    { at: 'visits', sort, visits: null, digits: '', page: 0, chosen: null, leaving: null, wanted },
    { run: 'onSite' },
  );

const AT_POST_MS = 8_000;
const AT_POST = {
  recorded: ['yes', 'atPostYes'],
  kept: ['yes', 'atPostYes'],
  already: ['look', 'atPostAgain'],
  changed: ['no', 'atPostNot'],
} as const;

/** A staff card of somebody whose post is here: large while nobody is served, else a word in passing. */
export function onAtPost(s: Session, said: AtPost, now: number): Step {
  const [sound, key] = AT_POST[said.result];
  const heard: Effect = { run: 'sound', sound };
  if (s.busy === null && (s.screen.at === 'idle' || s.screen.at === 'atPost')) {
    return show({ ...s, touchedAt: now, hint: null }, { at: 'atPost', said, until: now + AT_POST_MS }, heard);
  }
  const [next, effects] = s.busy === null && s.screen.at === 'shift' ? openShift(s, said.person) : stay(s);
  return [hinted(next, key, now, said.person.name), [...effects, heard]];
}

export function deskStep(s: Session, input: DeskInput, now: number): Step {
  const { screen } = s;
  switch (input.do) {
    case 'typed':
      return show(s, { at: 'typed', name: '', sex: 'unknown', kind: 'idNumber', idNumber: '', phone: '' });
    case 'visits':
      return openVisits(s, input.sort, null);
    case 'more':
      return show(s, { at: 'more', pane: input.pane, mode: 'test', kind: 'intrusion', action: null });
    case 'drill':
      return screen.at === 'more' ? show(s, { ...screen, ...input.change }) : stay(s);
    case 'signIn':
      return show(s, { at: 'signIn', sessions: null, last: null }, { run: 'sessions' });
    case 'sessions':
      return screen.at === 'signIn' ? show(s, { ...screen, sessions: input.sessions }) : stay(s);
    case 'beginSignIn':
      return command(s, { run: 'beginSignIn', session: input.session });
    case 'endSignIn':
      return command(s, { run: 'endSignIn' });
    case 'signInBegun':
      return stay({ ...s, busy: null });
    case 'signInEnded':
      return screen.at === 'signIn' ? leave({ ...s, busy: null }, now) : stay({ ...s, busy: null });
    default:
      if (screen.at === 'typed') return onTyped(s, screen, input, now);
      return screen.at === 'visits' ? onVisits(s, screen, input, now) : stay(s);
  }
}
