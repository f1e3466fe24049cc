/** From the text block to the document that the rest of the product knows. Pure. */
import type { IdDocument } from '../../device-events.ts';
import { idNumberHolds, isoDate } from './id-number.ts';
import { nations } from './nations.ts';
import { decodeText, layoutOf, type TextField } from './text-block.ts';

/** 长期: a card without an end, as it is printed. Never parsed as a date. */
const NO_END = '长期';

/** Why a card that was read is still no document: a kind that nobody described yet, or a block without a person in it. */
export type Unreadable = 'unsupported' | 'unreadable';

export function decodeDocument(text: Uint8Array, photo: Uint8Array): IdDocument | Unreadable {
  const kind = layoutOf(text);
  if (!kind) return 'unsupported';
  const card = decodeText(kind, text);
  const field = (name: TextField) => card[name]?.trim() ?? '';
  const englishName = `${card.englishName ?? ''}${card.englishNameRest ?? ''}`.trim();
  const name = field('name') || englishName;
  const idNumber = field('idNumber').toUpperCase();
  if (!name || !idNumber) return 'unreadable';
  const nation = nations.get(field('nation'));
  const until = field('validUntil');
  return {
    kind,
    name,
    ...(englishName && { englishName }),
    sex: sexes[field('sex')] ?? 'unknown',
    ...(nation && { nation }),
    birthDate: isoDate(field('birthDate')),
    ...optional(field, ['address', 'passNumber', 'nationality', 'issuer']),
    idNumber,
    validFrom: isoDate(field('validFrom')),
    validUntil: until === NO_END ? NO_END : isoDate(until),
    // The 15 characters of 2017 have another check, which no public source states: only their shape is looked at.
    numberHolds: kind === 'foreigner2017' ? /^[A-Z]{3}\d{12}$/.test(idNumber) : idNumberHolds(idNumber),
    photo: photo.length > 0 ? photo : undefined,
  };
}

/** GB/T 2261.1; 0 is unknown and 9 unstated. */
const sexes: Partial<Record<string, IdDocument['sex']>> = { '1': 'male', '2': 'female' };

type Optional = 'address' | 'passNumber' | 'nationality' | 'issuer';

const optional = (field: (name: TextField) => string, names: Optional[]): Pick<IdDocument, Optional> =>
  Object.fromEntries(names.flatMap((name) => (field(name) ? [[name, field(name)]] : [])));
