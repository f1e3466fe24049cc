/** Tables of `drills`: terms, plans, drills and their rolls, findings, posts and patrols. */
import type {
  CardForgotten,
  DrillKind,
  DrillResult,
  PersonRef,
  PlanBody,
  RollState,
  Rule,
  SavePost,
  SaveRoute,
  SchoolFacts,
  SignedIn,
  Skill,
} from '@anyuan/contracts';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';

type Json<T extends object | null> = JSONColumnType<T, string | null, string | null>;
type Person = Json<PersonRef>;

export interface DrillsTables {
  facts: { one: Generated<boolean>; facts: Json<SchoolFacts> };
  terms: { id: string; name: string; fromDate: string; toDate: string };
  exams: { id: string; term: string; name: string; fromDate: string; toDate: string };
  ownDays: { date: string; kind: 'schoolDay' | 'holiday'; name: string };
  /** Days that a person said the own days are complete for, both ends included. */
  confirmedSpans: { fromDate: string; toDate: string; actor: Person; at: Date };
  ownRules: { id: string; body: Json<Rule>; actor: Person; at: Date };
  ruleChanges: {
    position: Generated<number>;
    rule: string;
    enabled: boolean;
    reason: string;
    actor: Person;
    at: Date;
  };
  plans: { id: string; kind: DrillKind; level: 'general' | 'major' | 'severe'; title: string };
  planVersions: PlanVersionsTable;
  planReads: { version: string; personId: string; personName: string; at: Date };
  /** Who must have read the plans that count. */
  readers: { id: string; name: string };
  /** Calendar feeds by the hash of their secret address. */
  feeds: { hash: string; personId: string; planner: boolean; at: Date };
  classes: { id: string; name: string; grade: number; teacherId: string; teacherName: string };
  pupils: { id: string; class: string; number: number; name: string };
  drills: DrillsTable;
  /** Announced, for this date. */
  reminders: { drill: string; date: string; at: Date };
  history: { position: Generated<number>; drill: string; at: Date; actor: Person; type: string; detail: Json<object> };
  /** Classes and pupils as they were when the drill began. */
  drillClasses: {
    drill: string;
    class: string;
    name: string;
    teacherId: string;
    teacherName: string;
    place: string;
  };
  drillPupils: { drill: string; pupil: string; class: string; number: number; name: string };
  rollMarks: RollMarksTable;
  rollReports: { id: string; drill: string; class: string; at: Date; receivedAt: Date; actor: Person };
  skills: {
    id: string;
    drill: string;
    personId: string;
    personName: string;
    skill: Skill;
    seconds: number | null;
    at: Date;
    source: 'alarm' | 'roll' | 'observer';
  };
  findings: {
    id: string;
    drill: string;
    what: string;
    place: string;
    actor: Person;
    at: Date;
    dismissed: string | null;
  };
  photos: { id: string; finding: string; type: string; bytes: Buffer; actor: Person; at: Date };
  hazardLinks: HazardLinksTable;
  posts: { id: string; body: Json<SavePost>; codeHash: string; retiredAt: Date | null };
  routes: { id: string; body: Json<SaveRoute>; retiredAt: Date | null };
  /** Append-only: what was planned, and from when; without a body it was retired. */
  placeChanges: {
    position: Generated<number>;
    place: string;
    kind: 'post' | 'route';
    body: Json<SavePost | SaveRoute | null>;
    actor: Person;
    at: Date;
  };
  routePoints: { id: string; route: string; codeHash: string };
  signIns: SignInsTable;
  missed: { day: string; round: string; point: string; flaggedAt: Date };
}

interface PlanVersionsTable {
  id: string;
  plan: string;
  number: number;
  status: 'draft' | 'approved';
  body: Json<PlanBody>;
  why: string;
  findings: string[];
  draftedBy: Person;
  draftedAt: Date;
  /** Ids of all who wrote at it. */
  drafters: string[];
  approvedBy: Json<PersonRef | null>;
  approvedAt: Date | null;
}

interface DrillsTable {
  id: string;
  term: string;
  kind: DrillKind;
  date: string;
  time: string;
  announced: boolean;
  targetSeconds: number;
  lead: Person;
  observers: Json<PersonRef[]>;
  verifies: string[];
  status: 'planned' | 'running' | 'ended' | 'cancelled';
  mode: 'exercise' | 'test';
  planVersion: string | null;
  incident: string | null;
  alarmHeardAt: Date | null;
  startedAt: Date | null;
  endedAt: Date | null;
  endNote: string | null;
  cancelReason: string | null;
  /** Of the marks that have come so far; null before the drill began. */
  result: Json<DrillResult | null>;
}

interface RollMarksTable {
  id: string;
  drill: string;
  pupil: string;
  state: RollState;
  /** What counts: the claim, not before the drill began and not after it was received. */
  at: Date;
  claimedAt: Date;
  receivedAt: Date;
  actor: Person;
  note: string;
}

/** The ledger's hazards that came from a finding, as its events told. */
interface HazardLinksTable {
  hazard: string;
  finding: string;
  number: string;
  status: string;
  ownerName: string | null;
  deadline: string | null;
  recordedAt: Date;
  fixedAt: Date | null;
  fixedBy: string | null;
  verifiedAt: Date | null;
}

interface SignInsTable {
  id: string;
  day: string;
  post: string | null;
  round: string | null;
  point: string | null;
  route: string | null;
  at: Date;
  claimedAt: Date;
  receivedAt: Date;
  via: string;
  forgotten: ColumnType<CardForgotten | null, string | null | undefined, never>;
  person: Person;
  actor: Person;
  outcome: Json<SignedIn>;
}
