/**
 * Forms and ledgers on A4, as the school files them (F1, F2). A document is data; how it looks is decided here, once.
 *
 * Promise: text comes out as text, whatever is in it, and nothing is left out: rows stay on one page, unless one of the
 * table is taller than half a page; a table's head stands on each of its pages; a photo that can't be read is named; a
 * character that the font lacks is shown by its code point (pdf-engine.ts). It carries two subset fonts. The words of the
 * frame come from the caller's catalogue. 300 rows take about a third of a second, during which this process does nothing
 * else.
 */
import { AppError } from '@anyuan/contracts';
import { pdfEngine } from './pdf-engine.ts';
import { layOut } from './pdf-layout.ts';

export interface PrintedDocument {
  orientation: 'portrait' | 'landscape';
  title: string;
  /** Under the title, a line each: the school, the term, when and by whom it was printed. */
  subtitles: readonly string[];
  /** A marked band on top of every page, so that nobody takes it for the real thing. */
  band?: { text: string; pattern: 'hatch' | 'chequer' } | undefined;
  body: readonly PrintedBlock[];
  /** Who signs: a word and a line to write on, each. */
  signatures: readonly string[];
  words: PrintedWords;
  /** When it was printed, ms since 1970. */
  at: number;
}

/** The frame's own words, from the text catalogue. */
export interface PrintedWords {
  page(page: number, of: number): string;
  /** In place of a photo that can't be read. */
  brokenImage: string;
  /** In place of the rows of an empty table. */
  nothing: string;
}

export type PrintedBlock =
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: string }
  /** Names and values, in one or two columns of pairs. */
  | { kind: 'facts'; facts: readonly (readonly [name: string, value: string])[]; columns?: 1 | 2 }
  | { kind: 'table'; columns: readonly PrintedColumn[]; rows: readonly (readonly (string | number | null)[])[] }
  /** To cut out along dashed lines: two beside each other, six on a page unless one has more to say. */
  | { kind: 'cards'; cards: readonly PrintedCard[] }
  /** To cut out and hang up: two beside each other, four on a page, each with its code as a QR code and in letters. */
  | { kind: 'signs'; signs: readonly PrintedSign[] }
  | { kind: 'images'; images: readonly { bytes: Uint8Array; caption: string }[] };

export interface PrintedCard {
  title: string;
  /** Below the title: whose card it is. */
  under: string;
  text: string;
  /** In small print, so that a card tells by itself what it belongs to. */
  foot: string;
}

export interface PrintedSign {
  title: string;
  /** Above the title: what it belongs to. */
  over: string;
  /** What a reader gets, letter by letter; at most 64 characters of it can be read from an arm's length. */
  code: string;
  /** What to do in front of it. */
  text: string;
}

export interface PrintedColumn {
  title: string;
  /** Share of the page's width, in proportion to the other columns'. */
  width: number;
  align?: 'left' | 'right' | 'center';
}

/** Beyond this the process would stand still for seconds: print by term or by month. */
export const MAX_PRINTED_ROWS = 3_000;

/** Throws `AppError('tooLarge')` for more than MAX_PRINTED_ROWS rows. */
export async function printPdf(document: PrintedDocument): Promise<Uint8Array> {
  const rows = document.body.reduce((sum, block) => sum + (block.kind === 'table' ? block.rows.length : 0), 0);
  if (rows > MAX_PRINTED_ROWS) throw new AppError('tooLarge', `${rows} rows on paper`);
  const engine = await pdfEngine();
  return engine.write(layOut(document, engine.shown));
}
