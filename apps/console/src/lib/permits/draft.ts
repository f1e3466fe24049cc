/** A permit as it stands in its form, and how the list is filtered. Pure. */
import {
  checkPlate,
  newId,
  normalPlate,
  type PermitKind,
  type PermitView,
  type SavePermit,
  schoolDate,
} from '@anyuan/contracts';

export interface PermitDraft {
  permit: string;
  fresh: boolean;
  kind: PermitKind;
  name: string;
  firm: string;
  cardBy: SavePermit['card']['by'];
  cardNumber: string;
  tap: string;
  plates: string;
  validFrom: string;
  validTo: string;
  days: number[];
  from: string;
  to: string;
  gates: string;
}

const DAY_MS = 86_400_000;
export const newPermit = (now: number): PermitDraft => ({
  ...{ permit: newId(now), fresh: true, kind: 'staff', name: '', firm: '', cardBy: 'tap', cardNumber: '', tap: '' },
  ...{ plates: '', validFrom: schoolDate(now), validTo: schoolDate(now + 365 * DAY_MS), days: [1, 2, 3, 4, 5] },
  ...{ from: '06:30', to: '18:30', gates: '' },
});

export const draftOf = (p: PermitView): PermitDraft => ({
  ...{ permit: p.permit, fresh: false, kind: p.kind, name: p.name, firm: p.firm, cardBy: 'keep', cardNumber: '' },
  ...{ tap: '', plates: p.plates.join('，'), validFrom: p.validFrom, validTo: p.validTo, days: [...p.days] },
  ...{ from: p.from, to: p.to, gates: p.gates[0] ?? '' },
});

export const platesOf = (text: string): string[] =>
  text
    .split(/[,，;；、\n]+/)
    .map(normalPlate)
    .filter((plate) => plate !== '');
export const wrongPlate = (text: string): string | undefined =>
  platesOf(text).find((plate) => checkPlate(plate).state === 'wrong');

const cardHex = (number: string): string => number.normalize('NFKC').replace(/\s/g, '').toUpperCase();

export type PermitLack = 'who' | 'cardNumber' | 'validity' | 'hours' | 'days' | 'endsBeforeStart' | 'hoursBeforeStart';
/** What keeps the draft from being saved, in the order of its form; a wrong plate is said at its own field. */
export function lacksOf({ name, cardBy, cardNumber, validFrom, validTo, from, to, days }: PermitDraft): PermitLack[] {
  const lacks: [PermitLack, boolean][] = [
    ['who', name.trim() === ''],
    ['cardNumber', cardBy === 'number' && !/^[0-9A-F]{10}$/.test(cardHex(cardNumber))],
    ['validity', validFrom === '' || validTo === ''],
    ['endsBeforeStart', validFrom !== '' && validTo !== '' && validTo < validFrom],
    ['hours', from === '' || to === ''],
    ['hoursBeforeStart', from !== '' && to !== '' && to <= from],
    ['days', days.length === 0],
  ];
  return lacks.flatMap(([lack, lacking]) => (lacking ? [lack] : []));
}

/** Undefined: not ready to be saved. */
export function commandOf(draft: PermitDraft): SavePermit | undefined {
  const { permit, kind, name, firm, cardBy, cardNumber, tap, plates, validFrom, validTo, days, from, to, gates } =
    draft;
  if (lacksOf(draft).length > 0 || wrongPlate(plates) !== undefined) return undefined;
  // Nothing tapped yet: a vehicle needs no card.
  const card: SavePermit['card'] =
    cardBy === 'number'
      ? { by: 'number', number: cardHex(cardNumber) }
      : cardBy === 'tap'
        ? tap === ''
          ? { by: 'none' }
          : { by: 'tap', tap }
        : { by: cardBy };
  return {
    ...{ command: newId(), permit, kind, name: name.trim(), firm: firm.trim(), card, plates: platesOf(plates) },
    ...{ validFrom, validTo, days: days.toSorted((a, b) => a - b), from, to, gates: gates === '' ? [] : [gates] },
  };
}

export const SOON_DAYS = 30;
/** Days until it ends, when that is soon. */
export function endsIn({ state, validTo }: PermitView, now: number): number | null {
  const left = Math.round((Date.parse(validTo) - Date.parse(schoolDate(now))) / DAY_MS);
  return state === 'valid' && left <= SOON_DAYS ? left : null;
}

export const PERMIT_FILTERS = ['all', 'valid', 'ending', 'suspended', 'expired'] as const;
export type PermitFilter = (typeof PERMIT_FILTERS)[number];
export function passes(p: PermitView, filter: PermitFilter, search: string, now: number): boolean {
  const fits = filter === 'all' || (filter === 'ending' ? endsIn(p, now) !== null : p.state === filter);
  const text = search.trim();
  return (
    fits &&
    (text === '' ||
      [p.name, p.firm, ...p.plates].some((word) => word.includes(text) || word.includes(normalPlate(text))))
  );
}
