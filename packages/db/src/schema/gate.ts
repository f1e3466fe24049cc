/** Tables of `gate`: people who come to the school, and the people whom they come to see. */
import type {
  AccessKind,
  DeletionProof,
  Host,
  HostQuestion,
  KeptBecause,
  ListName,
  Party,
  PersonRef,
  ReturnOutcome,
  SiteRollHead,
  StaffPerson,
  VisitView,
} from '@anyuan/contracts';
import type { Generated, JSONColumnType } from 'kysely';
import type { ContradictionTables } from './contradictions.ts';
import type { BookingLogTable, BookingsTable, BookingUsesTable } from './gate-bookings.ts';
import type { GateShiftTables } from './gate-shifts.ts';
import type {
  WatchAnswersTable,
  WatchEntriesTable,
  WatchHistoryTable,
  WatchHitsTable,
  WatchLooksTable,
} from './gate-watchlist.ts';
import type { PermitTables } from './permits.ts';

type Json<T extends object> = JSONColumnType<T, string, string>;
type Visit = Omit<VisitView, 'host' | 'security'>;

export interface GateTables extends PermitTables, GateShiftTables, ContradictionTables {
  visitors: VisitorsTable;
  visits: VisitsTable;
  signOuts: SignOutsTable;
  itemReturns: ItemReturnsTable;
  hostQuestions: HostQuestionsTable;
  confirmPolicy: ConfirmPolicyTable;
  deputies: { host: string; deputy: string };
  accessLog: AccessLogTable;
  searchKeys: { key: string; visitor: string };
  retentionRules: RetentionRulesTable;
  retentionDays: { day: string; at: Date };
  erasures: { command: string; at: Date };
  deletions: DeletionsTable;
  siteRolls: SiteRollsTable;
  siteRollMarks: SiteRollMarksTable;
  staff: StaffTable;
  listVersion: { list: ListName; version: number };
  bookings: BookingsTable;
  bookingUses: BookingUsesTable;
  bookingLog: BookingLogTable;
  watchEntries: WatchEntriesTable;
  watchHistory: WatchHistoryTable;
  watchLooks: WatchLooksTable;
  watchHits: WatchHitsTable;
  watchAnswers: WatchAnswersTable;
}

/** Personal data of a visitor, apart from the visits. Sealed columns are opened in `store.ts` only, and on record. */
interface VisitorsTable {
  id: string;
  document: Visit['document'];
  name: string;
  sex: 'male' | 'female' | 'unknown';
  birthDate: string | null;
  idNumber: Buffer | null;
  idHash: string | null;
  idLast4: string | null;
  phone: Buffer | null;
  /** Its search keys stand. */
  keyed: Generated<boolean>;
}

interface VisitsTable {
  id: string;
  number: string;
  visitor: string;
  status: Visit['status'];
  reason: Visit['reason'];
  note: string | null;
  host: Json<Host> | null;
  security: Json<NonNullable<VisitView['security']>> | null;
  refusal: Visit['refusal'];
  items: Json<string[]>;
  gate: string;
  guardId: string;
  guardName: string;
  admittedAt: Date;
  leftAt: Date | null;
  offline: boolean;
  receivedAt: Date;
  type: Generated<Visit['type']>;
  party: Json<Party>;
  /** How many of the party have left. */
  gone: Generated<number>;
  until: Date | null;
  confirmation: Json<Visit['confirmation']>;
  certificate: string | null;
  work: Visit['work'];
  firm: string | null;
  booking: string | null;
  plate: string | null;
  /** Host and guard were told that he should have left. */
  overdueToldAt: Date | null;
}

interface SignOutsTable {
  command: string;
  visit: string;
  kind: 'left' | 'undone';
  /** How many of a group; null: whoever is left. */
  count: number | null;
  gate: string;
  guardId: string;
  guardName: string;
  at: Date;
  offline: boolean;
  receivedAt: Date;
}

/** What became of held things; the newest counts. Rows are added, never changed. */
interface ItemReturnsTable {
  command: string;
  visit: string;
  outcome: ReturnOutcome;
  because: KeptBecause | null;
  note: string | null;
  gate: string;
  guardId: string;
  guardName: string;
  at: Date;
  offline: boolean;
  receivedAt: Date;
}

/** Questions to hosts, for a day; what came of them stands in the visits. */
interface HostQuestionsTable {
  id: string;
  gate: string;
  visitor: Json<HostQuestion['visitor']>;
  reason: HostQuestion['reason'];
  host: Json<Host>;
  guardId: string;
  guardName: string;
  askedAt: Date;
  asked: Json<HostQuestion['asked']>;
  state: HostQuestion['state'];
  answer: Json<NonNullable<HostQuestion['answer']>> | null;
  answerCommand: string | null;
  /** When the next one is asked besides; null: nobody is left to ask, or it is settled. */
  nextAt: Date | null;
}

/** One row. */
interface ConfirmPolicyTable {
  waitSeconds: number;
  dutyLeader: string | null;
  closing: string;
}

/** Who looked at or took out what, and why. Rows are added, never changed. */
interface AccessLogTable {
  id: string;
  at: Date;
  kind: Generated<AccessKind>;
  visit: string | null;
  visitor: string | null;
  actorId: string;
  actorName: string;
  purpose: string;
  detail: Generated<string>;
}

/** The newest counts. Rows are added, never changed. */
interface RetentionRulesTable {
  command: string;
  days: number;
  actorId: string;
  actorName: string;
  at: Date;
}

/** The proof of deletion, a chain. Rows are added, never changed. */
interface DeletionsTable {
  seq: number;
  at: Date;
  class: DeletionProof['class'];
  count: number;
  fromDate: string;
  toDate: string;
  why: DeletionProof['why'];
  days: number;
  digest: string;
  previous: string;
  hash: string;
}

interface SiteRollsTable {
  id: string;
  openedAt: Date;
  openedBy: Json<PersonRef>;
  incident: string | null;
  closedAt: Date | null;
  closedBy: Json<PersonRef> | null;
  /** Of a closed roll, since its marks go with their visits. */
  tally: Json<SiteRollHead['tally']> | null;
}

/** Rows are added, never changed; they go with their visit (`gate.forget`). */
interface SiteRollMarksTable {
  id: string;
  roll: string;
  visit: string;
  state: 'present' | 'missing';
  actorId: string;
  actorName: string;
  at: Date;
  receivedAt: Date;
}

interface StaffTable {
  id: string;
  name: string;
  role: StaffPerson['role'];
  department: string;
  title: string;
  pinyin: string;
  initials: string;
  phone: string | null;
  host: boolean;
  cardHash: string | null;
  pin: string | null;
  mayStandDown: boolean;
}
