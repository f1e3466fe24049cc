/**
 * The card's 256 bytes of text: UTF-16LE, fixed fields padded with blanks. Four kinds of document share the block; the
 * character at byte 248 tells which, and it is asked first: a field read by the wrong layout would be a wrong person.
 */
export type DocumentLayout = 'resident' | 'hkMacaoTaiwan' | 'foreigner2017' | 'foreigner2023';

export type TextField =
  | 'name'
  | 'englishName'
  | 'englishNameRest'
  | 'sex'
  | 'nation'
  | 'birthDate'
  | 'address'
  | 'idNumber'
  | 'passNumber'
  | 'nationality'
  | 'issuer'
  | 'validFrom'
  | 'validUntil';

export type TextFields = Partial<Record<TextField, string>>;

const TEXT_BYTES = 256;
const MARKER_AT = 248;

/** Offset and size in bytes. */
type Layout = { marker: string; fields: Partial<Record<TextField, readonly [number, number]>> };

export const layouts: Record<DocumentLayout, Layout> = {
  resident: {
    marker: ' ',
    fields: {
      name: [0, 30],
      sex: [30, 2],
      nation: [32, 4],
      birthDate: [36, 16],
      address: [52, 70],
      idNumber: [122, 36],
      issuer: [158, 30],
      validFrom: [188, 16],
      validUntil: [204, 16],
    },
  },
  /** 港澳台居民居住证 */
  hkMacaoTaiwan: {
    marker: 'J',
    fields: {
      name: [0, 30],
      sex: [30, 2],
      birthDate: [36, 16],
      address: [52, 70],
      idNumber: [122, 36],
      issuer: [158, 30],
      validFrom: [188, 16],
      validUntil: [204, 16],
      passNumber: [220, 18],
    },
  },
  /** 外国人永久居留身份证, the number has 15 characters */
  foreigner2017: {
    marker: 'I',
    fields: {
      englishName: [0, 120],
      sex: [120, 2],
      idNumber: [122, 30],
      nationality: [152, 6],
      name: [158, 30],
      validFrom: [188, 16],
      validUntil: [204, 16],
      birthDate: [220, 16],
      issuer: [240, 8],
    },
  },
  /** The same since 2023-12-01, with 18 */
  foreigner2023: {
    marker: 'Y',
    fields: {
      name: [0, 30],
      sex: [30, 2],
      birthDate: [36, 16],
      englishName: [52, 70],
      idNumber: [122, 36],
      validFrom: [188, 16],
      validUntil: [204, 16],
      englishNameRest: [220, 22],
      nationality: [242, 6],
    },
  },
};

export function layoutOf(text: Uint8Array): DocumentLayout | undefined {
  const marker = decodeUtf16(text, MARKER_AT, 2);
  return (Object.keys(layouts) as DocumentLayout[]).find((kind) => layouts[kind].marker === marker);
}

/** Each field of that layout as it stands there, padding included: a name that goes on elsewhere may end in a blank. */
export function decodeText(kind: DocumentLayout, text: Uint8Array): TextFields {
  const fields: TextFields = {};
  for (const [field, [offset, size]] of entriesOf(kind)) {
    // Some issuers pad with NUL. A field must also never bring a line break or an escape into a log or a printer.
    fields[field] = decodeUtf16(text, offset, size).replace(/\p{Cc}/gu, ' ');
  }
  return fields;
}

/** What a card with these fields holds; a value that is too long is cut, as on the card. */
export function encodeText(kind: DocumentLayout, values: TextFields): Uint8Array {
  const text = Buffer.from(' '.repeat(TEXT_BYTES / 2), 'utf16le');
  for (const [field, [offset, size]] of entriesOf(kind)) {
    Buffer.from(values[field] ?? '', 'utf16le')
      .subarray(0, size)
      .copy(text, offset);
  }
  Buffer.from(layouts[kind].marker, 'utf16le').copy(text, MARKER_AT);
  return text;
}

const entriesOf = (kind: DocumentLayout) =>
  Object.entries(layouts[kind].fields) as [TextField, readonly [number, number]][];

const utf16 = new TextDecoder('utf-16le', { ignoreBOM: true });
const decodeUtf16 = (text: Uint8Array, offset: number, size: number): string =>
  utf16.decode(text.subarray(offset, offset + size));
