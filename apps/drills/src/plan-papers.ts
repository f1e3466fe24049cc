/** An emergency plan on A4, and its role cards 职责卡 to cut out (D1). Pure: what was asked of the database comes in. */
import type { PlanVersion, PlanView } from '@anyuan/contracts';
import { schoolDate } from '@anyuan/contracts';
import type { PrintedBlock, PrintedDocument } from '@anyuan/service/documents';
import { type Catalogue, clock } from '@anyuan/ui/text';

export interface PlanPaper {
  plan: PlanView;
  /** An approved one, not always the one that counts. */
  version: PlanVersion;
  /** Names of classes by id. */
  classes: ReadonlyMap<string, string>;
  findings: readonly { what: string; place: string; date: string }[];
  schoolName: string;
  by: string;
  /** ms since 1970 */
  now: number;
  text: Catalogue;
}

/** In its version's place of the class list: all that are not named. */
const REST = '*';

export function planPaper(paper: PlanPaper): PrintedDocument {
  const { plan, text } = paper;
  return {
    ...frame(paper),
    title: plan.title,
    body: [facts(paper), ...duties(paper), ...steps(paper), ...places(paper), ...causes(paper)],
    signatures: text.printDrills.signatures,
  };
}

export function cardsPaper(paper: PlanPaper): PrintedDocument {
  const { plan, version, text } = paper;
  const words = text.printDrills;
  const cards = version.body.duties.map(({ role, who, duty }) => ({
    ...{ title: role, under: who, text: duty, foot: words.card(plan.title, version.number) },
  }));
  const body: PrintedBlock[] = cards.length > 0 ? [{ kind: 'cards', cards }] : [{ kind: 'text', text: words.noDuties }];
  const { subtitles, ...rest } = frame(paper);
  return {
    ...rest,
    title: words.cards(plan.title),
    subtitles: [...subtitles, ...(cards.length > 0 ? [words.cardsHint] : [])],
    body,
    signatures: [],
  };
}

function frame({ plan, version, schoolName, by, now, text }: PlanPaper) {
  const current = plan.current?.number ?? version.number;
  return {
    orientation: 'portrait' as const,
    subtitles: [
      schoolName,
      ...(current === version.number ? [] : [text.printDrills.superseded(current)]),
      text.print.printed(`${schoolDate(now)} ${clock(now)}`, by),
    ],
    words: text.print.frame,
    at: now,
  };
}

function facts({ plan, version, text }: PlanPaper): PrintedBlock {
  const words = text.printDrills;
  const day = (at: string) => schoolDate(Date.parse(at));
  const { approvedBy, approvedAt, draftedBy, draftedAt } = version;
  return {
    kind: 'facts',
    columns: 2,
    facts: [
      [words.trains, text.drills.kind[plan.kind]],
      [words.level, text.drills.level[plan.level]],
      [words.version, words.versionOf(version.number)],
      [words.lead, version.body.lead.name],
      [words.draftedBy, words.drafted(draftedBy.name, day(draftedAt))],
      [words.approvedBy, approvedBy && approvedAt ? words.approved(approvedBy.name, day(approvedAt)) : ''],
      ...(version.why ? ([[words.why, version.why]] as const) : []),
    ],
  };
}

function duties({ version, text }: PlanPaper): PrintedBlock[] {
  const words = text.printDrills;
  return [
    { kind: 'heading', text: words.duties },
    {
      kind: 'table',
      columns: [
        { title: words.role, width: 3 },
        { title: words.who, width: 4 },
        { title: words.duty, width: 9 },
      ],
      rows: version.body.duties.map(({ role, who, duty }) => [role, who, duty]),
    },
  ];
}

function steps({ version, text }: PlanPaper): PrintedBlock[] {
  const words = text.printDrills;
  return [
    { kind: 'heading', text: words.steps },
    {
      kind: 'table',
      columns: [
        { title: words.step, width: 1.5, align: 'right' },
        { title: words.duty, width: 14 },
      ],
      rows: version.body.steps.map((step, i) => [i + 1, step]),
    },
  ];
}

function places({ version, classes, text }: PlanPaper): PrintedBlock[] {
  const words = text.printDrills;
  const all = version.body.places;
  const rest = all.length === 1 ? words.allClasses : words.otherClasses;
  return [
    { kind: 'heading', text: words.places },
    {
      kind: 'table',
      columns: [
        { title: words.class, width: 3 },
        { title: words.place, width: 5 },
        { title: words.route, width: 8 },
      ],
      rows: all.map((row) => [row.class === REST ? rest : (classes.get(row.class) ?? row.class), row.place, row.route]),
    },
  ];
}

function causes({ findings, text }: PlanPaper): PrintedBlock[] {
  if (findings.length === 0) return [];
  const words = text.printDrills;
  return [
    { kind: 'heading', text: words.findings },
    {
      kind: 'table',
      columns: [
        { title: words.findingDate, width: 3 },
        { title: words.problem, width: 9 },
        { title: words.where, width: 4 },
      ],
      rows: findings.map(({ date, what, place }) => [date, what, place]),
    },
  ];
}
