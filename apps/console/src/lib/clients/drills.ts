/** What the screens ask of the drills service: terms, drills, roll calls, findings and plans. */
import type {
  AddPhoto,
  AddRule,
  ApproveResult,
  ApproveVersion,
  BeginDrill,
  CancelDrill,
  ChangeRule,
  ClassCount,
  ClassRoll,
  Conflict,
  CreatePlan,
  DismissFinding,
  DismissResult,
  DraftResult,
  DraftVersion,
  DrillBoard,
  DrillView,
  EndDrill,
  FindingView,
  MoveDrill,
  OwnDay,
  Period,
  PersonRef,
  PlanDetail,
  PlanView,
  RecordFinding,
  RecordSkill,
  SaveExam,
  SaveTerm,
  ScheduleDrill,
  Scheduled,
  SchoolClass,
  SchoolFacts,
  SkillRecord,
  TakeRoll,
  Term,
  TermPlan,
  TermView,
} from '@anyuan/contracts';
import type { PatrolsClient } from './patrols.ts';

/** What a schema reads, for those without a type of that name. */
type Of<Schema extends { _output: unknown }> = Schema['_output'];

export interface TermPage {
  terms: Term[];
  /** Null while the school has no term. */
  view: TermView | null;
  drills: DrillView[];
}

export interface DrillPage {
  board: DrillBoard;
  history: { at: string; by: string | null; type: string }[];
  skills: SkillRecord[];
  findings: FindingView[];
}

export interface RollCall {
  drill: DrillView | null;
  classes: ClassCount[];
  /** Ids of the classes whose roll this person takes. */
  mine: string[];
  /** The next announced one, while none runs. */
  next: DrillView | null;
}

export interface EvacuationTimes {
  drill: string;
  kind: DrillView['kind'];
  date: string;
  targetSeconds: number;
  wholeSeconds: number | null;
  classes: { class: string; name: string; seconds: number | null }[];
}

export interface ScheduledAll {
  scheduled: DrillView[];
  conflicts: { id: string; conflicts: Conflict[] }[];
}

export interface PlansClient {
  list(): Promise<PlanView[]>;
  detail(plan: string): Promise<PlanDetail>;
  create(plan: CreatePlan): Promise<void>;
  draft(version: DraftVersion): Promise<DraftResult>;
  approve(version: ApproveVersion): Promise<ApproveResult>;
  confirmRead(version: string): Promise<void>;
}

export interface DrillsClient {
  /** @param term left out, the one that runs now */
  term(term?: string): Promise<TermPage>;
  saveTerm(term: SaveTerm): Promise<void>;
  saveExam(exam: SaveExam): Promise<void>;
  removeExam(exam: string): Promise<void>;
  saveDay(day: OwnDay): Promise<void>;
  removeDay(date: string): Promise<void>;
  /** The own days of this stretch of a term are complete. */
  confirmDays(span: Period): Promise<void>;
  saveFacts(facts: SchoolFacts): Promise<void>;
  changeRule(change: Of<typeof ChangeRule>): Promise<void>;
  addRule(rule: Of<typeof AddRule>): Promise<void>;
  propose(term: string): Promise<TermPlan>;
  schedule(drill: ScheduleDrill): Promise<Scheduled>;
  scheduleAll(drills: ScheduleDrill[]): Promise<ScheduledAll>;
  move(move: MoveDrill): Promise<Scheduled>;
  cancel(command: Of<typeof CancelDrill>): Promise<void>;
  people(): Promise<PersonRef[]>;
  classes(): Promise<SchoolClass[]>;
  drill(drill: string): Promise<DrillPage>;
  begin(command: Of<typeof BeginDrill>): Promise<DrillView>;
  end(command: Of<typeof EndDrill>): Promise<void>;
  running(): Promise<DrillView[]>;
  rollCall(): Promise<RollCall>;
  roll(drill: string, schoolClass: string): Promise<ClassRoll>;
  takeRoll(roll: TakeRoll): Promise<ClassRoll>;
  recordSkill(skill: RecordSkill): Promise<void>;
  recordFinding(finding: RecordFinding): Promise<FindingView>;
  dismissFinding(command: Of<typeof DismissFinding>): Promise<DismissResult>;
  addPhoto(photo: Of<typeof AddPhoto>): Promise<void>;
  /** @param term left out, of all terms */
  findings(term?: string): Promise<FindingView[]>;
  evacuations(term?: string): Promise<EvacuationTimes[]>;
  /** Since when one has a secret address of the school's calendar; null without one. The address itself is not kept. */
  feed(): Promise<string | null>;
  /** A new secret address, as a path of this server. The one before it closes. */
  makeFeed(): Promise<string>;
  plans: PlansClient;
  patrols: PatrolsClient;
}
