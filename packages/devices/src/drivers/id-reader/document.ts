/** From the text block to the document that the rest of the product knows. Pure. */
import type { IdDocument } from '../../device-events.ts';
import { idNumberHolds, isoDate } from './id-number.ts';
import { nations } from './nations.ts';
import { decodeText, layoutOf } from './text-block.ts';

/** 长期: a card without an end, as it is printed. Never parsed as a date. */
export const NO_END = '长期';

/** Why a card that was read is still no document: a kind that nobody described yet, or a block without a person in it. */
export type Unreadable = 'unsupported' | 'unreadable';

export function decodeDocument(text: Uint8Array, photo: Uint8Array): IdDocument | Unreadable {
  const kind = layoutOf(text);
  if (!kind) return 'unsupported';
  const card = decodeText(kind, text);
  const englishName = [card.englishName, card.englishNameRest].join('').trim();
  const name = card.name || englishName;
  const idNumber = (card.idNumber ?? '').toUpperCase();
  if (!name || !idNumber) return 'unreadable';
  const nation = card.nation && nations.get(card.nation);
  return {
    kind,
    name,
    ...(englishName && { englishName }),
    sex: card.sex === '1' ? 'male' : card.sex === '2' ? 'female' : 'unknown',
    ...(nation && { nation }),
    birthDate: isoDate(card.birthDate ?? ''),
    ...(card.address && { address: card.address }),
    idNumber,
    ...(card.passNumber && { passNumber: card.passNumber }),
    ...(card.nationality && { nationality: card.nationality }),
    ...(card.issuer && { issuer: card.issuer }),
    validFrom: isoDate(card.validFrom ?? ''),
    validUntil: card.validUntil === NO_END ? NO_END : isoDate(card.validUntil ?? ''),
    // The 15 characters of 2017 have another check, which no public source states: only their shape is looked at.
    numberHolds: kind === 'foreigner2017' ? /^[A-Z]{3}\d{12}$/.test(idNumber) : idNumberHolds(idNumber),
    photo: photo.length > 0 ? photo : undefined,
  };
}
