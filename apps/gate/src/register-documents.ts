/**
 * The register of visitors 来访登记表 in the form in which schools file it, on A4 across and as a sheet, and the roll of who is
 * on site on A4 upright (A1, G4). An ID number stands here by its last four only.
 */
import { type SiteRoll, schoolDate } from '@anyuan/contracts';
import type { PrintedDocument, WrittenSheet } from '@anyuan/service/documents';
import { agreed, type Catalogue, cameAs, className, clock } from '@anyuan/ui/text';
import type { RegisterLine } from './day-book.ts';

export interface Printing {
  school: string;
  /** Who prints. */
  by: string;
  now: number;
  text: Catalogue;
}
export interface RegisterPrinting extends Printing {
  from: string;
  to: string;
}

/** Shares of the page, and characters of the sheet. */
const WIDTHS = {
  no: 5,
  date: 12,
  time: 9,
  name: 12,
  sex: 5,
  document: 15,
  reason: 10,
  host: 8,
  department: 10,
  security: 9,
  items: 14,
  left: 9,
  guard: 11,
  remarks: 15,
};
type Column = keyof typeof WIDTHS;
const columnsOf = ({ dayBook }: Catalogue) =>
  (Object.keys(WIDTHS) as Column[]).map((key) => ({ title: dayBook.register.columns[key], width: WIDTHS[key] }));

export function registerPaper(
  lines: readonly RegisterLine[],
  { school, from, to, by, now, text }: RegisterPrinting,
): PrintedDocument {
  const words = text.dayBook.register;
  return {
    orientation: 'landscape',
    title: words.title,
    subtitles: [school, words.span(from, to), text.print.printed(`${schoolDate(now)} ${clock(now)}`, by)],
    body: [
      { kind: 'text', text: words.total(lines.length) },
      { kind: 'table', columns: columnsOf(text), rows: lines.map((line, at) => rowOf(line, at, text)) },
    ],
    signatures: words.signatures,
    words: text.print.frame,
    at: now,
  };
}

export function registerSheet(lines: readonly RegisterLine[], { text }: RegisterPrinting): WrittenSheet {
  return {
    name: text.dayBook.register.title,
    columns: columnsOf(text).map((column, at) => ({
      ...column,
      type: at === 0 ? 'number' : at === 1 ? 'date' : 'text',
    })),
    rows: lines.map((line, at) => rowOf(line, at, text)),
  };
}

function rowOf(line: RegisterLine, at: number, text: Catalogue): (string | number | null)[] {
  const { dayBook, words, common } = text;
  const came = Date.parse(line.admittedAt);
  const document = words.document[line.document];
  return [
    ...[at + 1, schoolDate(came), clock(came), line.name, dayBook.sex[line.sex]],
    line.idLast4 === null ? document : `${document} ****${line.idLast4}`,
    line.reason === null ? '' : words.visitReason[line.reason],
    ...[line.host?.name ?? '', line.host ? className(line.host.department) : ''],
    line.security === null ? dayBook.register.security.none : dayBook.register.security[line.security.result],
    itemsOf(line).join(common.listSeparator),
    ...[leftOf(line, came, dayBook), line.guard.name],
    remarksOf(line, text).join(common.comma),
  ];
}

const itemsOf = (line: RegisterLine): string[] => (line.security?.result === 'held' ? line.security.items : line.items);

/** Beyond midnight with its day. */
function leftOf({ leftAt, status }: RegisterLine, came: number, { register }: Catalogue['dayBook']): string {
  if (leftAt === null) return status === 'onSite' ? register.notLeft : '';
  const left = Date.parse(leftAt);
  return schoolDate(left) === schoolDate(came) ? clock(left) : `${schoolDate(left)} ${clock(left)}`;
}

function remarksOf(line: RegisterLine, text: Catalogue): string[] {
  const { words, common } = text;
  const { register } = text.dayBook;
  return [
    ...[line.number, cameAs(text, line), agreed(text, line)],
    line.refusal === null ? '' : register.refused(words.refusal[line.refusal]),
    line.party.count > 1 ? register.party(line.party.count, line.party.names.join(common.listSeparator)) : '',
    ...[line.firm ?? '', line.plate ?? '', line.note ?? ''],
    line.held?.outcome ? register.held[line.held.outcome] : '',
    line.offline ? register.offline : '',
  ].filter((remark) => remark !== '');
}

export function siteRollPaper(roll: SiteRoll, { school, by, now, text }: Printing): PrintedDocument {
  const words = text.dayBook.roll.paper;
  const { present, missing, unmarked } = roll.tally;
  const opened = Date.parse(roll.openedAt);
  return {
    orientation: 'portrait',
    title: words.title,
    subtitles: [
      school,
      words.begun(`${schoolDate(opened)} ${clock(opened)}`, roll.openedBy.name),
      text.print.printed(`${schoolDate(now)} ${clock(now)}`, by),
    ],
    body: [
      {
        kind: 'facts',
        columns: 2,
        facts: [
          [words.should, words.heads(present + missing + unmarked)],
          [words.present, words.heads(present)],
          [words.missing, words.heads(missing)],
          [words.unmarked, words.heads(unmarked)],
        ],
      },
      {
        kind: 'table',
        columns: [
          { title: words.columns.no, width: 5 },
          { title: words.columns.name, width: 18 },
          { title: words.columns.count, width: 6 },
          { title: words.columns.where, width: 18 },
          { title: words.columns.since, width: 10 },
          { title: words.columns.number, width: 12 },
          { title: words.columns.here, width: 8, align: 'center' },
          { title: words.columns.gone, width: 8, align: 'center' },
          { title: words.columns.by, width: 15 },
        ],
        rows: roll.people.map((person, at) => [
          at + 1,
          [person.name, ...person.names].join(text.common.listSeparator),
          person.count,
          person.host ? `${person.host.name} ${className(person.host.department)}` : '',
          clock(Date.parse(person.admittedAt)),
          person.number,
          person.mark?.state === 'present' ? '√' : '□',
          person.mark?.state === 'missing' ? '√' : '□',
          person.mark
            ? `${person.mark.by.name} ${clock(Date.parse(person.mark.at))}`
            : person.leftAt
              ? words.left(clock(Date.parse(person.leftAt)))
              : '',
        ]),
      },
    ],
    signatures: words.signatures,
    words: text.print.frame,
    at: now,
  };
}
