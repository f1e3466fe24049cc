/** 值班日志 of a gate and day on A4: who stood, what was handed on, what was found, who came. */
import { type DutyRecord, type StoodShift, schoolDate, undoneChecks } from '@anyuan/contracts';
import type { PrintedBlock, PrintedDocument } from '@anyuan/service/documents';
import { type Catalogue, clock } from '@anyuan/ui/text';

export interface Printing {
  school: string;
  by: string;
  /** ms since 1970 */
  now: number;
  text: Catalogue;
}

export function dutyPaper(record: DutyRecord, { school, by, now, text }: Printing): PrintedDocument {
  const words = text.shifts.paper;
  const list = (parts: readonly string[]) => parts.join(text.common.listSeparator);
  const when = (at: string | null) => (at === null ? words.going : timeOn(at, record.date));
  const gaps = record.gaps.map(({ from, to }) =>
    to === null ? text.shifts.gapNow(when(from)) : text.shifts.gap(when(from), when(to)),
  );
  const duty = record.duty
    .filter(({ people }) => people.length > 0)
    .map(
      ({ window, role, people }) =>
        [`${text.shifts.windows[window]} ${text.shifts.roles[role]}`, list(people.map(({ name }) => name))] as const,
    );
  const { admitted, left, refused } = record.visits;
  const planned = record.planned.map(({ from, to, guards }) => `${from}–${to} ${list(guards.map(({ name }) => name))}`);
  const body: PrintedBlock[] = [
    { kind: 'heading', text: words.facts },
    {
      kind: 'facts',
      facts: [
        ...duty,
        [words.planned, list(planned) || text.shifts.dutyEmpty],
        [words.gaps, list(gaps) || text.shifts.noGaps],
        [words.visitsTitle, words.visits(admitted, left, refused)],
      ],
    },
    { kind: 'heading', text: words.shifts },
    {
      kind: 'table',
      columns: [
        { title: words.columns.began, width: 11 },
        { title: words.columns.ended, width: 11 },
        { title: words.columns.guard, width: 15 },
        { title: words.checks, width: 22 },
        { title: words.columns.notes, width: 22 },
        { title: words.columns.how, width: 16 },
        { title: words.columns.left, width: 20 },
      ],
      rows: record.shifts.map((shift) => [
        when(shift.beganAt),
        when(shift.endedAt),
        guardOf(shift, text),
        checksOf(shift, text),
        list(shift.notes.map((note) => text.shifts.handover[note])),
        howOf(shift, text),
        shift.shown
          ? words.counts(shift.shown.visitors.length, shift.shown.held.length, shift.shown.points.length)
          : '',
      ]),
    },
    { kind: 'heading', text: words.incidents },
    {
      kind: 'table',
      columns: [
        { title: words.at, width: 20 },
        { title: words.incident, width: 80 },
      ],
      rows: record.incidents.map(({ at, kind, mode }) => [
        when(at),
        `${text.words.incidentKind[kind]}${text.common.comma}${text.words.mode[mode]}`,
      ]),
    },
    { kind: 'heading', text: text.forgotten.record },
    {
      kind: 'table',
      columns: [
        { title: words.at, width: 15 },
        { title: text.forgotten.staff, width: 25 },
        { title: text.forgotten.short, width: 60 },
      ],
      rows: record.forgotten.map((one) => [
        when(one.at),
        `${one.person.name}${text.common.comma}${text.permits.word[one.outcome]}`,
        text.forgotten.mark(one),
      ]),
    },
    { kind: 'heading', text: words.notes },
    {
      kind: 'table',
      columns: [
        { title: words.at, width: 15 },
        { title: words.by, width: 15 },
        { title: words.text, width: 70 },
      ],
      rows: record.notes.map((note) => [clock(note.at), note.by.name, note.text]),
    },
  ];
  return {
    orientation: 'portrait',
    title: words.title(record.name),
    subtitles: [school, record.date, text.print.printed(`${schoolDate(now)} ${clock(now)}`, by)],
    body,
    signatures: words.signatures,
    words: text.print.frame,
    at: now,
  };
}

/** The hour; with the day, when it is another one. */
function timeOn(at: string, date: string): string {
  const own = schoolDate(Date.parse(at));
  return own === date ? clock(at) : `${own.slice(5)} ${clock(at)}`;
}

function guardOf({ guard, reason, offline }: StoodShift, text: Catalogue): string {
  const marks = [...(reason ? [text.shifts.reasons[reason]] : []), ...(offline ? [text.shifts.offline] : [])];
  return marks.length === 0 ? guard.name : `${guard.name} (${marks.join(text.common.comma)})`;
}

function checksOf({ checks }: StoodShift, text: Catalogue): string {
  const { paper, checks: names, checkNotes } = text.shifts;
  const wrong = checks.filter(({ ok }) => !ok);
  const undone = undoneChecks(checks).map((check) => names[check]);
  if (wrong.length === 0 && undone.length === 0) return paper.checksOk;
  return [
    ...wrong.map(({ check, notes }) => [names[check], ...notes.map((n) => checkNotes[n])].join(' ')),
    ...(undone.length > 0 ? [paper.undone(undone.join(text.common.listSeparator))] : []),
  ].join(text.common.listSeparator);
}

function howOf({ how, incoming, hash }: StoodShift, text: Catalogue): string {
  if (how === null) return '';
  if (how === 'notRelieved') return text.shifts.notRelieved;
  const seal = hash ? ` ${hash.slice(0, 8)}` : '';
  return `${text.shifts.incoming(incoming?.name ?? '')}${seal}`;
}
