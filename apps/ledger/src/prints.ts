/** The hazard ledger 隐患台账 as the school files it: on A4 with lines to sign on, and as a sheet (F2, F6). */
import { type HazardFilter, type HazardView, schoolDate } from '@anyuan/contracts';
import type { PrintedDocument, WrittenSheet } from '@anyuan/service/documents';
import { type Catalogue, clock } from '@anyuan/ui/text';

export interface Printing {
  school: string;
  filter: HazardFilter;
  /** Who prints. */
  by: string;
  now: number;
  text: Catalogue['print'];
}

const day = (at: string | null): string => (at ? schoolDate(Date.parse(at)) : '');

export function hazardPaper(
  hazards: readonly HazardView[],
  { school, filter, by, now, text }: Printing,
): PrintedDocument {
  const { hazards: words } = text;
  const open = hazards.filter(({ status }) => status !== 'verified' && status !== 'rejected');
  const late = open.filter((hazard) => hazard.late > 0 && hazard.status !== 'fixed');
  return {
    orientation: 'landscape',
    title: words.title[filter],
    subtitles: [school, text.printed(`${schoolDate(now)} ${clock(now)}`, by)],
    body: [
      {
        kind: 'facts',
        columns: 2,
        facts: [
          [words.total, words.count(hazards.length)],
          [words.stillOpen, words.count(open.length)],
          [words.late, words.count(late.length)],
        ],
      },
      {
        kind: 'table',
        columns: [
          { title: words.number, width: 6 },
          { title: words.what, width: 17 },
          { title: words.place, width: 9 },
          { title: words.level, width: 7 },
          { title: words.source, width: 7 },
          { title: words.measure, width: 16 },
          { title: words.owner, width: 7 },
          { title: words.deadline, width: 8 },
          { title: words.status, width: 7 },
          { title: words.fixed, width: 8 },
          { title: words.verifier, width: 7 },
        ],
        rows: hazards.map((hazard) => [
          hazard.number,
          hazard.what,
          hazard.place,
          hazard.level && words.levels[hazard.level],
          words.sources[hazard.source.kind],
          measureOf(hazard, words),
          hazard.owner?.name ?? null,
          hazard.deadline,
          statusOf(hazard, words),
          day(hazard.fixedAt),
          hazard.verifiedBy?.name ?? null,
        ]),
      },
    ],
    signatures: [text.filledBy, text.inCharge, text.date],
    words: text.frame,
    at: now,
  };
}

export function hazardSheet(hazards: readonly HazardView[], { filter, text }: Printing): WrittenSheet {
  const { hazards: words } = text;
  return {
    name: words.title[filter],
    columns: [
      { title: words.number, width: 10, type: 'text' },
      { title: words.what, width: 36, type: 'text' },
      { title: words.place, width: 16, type: 'text' },
      { title: words.details, width: 36, type: 'text' },
      { title: words.source, width: 12, type: 'text' },
      { title: words.reporter, width: 10, type: 'text' },
      { title: words.reported, width: 12, type: 'date' },
      { title: words.level, width: 10, type: 'text' },
      { title: words.measure, width: 36, type: 'text' },
      { title: words.stopgap, width: 24, type: 'text' },
      { title: words.owner, width: 10, type: 'text' },
      { title: words.deadline, width: 12, type: 'date' },
      { title: words.status, width: 10, type: 'text' },
      { title: words.daysLate, width: 10, type: 'number' },
      { title: words.evidence, width: 36, type: 'text' },
      { title: words.fixed, width: 12, type: 'date' },
      { title: words.fixer, width: 10, type: 'text' },
      { title: words.verified, width: 12, type: 'date' },
      { title: words.verifier, width: 10, type: 'text' },
      { title: words.reason, width: 24, type: 'text' },
    ],
    rows: hazards.map((hazard) => [
      ...[hazard.number, hazard.what, hazard.place, hazard.details, words.sources[hazard.source.kind]],
      ...[hazard.reportedBy.name, day(hazard.reportedAt), hazard.level && words.levels[hazard.level]],
      ...[hazard.measure, hazard.stopgap, hazard.owner?.name ?? null, hazard.deadline],
      ...[words.statuses[hazard.status], hazard.late, hazard.evidence, day(hazard.fixedAt)],
      ...[hazard.fixedBy?.name ?? null, day(hazard.verifiedAt), hazard.verifiedBy?.name ?? null, hazard.reason],
    ]),
  };
}

type Words = Catalogue['print']['hazards'];

const measureOf = ({ measure, stopgap }: HazardView, words: Words): string =>
  stopgap ? `${measure}\n${words.meanwhile(stopgap)}` : measure;

const statusOf = ({ status, late }: HazardView, words: Words): string =>
  late > 0 ? `${words.statuses[status]}\n${words.lateBy(late)}` : words.statuses[status];
