/** The month's ledger 培训台账 as the school files it: on A4 with lines to sign on, and as a sheet (E3, F6). */
import { type LedgerRow, schoolDate } from '@anyuan/contracts';
import type { PrintedDocument, WrittenSheet } from '@anyuan/service/documents';
import { type Catalogue, clock } from '@anyuan/ui/text';

export interface Printing {
  school: string;
  month: string;
  /** Who prints. */
  by: string;
  now: number;
  text: Catalogue;
}

const WIDTHS = { date: 10, course: 16, topic: 22, hours: 6, place: 10, trainer: 9, name: 9, signIn: 8, result: 12 };
type Column = keyof typeof WIDTHS;
const columnsOf = ({ columns }: Catalogue['trainingPapers']) =>
  (Object.keys(WIDTHS) as Column[]).map((key) => ({ title: columns[key], width: WIDTHS[key] }));

function rowOf(row: LedgerRow, words: Catalogue['trainingPapers']): string[] {
  return [
    ...[row.date, row.course, row.topic, String(row.hours), row.place, row.trainer, row.person.name],
    words.via[row.via],
    row.score === null
      ? row.attempts > 0
        ? words.notYet
        : words.none
      : words[row.passed ? 'passed' : 'failed'](row.score),
  ];
}

export function ledgerPaper(rows: readonly LedgerRow[], { school, month, by, now, text }: Printing): PrintedDocument {
  const words = text.trainingPapers;
  return {
    orientation: 'landscape',
    title: words.title(month),
    subtitles: [school, text.print.printed(`${schoolDate(now)} ${clock(now)}`, by)],
    body: [
      { kind: 'text', text: words.people(rows.length) },
      { kind: 'table', columns: columnsOf(words), rows: rows.map((row) => rowOf(row, words)) },
    ],
    signatures: words.signatures,
    words: text.print.frame,
    at: now,
  };
}

export function ledgerSheet(rows: readonly LedgerRow[], { text }: Printing): WrittenSheet {
  const words = text.trainingPapers;
  return {
    name: words.sheet,
    columns: columnsOf(words).map((column) => ({ ...column, type: 'text' })),
    rows: rows.map((row) => rowOf(row, words)),
  };
}
