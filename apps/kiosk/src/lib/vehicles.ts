/**
 * A vehicle at the gate (A2): its plate from two or three touches of known signs, then in, out or back. The keypad knows which
 * sign comes next: province, letter, signs. Nothing is forbidden by it: what speaks against a vehicle is said, and the guard
 * who lets it in all the same gives a reason.
 */
import {
  type GoodsDelivery,
  type GuardReason,
  type Kept,
  normalPlate,
  type PassOutcome,
  PROVINCES,
  shownPlate,
  startOfSchoolDay,
  type VehicleAs,
  type VehicleDoubt,
  type VehicleFound,
  type VehicleInside,
} from '@anyuan/contracts';
import { leave } from './arrivals.ts';
import { command, hinted, type Session, type Step, show, stay } from './state.ts';

export interface VehicleBoard {
  regions: string[];
  inside: VehicleInside[];
  expected: (GoodsDelivery & { doubt: VehicleDoubt | null })[];
}
export interface VehicleMatches {
  matches: VehicleFound[];
  exact: VehicleFound | null;
}
export interface VehicleInput {
  plate: string;
  outcome: PassOutcome;
  by: VehicleAs;
  reason: GuardReason | null;
}
export interface VehicleClient {
  board(): Promise<VehicleBoard>;
  find(typed: string): Promise<VehicleMatches>;
  log(input: VehicleInput): Promise<Kept>;
}

/** `signs`: digits, of which a plate mostly consists; `rare`: the provinces and forces that one page has no room for. */
export type VehiclePad = 'province' | 'rare' | 'signs' | 'letters' | 'ends';
export interface VehicleScreen {
  at: 'vehicles';
  pane: 'plate' | 'act' | 'turn' | 'inside';
  pad: VehiclePad;
  plate: string;
  board: VehicleBoard | null;
  matches: VehicleFound[];
  exact: VehicleFound | null;
  chosen: VehicleFound | null;
  /** Why he lets it in although something speaks against it. */
  reason: GuardReason | null;
  /** Whose vehicle it is, when the keypad was opened from his visit. */
  visit: { visit: string; name: string } | null;
  page: number;
}

export type VehicleFlowInput = { flow: 'vehicles' } & (
  | { do: 'open'; visit: VehicleScreen['visit'] }
  | { do: 'board'; board: VehicleBoard }
  | { do: 'sign'; sign: string }
  | { do: 'erase' }
  | { do: 'region'; region: string }
  | { do: 'pad'; pad: VehiclePad }
  | ({ do: 'found'; typed: string } & VehicleMatches)
  | { do: 'choose'; found: VehicleFound }
  | { do: 'asDelivery'; delivery: string }
  | { do: 'reason'; reason: GuardReason }
  | { do: 'log'; outcome: PassOutcome; reason: GuardReason | null }
  | { do: 'logged'; plate: string; outcome: PassOutcome }
  | { do: 'pane'; pane: VehicleScreen['pane'] }
  | { do: 'page'; by: 1 | -1 }
);
export type VehicleEffect =
  | { run: 'vehicleBoard' }
  | { run: 'findVehicle'; typed: string }
  | { run: 'logVehicle'; input: VehicleInput };

const LONGEST = 9;
export const INSIDE_A_PAGE = 3;
const HINTS = { in: 'vehicleIn', out: 'vehicleOut', refused: 'vehicleBack' } as const;

/** Which signs come next. */
const padFor = (plate: string): VehiclePad => (plate === '' ? 'province' : wantsLetter(plate) ? 'letters' : 'signs');
/** After the province a letter, never a digit. */
export const wantsLetter = (plate: string): boolean => plate.length === 1 && PROVINCES.includes(plate);

/** In needs a reason when something speaks against it; out never does. */
export const lacksReason = ({ chosen, reason }: VehicleScreen): boolean => chosen?.doubt != null && reason === null;

/** Those that stood here overnight first, since they are what to look at. */
export function insideInOrder(board: VehicleBoard | null): VehicleInside[] {
  return [...(board?.inside ?? [])].sort((a, b) => a.since.localeCompare(b.since));
}
export const stoodOvernight = ({ since }: VehicleInside, now: number): boolean =>
  Date.parse(since) < startOfSchoolDay(now);

function typed(s: Session, screen: VehicleScreen, plate: string): Step {
  if (plate.length > LONGEST) return stay(s);
  const next: VehicleScreen = { ...screen, plate, pad: padFor(plate), exact: null };
  return show(s, next, { run: 'findVehicle', typed: plate });
}

/** Whoever is nobody's yet is the visitor's from whose screen the keypad was opened. */
function choose(s: Session, screen: VehicleScreen, found: VehicleFound): Step {
  const { visit } = screen;
  const as: VehicleFound =
    visit && found.kind === 'other'
      ? { ...found, by: { as: 'visitor', visit: visit.visit }, kind: 'visitor', label: visit.name, doubt: null }
      : found;
  return show(s, { ...screen, pane: 'act', chosen: as, reason: null });
}

function onVehicles(s: Session, screen: VehicleScreen, input: VehicleFlowInput, now: number): Step {
  switch (input.do) {
    case 'board': {
      const region = input.board.regions[0];
      const next = { ...screen, board: input.board };
      return screen.plate === '' && region ? typed(s, next, region) : show(s, next);
    }
    case 'sign':
      return typed(s, screen, normalPlate(screen.plate + input.sign));
    case 'erase':
      return typed(s, screen, screen.plate.replace(/应急$|.$/u, ''));
    case 'region':
      return typed(s, screen, input.region);
    case 'pad':
      return show(s, { ...screen, pad: input.pad, ...(input.pad === 'province' ? { plate: '', exact: null } : {}) });
    case 'found':
      if (input.typed !== screen.plate) return stay(s);
      return show(s, { ...screen, matches: input.matches, exact: input.exact });
    case 'choose':
      return choose(s, screen, input.found);
    case 'asDelivery': {
      const delivery = screen.board?.expected.find((d) => d.delivery === input.delivery);
      if (!screen.chosen || !delivery) return stay(s);
      const { supplier: label, from, to, doubt } = delivery;
      const by = { as: 'delivery', delivery: delivery.delivery } as const;
      const chosen: VehicleFound = { ...screen.chosen, by, kind: 'delivery', label, doubt, detail: `${from}–${to}` };
      return show(s, { ...screen, chosen, reason: null });
    }
    case 'reason':
      return show(s, { ...screen, reason: input.reason });
    case 'log': {
      const { chosen } = screen;
      if (!chosen || (input.outcome === 'in' && lacksReason(screen))) return stay(s);
      const { plate, by } = chosen;
      const reason = input.outcome === 'out' ? null : input.reason;
      return command(s, { run: 'logVehicle', input: { plate, by, outcome: input.outcome, reason } });
    }
    case 'logged': {
      const [free, effects] = leave({ ...s, busy: null }, now);
      const sound = input.outcome === 'refused' ? ('no' as const) : ('yes' as const);
      return [hinted(free, HINTS[input.outcome], now, shownPlate(input.plate)), [...effects, { run: 'sound', sound }]];
    }
    case 'pane':
      return input.pane === 'inside'
        ? show(s, { ...screen, pane: 'inside', page: 0 }, { run: 'vehicleBoard' })
        : show(s, { ...screen, pane: input.pane });
    case 'page': {
      const pages = Math.max(1, Math.ceil((screen.board?.inside.length ?? 0) / INSIDE_A_PAGE));
      return show(s, { ...screen, page: Math.min(pages - 1, Math.max(0, screen.page + input.by)) });
    }
    case 'open':
      return stay(s);
  }
}

export function vehicleStep(s: Session, input: VehicleFlowInput, now: number): Step {
  const { screen } = s;
  if (input.do === 'open') {
    if (s.busy !== null) return stay(s);
    const fresh = { plate: '', board: null, matches: [], exact: null, chosen: null, reason: null, page: 0 };
    return show(
      s,
      { at: 'vehicles', pane: 'plate', pad: 'province', ...fresh, visit: input.visit },
      { run: 'vehicleBoard' },
    );
  }
  if (screen.at === 'vehicles') return onVehicles(s, screen, input, now);
  return input.do === 'logged' ? stay({ ...s, busy: null }) : stay(s);
}

/** One step back within the vehicle screens. @returns undefined: out of them */
export function vehicleBack(screen: VehicleScreen): VehicleScreen | undefined {
  if (screen.pane === 'turn') return { ...screen, pane: 'act' };
  if (screen.pane === 'plate') return undefined;
  return { ...screen, pane: 'plate', chosen: null, reason: null };
}
