/**
 * A guard's shift at the kiosk (A4, E5): who takes it, what is checked at its beginning, and what one guard hands to the next.
 * A card that is tapped only chooses who it is; the PIN signs. Each answer of the checklist goes out by itself, so a visitor who
 * comes in between takes nothing away.
 */
import type {
  CheckNote,
  DutyCell,
  EquipmentKind,
  EquipmentWanted,
  HandoverNote,
  HandoverShown,
  PersonRef,
  ShiftCheck,
  ShiftCheckKind,
  Unplanned,
} from '@anyuan/contracts';
import { leave } from './arrivals.ts';
import type { Effect } from './effects.ts';
import { command, hinted, type Session, type Step, show, stay } from './state.ts';

export const PIN_MAX = 8;
export const PIN_MIN = 4;

export interface ShiftGuard extends PersonRef {
  planned: { id: string; from: string; to: string } | null;
  notInDate: boolean;
}
export interface ShiftBoardHere {
  duty: { guard: PersonRef; since: string } | null;
  /** Who is expected at this hour stands first. */
  guards: ShiftGuard[];
  asOf: string | null;
  shown: HandoverShown;
  hash: string;
  names: Record<string, string>;
  checks: { check: ShiftCheckKind; seen: ShiftCheck['seen']; ok: boolean | null }[];
  lastTest: string | null;
  wanted: EquipmentWanted | null;
  today: {
    duty: DutyCell[];
    posts: {
      post: string;
      name: string;
      place: string;
      from: string;
      to: string;
      people: { name: string; came: boolean }[];
    }[];
  };
}
type PinRefused = { ok: false; reason: 'wrongPin'; left: number } | { ok: false; reason: 'tooMany'; waitMs: number };
export type ShiftAnswer =
  | { ok: true }
  | (PinRefused & { who?: 'outgoing' | 'incoming' })
  | { ok: false; reason: 'needsReason' | 'changed' | 'samePerson' };
export interface Taking {
  guard: string;
  pin: string;
  reason: Unplanned | null;
}
export interface Leaving {
  outPin: string;
  notes: HandoverNote[];
  hash: string;
}
export interface ShiftClient {
  board(): Promise<ShiftBoardHere>;
  begin(input: Taking & { byCard: boolean }): Promise<ShiftAnswer>;
  /** Of the guard on duty. */
  prove(pin: string): Promise<ShiftAnswer>;
  pass(input: Taking & Leaving): Promise<ShiftAnswer>;
  leave(input: Leaving): Promise<ShiftAnswer>;
  check(check: ShiftCheck): Promise<void>;
  count(counts: Partial<Record<EquipmentKind, number>>): Promise<{ short: number }>;
}

export type ShiftPane = 'left' | 'outgoing' | 'who' | 'checks' | 'problem' | 'count' | 'today';
export interface ShiftScreen {
  at: 'shift';
  pane: ShiftPane;
  board: ShiftBoardHere | null;
  guard: ShiftGuard | null;
  reason: Unplanned | null;
  pin: string;
  /** The outgoing guard's, while the incoming one signs. */
  outPin: string;
  leaving: boolean;
  wrong: ({ left: number } | { until: number }) | null;
  /** Whose PIN it was that did not hold, when two had signed. */
  whose: 'outgoing' | 'incoming' | null;
  changed: boolean;
  notes: HandoverNote[];
  /** Whose card was tapped: he still needs his PIN. */
  wanted: PersonRef | null;
  byCard: boolean;
  problem: ShiftCheckKind | null;
  problemNotes: CheckNote[];
  counts: Partial<Record<EquipmentKind, number>>;
}

export type ShiftInput = { flow: 'shift' } & (
  | { do: 'open'; pane: ShiftPane | null }
  | { do: 'board'; board: ShiftBoardHere }
  | { do: 'pane'; pane: ShiftPane }
  | { do: 'guard'; guard: ShiftGuard }
  | { do: 'reason'; reason: Unplanned }
  | { do: 'note'; note: HandoverNote }
  | { do: 'key'; key: string }
  | { do: 'eraseKey' }
  | { do: 'leave' }
  | { do: 'sign' }
  | { do: 'proved'; answer: ShiftAnswer }
  | { do: 'answered'; answer: ShiftAnswer }
  | { do: 'check'; check: ShiftCheckKind; ok: boolean }
  | { do: 'problemNote'; note: CheckNote }
  | { do: 'problemDone' }
  | { do: 'count'; kind: EquipmentKind; by: 1 | -1 }
  | { do: 'countDone' }
  | { do: 'checked' }
  | { do: 'play' }
  | { do: 'test' }
  | { do: 'done' }
);

export type ShiftEffect =
  | { run: 'shiftBoard' }
  | { run: 'beginShift'; input: Taking & { byCard: boolean } }
  | { run: 'proveShift'; pin: string }
  | { run: 'passShift'; input: Taking & Leaving }
  | { run: 'leaveShift'; input: Leaving }
  | { run: 'checkShift'; check: ShiftCheck }
  | { run: 'countEquipment'; counts: Partial<Record<EquipmentKind, number>> };

const EMPTY: Omit<ShiftScreen, 'pane' | 'wanted'> = {
  ...{ at: 'shift', board: null, guard: null, reason: null, pin: '', outPin: '', leaving: false, wrong: null },
  ...{ whose: null, changed: false, notes: [], byCard: false, problem: null, problemNotes: [], counts: {} },
};

/** @param pane null: to whom it hands over, or who takes it when nobody is there */
export const openShift = (s: Session, wanted: PersonRef | null, pane: ShiftPane | null = null): Step =>
  show(
    s,
    { ...EMPTY, pane: pane ?? (s.status?.duty && !wanted ? 'left' : 'who'), wanted, byCard: wanted !== null },
    { run: 'shiftBoard' },
  );

const handsOver = ({ pane }: ShiftScreen): boolean => pane === 'left' || pane === 'outgoing' || pane === 'who';

/** A staff card: whoever takes over says so by it, in the middle of a handover too. */
export function onShiftCard(s: Session, person: PersonRef): Step {
  const { screen } = s;
  // His own card once more, while he hands over: what was chosen stays.
  if (screen.at === 'shift' && screen.board?.duty?.guard.id === person.id && handsOver(screen)) return stay(s);
  const guard =
    screen.at === 'shift' && screen.pane === 'who' && screen.board?.guards.find(({ id }) => id === person.id);
  if (screen.at !== 'shift' || !guard) return openShift(s, person);
  return show(s, { ...screen, guard, reason: null, pin: '', byCard: true });
}

/** The agent takes no PIN for the moment. */
export const padClosed = ({ wrong }: ShiftScreen, now: number): boolean =>
  wrong !== null && 'until' in wrong && now < wrong.until;
/** Nothing of a person stands there, and the guard has to walk: it is not wiped. */
export const shiftStays = ({ pane }: ShiftScreen): boolean =>
  pane === 'checks' || pane === 'problem' || pane === 'count';
/** Between two: the one on duty must have signed first. */
const hasOutgoing = (screen: ShiftScreen): boolean => screen.board?.duty != null;
export const needsReason = ({ guard, reason }: ShiftScreen): boolean =>
  guard !== null && guard.planned === null && reason === null;

/** One step back; undefined: out of the shift. */
export function shiftBack(screen: ShiftScreen): ShiftScreen | undefined {
  const clean = { ...screen, pin: '', wrong: null, changed: false };
  switch (screen.pane) {
    case 'outgoing':
      return { ...clean, pane: 'left', outPin: '', leaving: false };
    case 'who':
      if (screen.guard !== null) return { ...clean, guard: null, reason: null };
      return hasOutgoing(screen) ? { ...clean, pane: 'left', outPin: '' } : undefined;
    case 'problem':
    case 'count':
      return { ...clean, pane: 'checks' };
    case 'left':
    case 'checks':
    case 'today':
      return undefined;
  }
}

const toggled = <T>(list: readonly T[], one: T): T[] =>
  list.includes(one) ? list.filter((other) => other !== one) : [...list, one];

/** 一切正常 beside what is not well would be signed by two. */
const NOT_WELL: readonly HandoverNote[] = ['parentUpset', 'childWaits', 'deviceWatch', 'roadBlocked'];
function noted(notes: readonly HandoverNote[], note: HandoverNote): HandoverNote[] {
  const against = note === 'allQuiet' ? NOT_WELL : NOT_WELL.includes(note) ? ['allQuiet'] : [];
  return toggled(notes, note).filter((one) => !against.includes(one));
}

function onBoard(s: Session, screen: ShiftScreen, board: ShiftBoardHere, now: number): Step {
  const wanted = screen.wanted && board.guards.find(({ id }) => id === screen.wanted?.id);
  if (screen.wanted && !wanted) return leave(hinted(s, 'staffCard', now, screen.wanted.name), now);
  // The guard on duty tapped his own card, or somebody else did while he is on duty: it begins with what is handed over.
  if (wanted && board.duty) return show(s, { ...screen, board, pane: 'left', wanted: null, byCard: false });
  return show(s, { ...screen, board, guard: wanted ?? screen.guard, wanted: null });
}

function onAnswer(s: Session, screen: ShiftScreen, answer: ShiftAnswer, now: number): Step {
  const free: Session = { ...s, busy: null };
  const look: Effect = { run: 'sound', sound: 'look' };
  if (answer.ok) {
    if (screen.leaving) return leave(free, now);
    return show(free, { ...EMPTY, pane: 'checks', wanted: null }, { run: 'shiftBoard' });
  }
  if (answer.reason === 'wrongPin' || answer.reason === 'tooMany') {
    const wrong = answer.reason === 'tooMany' ? { until: now + answer.waitMs } : { left: answer.left };
    const whose = answer.who ?? null;
    const back = whose === 'outgoing' ? { pane: 'outgoing' as const, outPin: '' } : {};
    return show(free, { ...screen, ...back, pin: '', wrong, whose }, look);
  }
  // Something came or went between the two signatures: both look again, and sign again.
  const changed = answer.reason === 'changed';
  const again = changed ? { pane: 'left' as const, outPin: '', guard: null } : {};
  return show(free, { ...screen, ...again, pin: '', wrong: null, changed }, look, { run: 'shiftBoard' });
}

function onProved(s: Session, screen: ShiftScreen, answer: ShiftAnswer, now: number): Step {
  if (!answer.ok) return onAnswer(s, screen, answer, now);
  const free: Session = { ...s, busy: null };
  if (screen.pane !== 'outgoing') return stay(free);
  return show(free, { ...screen, pane: 'who', outPin: screen.pin, pin: '', wrong: null, whose: null });
}

function onSign(s: Session, screen: ShiftScreen): Step {
  const { board, guard, pin, reason, outPin, notes, leaving, pane } = screen;
  if (pin.length < PIN_MIN || board === null) return stay(s);
  if (pane === 'outgoing') {
    if (!leaving) return command(s, { run: 'proveShift', pin });
    return command(s, { run: 'leaveShift', input: { outPin: pin, notes, hash: board.hash } });
  }
  if (guard === null || needsReason(screen)) return stay(s);
  const taking: Taking = { guard: guard.id, pin, reason: guard.planned ? null : reason };
  if (board.duty === null) return command(s, { run: 'beginShift', input: { ...taking, byCard: screen.byCard } });
  return command(s, { run: 'passShift', input: { ...taking, outPin, notes, hash: board.hash } });
}

function onChecks(s: Session, screen: ShiftScreen, input: ShiftInput): Step {
  switch (input.do) {
    case 'check': {
      if (!input.ok) return show(s, { ...screen, pane: 'problem', problem: input.check, problemNotes: [] });
      const check: ShiftCheck = { check: input.check, ok: true, seen: 'guard', notes: [] };
      return [s, [{ run: 'checkShift', check }]];
    }
    case 'problemNote':
      return show(s, { ...screen, problemNotes: toggled(screen.problemNotes, input.note) });
    case 'problemDone': {
      if (screen.problem === null) return stay(s);
      const check: ShiftCheck = { check: screen.problem, ok: false, seen: 'guard', notes: screen.problemNotes };
      return show(s, { ...screen, pane: 'checks' }, { run: 'checkShift', check });
    }
    case 'count': {
      const wanted = screen.board?.wanted?.find(({ kind }) => kind === input.kind)?.needed ?? 0;
      const next = Math.min(999, Math.max(0, (screen.counts[input.kind] ?? wanted) + input.by));
      return show(s, { ...screen, counts: { ...screen.counts, [input.kind]: next } });
    }
    case 'countDone': {
      const wanted = Object.fromEntries((screen.board?.wanted ?? []).map(({ kind, needed }) => [kind, needed]));
      return show(s, { ...screen, pane: 'checks' }, { run: 'countEquipment', counts: { ...wanted, ...screen.counts } });
    }
    case 'checked':
      return [s, [{ run: 'shiftBoard' }]];
    case 'play':
      return [s, [{ run: 'sound', sound: 'yes' }]];
    case 'test':
      return [s, [{ run: 'press', input: { mode: 'test', action: 'hold' } }]];
    default:
      return stay(s);
  }
}

export function shiftStep(s: Session, input: ShiftInput, now: number): Step {
  if (input.do === 'open') return openShift(s, null, input.pane);
  const { screen } = s;
  if (screen.at !== 'shift')
    return input.do === 'answered' || input.do === 'proved' ? stay({ ...s, busy: null }) : stay(s);
  switch (input.do) {
    case 'board':
      return onBoard(s, screen, input.board, now);
    case 'pane':
      return show(s, { ...screen, pane: input.pane, pin: '', wrong: null, changed: false, leaving: false });
    case 'leave':
      return show(s, { ...screen, pane: 'outgoing', leaving: true, pin: '', wrong: null });
    case 'guard': {
      const wrong = padClosed(screen, now) ? screen.wrong : null;
      return show(s, { ...screen, guard: input.guard, reason: null, pin: '', wrong, byCard: false });
    }
    case 'reason':
      return show(s, { ...screen, reason: input.reason });
    case 'note':
      return show(s, { ...screen, notes: noted(screen.notes, input.note) });
    case 'key':
      if (screen.pin.length >= PIN_MAX || padClosed(screen, now)) return stay(s);
      return show(s, { ...screen, pin: screen.pin + input.key, wrong: null });
    case 'eraseKey':
      return padClosed(screen, now) ? stay(s) : show(s, { ...screen, pin: screen.pin.slice(0, -1), wrong: null });
    case 'sign':
      return onSign(s, screen);
    case 'proved':
      return onProved(s, screen, input.answer, now);
    case 'answered':
      return onAnswer(s, screen, input.answer, now);
    case 'done':
      return leave(s, now);
    default:
      return onChecks(s, screen, input);
  }
}
