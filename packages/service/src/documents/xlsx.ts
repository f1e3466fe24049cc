/**
 * Tables that people open in a spreadsheet program, written and read.
 *
 * Writing: a text stays a text. Nothing that begins with = + - or @ is ever a formula, also after somebody has edited the
 * cell (number format "text"); characters that XML can't hold are left out.
 *
 * Reading: what a file can do to a value is answered by row and column and never guessed. The trap is an 18-digit ID number
 * typed as a number: a spreadsheet keeps 15 digits, so …1234 comes back as …1230 and looks right. CSV may be UTF-8,
 * UTF-16 or GB18030, which Chinese Excel still writes.
 */
import { read, type SheetCells, type Unreadable } from './sheet-file.ts';

export interface WrittenSheet {
  /** At most 31 characters of it are kept. */
  name: string;
  /** `width` in characters; a `date` is a civil date, 2026-11-23. */
  columns: readonly { title: string; width: number; type: 'text' | 'number' | 'date' }[];
  rows: readonly (readonly (string | number | null)[])[];
}

/** A cell of Excel holds 32,767 characters. */
const LONGEST = 32_000;
/** What XML 1.0 can't hold, lone halves of a character included. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to take out
const UNWRITABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;

export async function writeSheet({ name, columns, rows }: WrittenSheet): Promise<Uint8Array> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const head = columns.map(({ title }) => ({
    ...({ value: written(title), type: String, format: '@', fontWeight: 'bold', backgroundColor: '#ece7db' } as const),
    wrap: true,
  }));
  const cells = rows.map((row) =>
    columns.map(({ type }, i) => {
      const value = row[i] ?? null;
      if (value === null || value === '') return null;
      if (type === 'number' && typeof value === 'number') return { value, type: Number };
      if (type === 'date') return { value: new Date(`${value}T00:00:00.000Z`), type: Date, format: 'yyyy-mm-dd' };
      return { value: written(String(value)), type: String, format: '@', wrap: true, alignVertical: 'top' as const };
    }),
  );
  const sheet = written(name)
    .replace(/[\\/?*[\]:']/g, ' ')
    .slice(0, 31);
  const options = { sheet, columns: columns.map(({ width }) => ({ width })), stickyRowsCount: 1 };
  return new Uint8Array(await (await writeXlsxFile([head, ...cells], options)).toBuffer());
}

const written = (text: string): string => {
  const clean = text.replace(UNWRITABLE, '');
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…` : clean;
};

export interface ReadColumn {
  /** As it stands in the first row; the first one is what errors name, the others are taken as well. */
  titles: readonly [string, ...string[]];
  /** An `identifier` is never read from a numeric cell. A `text` may be: class 3. */
  type: 'text' | 'identifier' | 'number' | 'date';
  required?: boolean;
}

type ValueOf<C extends ReadColumn> = C['type'] extends 'number' ? number : string;

export const CELL_ERRORS = ['missing', 'numericIdentifier', 'notANumber', 'notADate', 'tooLong'] as const;
export type CellError = (typeof CELL_ERRORS)[number];

export type ReadSheet<Columns extends Record<string, ReadColumn>> =
  | { result: 'refused'; code: Unreadable }
  /** A required column that the first row does not have. */
  | { result: 'refused'; code: 'missingColumn'; column: string }
  | {
      result: 'read';
      /** Rows without an error, with their number in the sheet (the head is 1). */
      rows: { row: number; values: { [Key in keyof Columns]: ValueOf<Columns[Key]> | null } }[];
      errors: { row: number; column: string; code: CellError }[];
      /** Titles of the first row that name no column of these, or one that an earlier title names; nothing of theirs is read. */
      unread: string[];
    };

const MAX_TEXT = 10_000;

/** An XLSX (its first sheet) or CSV file, at most 5 MB and 100,000 rows. Empty rows are passed over. */
export async function readSheet<const Columns extends Record<string, ReadColumn>>(
  bytes: Uint8Array,
  columns: Columns,
): Promise<ReadSheet<Columns>> {
  const cells = await read(bytes);
  if (typeof cells === 'string') return { result: 'refused', code: cells };
  const [head = [], ...body] = cells;
  const found = head.map(normal);
  const places: { key: string; column: ReadColumn; at: number }[] = [];
  for (const [key, column] of Object.entries(columns)) {
    const titles = column.titles.map(normal);
    const at = found.findIndex((title) => titles.includes(title));
    if (at < 0 && column.required) return { result: 'refused', code: 'missingColumn', column: column.titles[0] };
    places.push({ key, column, at });
  }
  const rows: { row: number; values: Record<string, string | number | null> }[] = [];
  const errors: { row: number; column: string; code: CellError }[] = [];
  for (const [i, row] of body.entries()) {
    if (row.every((cell) => cell === null || cell === '')) continue;
    const values: Record<string, string | number | null> = {};
    const before = errors.length;
    for (const { key, column, at } of places) {
      const value = valueIn(row[at] ?? null, column);
      if (typeof value === 'object' && value !== null) {
        errors.push({ row: i + 2, column: column.titles[0], code: value.error });
      } else values[key] = value;
    }
    if (errors.length === before) rows.push({ row: i + 2, values });
  }
  const taken = new Set(places.map(({ at }) => at));
  const unread = head.map((title) => String(title ?? '').trim()).filter((title, at) => title !== '' && !taken.has(at));
  // The loop above has filled every key of `columns` with a value of its type.
  return { result: 'read', rows, errors, unread } as ReadSheet<Columns>;
}

const normal = (title: unknown): string =>
  String(title ?? '')
    .normalize('NFKC')
    .replace(/[\s*]/g, '')
    .toLowerCase();

type Value = string | number | null | { error: CellError };

function valueIn(cell: SheetCells[number][number], { type, required }: ReadColumn): Value {
  const value = typeof cell === 'string' ? cell.trim() : cell;
  if (value === null || value === '') return required ? { error: 'missing' } : null;
  switch (type) {
    case 'number': {
      const number = typeof value === 'string' ? Number(value.normalize('NFKC').replaceAll(',', '')) : value;
      return typeof number === 'number' && Number.isFinite(number) ? number : { error: 'notANumber' };
    }
    case 'date':
      return dateOf(value) ?? { error: 'notADate' };
    case 'identifier':
      // A CSV that went through a spreadsheet holds 1.10101E+17.
      if (typeof value !== 'string' || /^\d(\.\d+)?E\+\d+$/i.test(value)) return { error: 'numericIdentifier' };
      return value.length > MAX_TEXT ? { error: 'tooLong' } : value;
    case 'text': {
      const text = value instanceof Date ? (dateOf(value) ?? '') : String(value);
      return text.length > MAX_TEXT ? { error: 'tooLong' } : text;
    }
  }
}

/** 2026-11-23, 2026/11/23, 2026.11.23, 2026年11月23日, or a date cell (which has no zone; read as UTC). */
function dateOf(value: string | number | boolean | Date): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString().slice(0, 10);
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(String(value).normalize('NFKC'));
  if (!parts) return undefined;
  const [, year = '', month = '', day = ''] = parts;
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${text}T00:00:00.000Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text ? undefined : text;
}
