/**
 * Chinese number plates (GA 36-2018, and those of the forces, embassies and fire engines), as pure functions (A2).
 *
 * Promise: one vehicle has one spelling, however it was typed (full width, lower case, dots and blanks), and what can't be
 * a plate says why in a closed word, so that a slip is mended at the gate instead of standing in the log. The letters I and
 * O are on no civil plate: whoever types them meant 1 and 0. Nothing is guessed: the word says so, a person mends it.
 */
import { z } from 'zod';

export const PROVINCES = [...'京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新'] as const;
/** Letters that plates have: I and O would be read as 1 and 0. */
export const PLATE_LETTERS = [...'ABCDEFGHJKLMNPQRSTUVWXYZ'] as const;
/** Last signs of special plates, as they are typed. */
export const PLATE_ENDS = ['警', '学', '挂', '港', '澳', '领', '使', '应急'] as const;

export const PLATE_FORMS = [
  'ordinary',
  'newEnergySmall',
  'newEnergyLarge',
  'police',
  'trailer',
  'trainee',
  'hongKong',
  'macao',
  'consulate',
  'embassy',
  'armedPolice',
  'military',
  'emergency',
] as const;
export type PlateForm = (typeof PLATE_FORMS)[number];

/** `short`: may become one; the others never will. */
export const PLATE_FAULTS = ['short', 'start', 'office', 'letterIO', 'sign', 'noDigit', 'long', 'form'] as const;
export type PlateFault = (typeof PLATE_FAULTS)[number];

export type PlateCheck =
  | { state: 'ok'; plate: string; form: PlateForm }
  | { state: 'wrong'; plate: string; why: PlateFault };

const P = `[${PROVINCES.join('')}]`;
const L = '[A-HJ-NP-Z]';
const S = '[A-HJ-NP-Z0-9]';
/** Pure electric D A B C E, other new energy F G H J K. */
const N = '[A-HJK]';
const FORMS: readonly (readonly [PlateForm, RegExp])[] = [
  ['hongKong', new RegExp(`^粤Z${S}{4}港$`)],
  ['macao', new RegExp(`^粤Z${S}{4}澳$`)],
  ['police', new RegExp(`^${P}[A-HJ-Z]${S}{4}警$`)],
  ['trailer', new RegExp(`^${P}${L}${S}{4}挂$`)],
  ['trainee', new RegExp(`^${P}${L}${S}{4}学$`)],
  ['consulate', new RegExp(`^${P}${L}${S}{4}领$`)],
  ['emergency', new RegExp(`^${P}[SX]\\d{4}应急$`)],
  ['embassy', /^(使\d{6}|\d{6}使)$/],
  // The armed police's own province is that of the post; headquarters have none.
  ['armedPolice', new RegExp(`^WJ${P}?\\d{4}[0-9BDHJSTX]$`)],
  ['military', new RegExp(`^[BCEGHJKLNSVZ]${L}\\d{5}$`)],
  ['newEnergySmall', new RegExp(`^${P}${L}${N}${S}\\d{4}$`)],
  ['newEnergyLarge', new RegExp(`^${P}${L}\\d{5}${N}$`)],
  ['ordinary', new RegExp(`^${P}${L}${S}{5}$`)],
];

/** One spelling: NFKC, upper case, no blanks, dots or dashes. What was typed is kept otherwise, wrong signs too. */
export const normalPlate = (typed: string): string =>
  typed
    .slice(0, 64)
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s·•・‧∙.．。\-‐‑–—_]/g, '');

/** For people: 京A·12345, WJ·京1234X. */
export function shownPlate(plate: string): string {
  const head = /^(WJ|\d|使)/.exec(plate)?.[1];
  if (head === '使') return `使·${plate.slice(1)}`;
  if (head !== undefined && head !== 'WJ') return plate;
  return plate.length > 2 ? `${plate.slice(0, 2)}·${plate.slice(2)}` : plate;
}

export function checkPlate(typed: string): PlateCheck {
  const plate = normalPlate(typed);
  const form = FORMS.find(([, pattern]) => pattern.test(plate))?.[0];
  if (form && (form !== 'ordinary' || /\d/.test(plate))) return { state: 'ok', plate, form };
  return { state: 'wrong', plate, why: faultOf(plate, form) };
}

const LONGEST = 9;

function faultOf(plate: string, form: PlateForm | undefined): PlateFault {
  if (form) return 'noDigit';
  const [first = '', second = ''] = plate;
  const civil = PROVINCES.includes(first);
  const start = civil || /^(W|使|\d|[BCEGHJKLNSVZ])/.test(plate);
  if (plate === '') return 'short';
  if (!start) return 'start';
  if (!new RegExp(`^[A-Z0-9${PROVINCES.join('')}${PLATE_ENDS.join('')}]*$`).test(plate)) return 'sign';
  if (civil && second !== '' && !/^[A-Z]$/.test(second)) return 'office';
  if (civil ? /I/.test(plate) || /O/.test(plate.slice(plate.endsWith('警') ? 2 : 1)) : /[IO]/.test(plate))
    return 'letterIO';
  if (plate.length > LONGEST) return 'long';
  if (plate.length < 7) return 'short';
  return plate.length > 8 ? 'long' : 'form';
}

/** What a plate is stored and compared as; full width, lower case and dots are taken. */
export const Plate = z
  .string()
  .max(64)
  .transform(normalPlate)
  .refine((plate) => checkPlate(plate).state === 'ok', 'no plate');

/** Province and office of the school's own place, as the keypad offers it first: 京A. */
export const PlateRegion = z.string().regex(new RegExp(`^${P}${L}$`));
