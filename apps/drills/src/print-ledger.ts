/** The term's drills 应急演练台账, on A4 and as a sheet. */
import { type PersonRef, schoolDate, type Term } from '@anyuan/contracts';
import type { PrintedDocument, WrittenSheet } from '@anyuan/service/documents';
import { type Catalogue, catalogues, clockSeconds, duration, type Language } from '@anyuan/ui/text';
import type { Queries } from './context.ts';
import { drillsWhere, type StoredDrill } from './drill-store.ts';

export interface LedgerOptions {
  term: Term;
  language: Language;
  schoolName: string;
  by: PersonRef;
  now: number;
}

function row(drill: StoredDrill, text: Catalogue): string[] {
  const { unknown, yes, no } = text.drillPapers;
  const { result } = drill;
  return [
    `${drill.date} ${drill.time}`,
    text.drills.kind[drill.kind],
    drill.announced ? yes : no,
    drill.lead.name,
    duration(drill.targetSeconds * 1_000),
    result && result.wholeSeconds !== null ? duration(result.wholeSeconds * 1_000) : unknown,
    result ? `${result.present} / ${result.expected}` : unknown,
    String(drill.findings),
    drill.lacks
      ? `${text.drills.status[drill.status]}${text.common.comma}${text.drillPapers.lacks[drill.lacks]}`
      : text.drills.status[drill.status],
  ];
}

const widths = { date: 18, kind: 18, announced: 9, lead: 10, target: 9, time: 9, present: 13, findings: 9, state: 9 };
const columnsOf = (text: Catalogue) =>
  Object.entries(widths).map(([key, width]) => ({
    title: text.drillPapers.ledger.columns[key as keyof typeof widths],
    width,
  }));

export async function ledgerDocument(db: Queries, options: LedgerOptions): Promise<PrintedDocument> {
  const { term, language, schoolName, by, now } = options;
  const text = catalogues[language];
  const { ledger } = text.drillPapers;
  const drills = await drillsWhere(db, { term: term.id });
  return {
    orientation: 'landscape',
    title: ledger.title,
    subtitles: [
      schoolName,
      `${text.drillPapers.term} ${term.name} ${term.from} – ${term.to}`,
      text.print.printed(`${schoolDate(now)} ${clockSeconds(now)}`, by.name),
    ],
    body: [
      { kind: 'text', text: ledger.drills(drills.length) },
      { kind: 'table', columns: columnsOf(text), rows: drills.map((d) => row(d, text)) },
    ],
    signatures: ledger.signatures,
    words: text.print.frame,
    at: now,
  };
}

export async function ledgerSheet(db: Queries, { term, language }: LedgerOptions): Promise<WrittenSheet> {
  const text = catalogues[language];
  const drills = await drillsWhere(db, { term: term.id });
  return {
    name: text.drillPapers.ledger.sheet,
    columns: columnsOf(text).map((c) => ({ ...c, type: 'text' })),
    rows: drills.map((d) => row(d, text)),
  };
}
