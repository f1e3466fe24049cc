/** The record of a drill on A4 (演练记录表): what was planned, what happened, who was missing, what was found. */
import { type FindingView, type PersonRef, schoolDate } from '@anyuan/contracts';
import type { PrintedBlock, PrintedDocument } from '@anyuan/service/documents';
import { type Catalogue, catalogues, clockSeconds, duration, type Language } from '@anyuan/ui/text';
import type { DrillsContext } from './context.ts';
import { findingsWhere, photoOf } from './findings.ts';
import { board } from './roll.ts';
import { skillsOf } from './skills.ts';

export interface ReportOptions {
  drill: string;
  language: Language;
  schoolName: string;
  by: PersonRef;
}

const PHOTOS = 12;
type Whole = Awaited<ReturnType<typeof board>>;

/** Null before the drill has begun. */
export async function reportDocument(ctx: DrillsContext, options: ReportOptions): Promise<PrintedDocument | null> {
  const text = catalogues[options.language];
  const words = text.drillPapers.report;
  const whole = await board(ctx, options.drill);
  const { drill } = whole;
  if (!drill.startedAt) return null;
  const findings = await findingsWhere(ctx, { drill: drill.id });
  const now = ctx.clock.now();
  return {
    orientation: 'portrait',
    title: words.title,
    subtitles: [options.schoolName, text.print.printed(`${schoolDate(now)} ${clockSeconds(now)}`, options.by.name)],
    band: { text: words.band[drill.mode], pattern: drill.mode === 'test' ? 'chequer' : 'hatch' },
    body: [
      ...facts(whole, text),
      ...(drill.mode === 'exercise' ? classes(whole, text) : []),
      ...missing(whole, text),
      ...(await skills(ctx, drill.id, text)),
      ...found(findings, text),
      ...(await photos(ctx, findings, text)),
    ],
    signatures: words.signatures,
    words: text.print.frame,
    at: now,
  };
}

function facts({ drill }: Whole, text: Catalogue): PrintedBlock[] {
  const { report: words, unknown, yes, no } = text.drillPapers;
  const at = (moment: string | null) => (moment ? clockSeconds(Date.parse(moment)) : unknown);
  const { result } = drill;
  const met = result ? words.met[result.met === null ? 'unknown' : result.met ? 'yes' : 'no'] : unknown;
  return [
    {
      kind: 'facts',
      columns: 2,
      facts: [
        [words.kind, text.drills.kind[drill.kind]],
        [words.date, drill.date],
        [words.announced, drill.announced ? yes : no],
        [words.lead, drill.lead.name],
        [words.observers, drill.observers.map((o) => o.name).join(text.common.listSeparator) || unknown],
        [words.plan, drill.plan ? words.planOf(drill.plan.title, drill.plan.version) : words.noPlan],
        [words.alarm, drill.alarmHeardAt ? words.alarmHeard(at(drill.alarmHeardAt)) : words.alarmNever],
        [words.started, at(drill.startedAt)],
        [words.ended, at(drill.endedAt)],
        [words.target, duration(drill.targetSeconds * 1_000)],
        ...(result
          ? ([
              [words.whole, result.wholeSeconds === null ? unknown : duration(result.wholeSeconds * 1_000)],
              [words.result, `${words.roll(result.present, result.expected)} · ${met}`],
            ] as const)
          : []),
        ...(drill.lacks ? ([[words.proof, text.drillPapers.lacks[drill.lacks]]] as const) : []),
      ],
    },
  ];
}

function classes({ classes: counts }: Whole, text: Catalogue): PrintedBlock[] {
  const { columns, classes: heading } = text.drillPapers.report;
  return [
    { kind: 'heading', text: heading },
    {
      kind: 'table',
      columns: [
        { title: columns.class, width: 12 },
        { title: columns.teacher, width: 10 },
        { title: columns.place, width: 18 },
        { title: columns.pupils, width: 7, align: 'right' },
        { title: columns.present, width: 7, align: 'right' },
        { title: columns.elsewhere, width: 8, align: 'right' },
        { title: columns.missing, width: 8, align: 'right' },
        { title: columns.seconds, width: 8, align: 'right' },
      ],
      rows: counts.map((c) => [
        ...[c.name, c.teacher.name, c.place, c.pupils, c.present, c.elsewhere, c.missing],
        c.seconds === null ? text.drillPapers.unknown : duration(c.seconds * 1_000),
      ]),
    },
  ];
}

function missing({ missing: names }: Whole, text: Catalogue): PrintedBlock[] {
  if (names.length === 0) return [];
  const { missing: heading, missingColumns: columns } = text.drillPapers.report;
  return [
    { kind: 'heading', text: heading },
    {
      kind: 'table',
      columns: [
        { title: columns.name, width: 12 },
        { title: columns.class, width: 12 },
        { title: columns.at, width: 10 },
        { title: columns.note, width: 30 },
      ],
      rows: names.map((m) => [m.name, m.className, clockSeconds(Date.parse(m.at)), m.note]),
    },
  ];
}

async function skills(ctx: DrillsContext, drill: string, text: Catalogue): Promise<PrintedBlock[]> {
  const { skills: heading, skillColumns: columns, skillSource } = text.drillPapers.report;
  const records = await skillsOf(ctx.db.kysely, drill);
  if (records.length === 0) return [];
  return [
    { kind: 'heading', text: heading },
    {
      kind: 'table',
      columns: [
        { title: columns.name, width: 14 },
        { title: columns.skill, width: 16 },
        { title: columns.seconds, width: 10, align: 'right' },
        { title: columns.source, width: 16 },
      ],
      rows: records.map((r) => [
        r.person.name,
        text.drills.skill[r.skill],
        r.seconds === null ? text.drillPapers.unknown : duration(r.seconds * 1_000),
        skillSource[r.source],
      ]),
    },
  ];
}

function found(findings: readonly FindingView[], text: Catalogue): PrintedBlock[] {
  const words = text.drillPapers.report;
  const heading: PrintedBlock = { kind: 'heading', text: words.findings };
  if (findings.length === 0) return [heading, { kind: 'text', text: words.noFindings }];
  return [
    heading,
    {
      kind: 'table',
      columns: [
        { title: words.finding.what, width: 30 },
        { title: words.finding.where, width: 14 },
        { title: words.finding.by, width: 10 },
        { title: words.finding.state, width: 12 },
      ],
      rows: findings.map((f) => [f.what, f.place, f.by.name, words.findingState[f.state]]),
    },
  ];
}

async function photos(ctx: DrillsContext, findings: readonly FindingView[], text: Catalogue): Promise<PrintedBlock[]> {
  const wanted = findings.flatMap((f) => f.photos.map((id) => ({ id, caption: f.what }))).slice(0, PHOTOS);
  const images: { bytes: Uint8Array; caption: string }[] = [];
  for (const { id, caption } of wanted) {
    const photo = await photoOf(ctx.db.kysely, id);
    if (photo) images.push({ bytes: photo.bytes, caption });
  }
  return images.length === 0
    ? []
    : [
        { kind: 'heading', text: text.drillPapers.report.photos },
        { kind: 'images', images },
      ];
}
