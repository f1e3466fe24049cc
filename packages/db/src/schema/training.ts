/** Tables of `training`: people, what they can prove, courses, lessons, duty and equipment. */
import type {
  CardForgotten,
  CertificateKind,
  EquipmentCheck,
  EquipmentKind,
  FileType,
  LessonTopic,
  RecordEquipmentCheck,
  RuleSetId,
  SaveRequirement,
  ShiftKind,
  Skill,
  StaffRole,
} from '@anyuan/contracts';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';

type Json<T extends object> = JSONColumnType<T, string, string>;

/** Who wrote a row that is never changed. */
interface Recorded {
  recordedId: string;
  recordedName: string;
  recordedAt: Date;
}

export interface TrainingTables {
  people: PeopleTable;
  /** One row: the shape in which the roster was last told as a whole. */
  rosterTold: { school: true; shape: number };
  changes: ChangesTable;
  peopleImports: Recorded & { id: string; added: number; changed: number };
  peopleImportRows: { import: string; person: string; before: Json<PersonBefore> | null };
  peopleImportUndos: Recorded & { import: string };
  certificates: CertificatesTable;
  withdrawals: Recorded & { certificate: string; reason: string };
  scans: Recorded & { certificate: string; type: FileType; bytes: Buffer };
  accessLog: AccessLogTable;
  vettings: Recorded & {
    id: string;
    person: string;
    checkedOn: string;
    result: 'clear' | 'notClear';
    checkedBy: string;
  };
  filings: Recorded & {
    id: string;
    person: string;
    authority: 'education' | 'police';
    filedOn: string;
    receipt: string;
  };
  requirements: { id: string; body: Json<Omit<SaveRequirement, 'id'>>; retiredAt: Date | null };
  drillSkills: { id: string; drill: string; person: string; skill: Skill; seconds: number | null; at: Date };
  reminders: { certificate: string; threshold: number; days: number; at: Date };
  courses: CoursesTable;
  coursePlan: { course: string; year: number; months: number[] };
  sessions: SessionsTable;
  attendances: AttendancesTable;
  assessments: AssessmentsTable;
  classes: { id: string; name: string; teacher: string | null; position: number };
  lessons: LessonsTable;
  proofs: Recorded & { lesson: string; type: FileType; bytes: Buffer };
  headcounts: HeadcountsTable;
  shifts: ShiftsTable;
  shiftGuards: { shift: string; person: string; overrideReason: string | null; overrideBy: string | null };
  guardRooms: { gate: string; name: string };
  equipment: EquipmentTable;
  inspections: Recorded & { id: string; equipment: string; date: string; ok: boolean; note: string };
  equipmentChecks: EquipmentChecksTable;
}

interface PeopleTable {
  id: string;
  name: string;
  roles: StaffRole[];
  phone: string | null;
  cardHash: string | null;
  employedFrom: string | null;
  leftOn: string | null;
  /** When a person of the school changed this row: an import at start leaves it alone from then on. */
  editedAt: Date | null;
}

/** What an import put something else in place of. */
interface PersonBefore {
  name: string;
  roles: StaffRole[];
  phone: string | null;
  employedFrom: string | null;
  leftOn: string | null;
  editedAt: string | null;
}

interface ChangesTable {
  id: string;
  /** The order in which things were changed; the clock may give two of them one moment. */
  position: Generated<number>;
  at: Date;
  entity: string;
  entityId: string;
  type: string;
  data: Json<Record<string, unknown>>;
  actorId: string;
  actorName: string;
}

/** `number` is sealed; opened in `certificates.ts` only, and on record. */
interface CertificatesTable extends Recorded {
  id: string;
  person: string;
  kind: CertificateKind;
  number: Buffer;
  last4: string;
  issuer: string;
  issuedOn: string;
  expiresOn: string | null;
  supersedes: string | null;
}

interface AccessLogTable {
  id: string;
  at: Date;
  certificate: string;
  what: 'number' | 'scan';
  actorId: string;
  actorName: string;
  purpose: string;
}

interface CoursesTable {
  id: string;
  code: string;
  title: string;
  roles: StaffRole[];
  periodMonths: number | null;
  passMark: number | null;
  retiredAt: Date | null;
}

interface SessionsTable {
  id: string;
  course: string;
  date: string;
  fromTime: string;
  hours: number;
  place: string;
  trainer: string;
  topic: string;
  cancelledAt: Date | null;
}

interface AttendancesTable extends Recorded {
  id: string;
  session: string;
  person: string;
  via: 'card' | 'name' | 'vouched';
  gate: string | null;
  at: Date;
  forgotten: ColumnType<CardForgotten | null, string | null | undefined, never>;
}

/** The mark of that day stands here: a course that is made harder later fails nobody afterwards. */
interface AssessmentsTable extends Recorded {
  id: string;
  session: string;
  person: string;
  score: number;
  passMark: number;
  passed: boolean;
  at: Date;
}

interface LessonsTable extends Recorded {
  id: string;
  class: string;
  className: string;
  date: string;
  topic: LessonTopic;
  minutes: number;
  title: string;
  link: string | null;
}

interface HeadcountsTable extends Recorded {
  id: string;
  pupils: number;
  staff: number;
  boarders: number;
  ruleSet: RuleSetId;
  fromDate: string;
}

interface ShiftsTable {
  id: string;
  gate: string;
  date: string;
  fromTime: string;
  toTime: string;
  kind: ShiftKind;
  removedAt: Date | null;
}

interface EquipmentTable {
  id: string;
  kind: EquipmentKind;
  gate: string | null;
  person: string | null;
  serial: string | null;
  expiresOn: string | null;
  inspectEveryMonths: number;
  boughtOn: string | null;
  retiredAt: Date | null;
}

interface EquipmentChecksTable {
  id: string;
  gate: string;
  byId: string;
  byName: string;
  at: Date;
  onDuty: number;
  counts: Json<RecordEquipmentCheck['counts']>;
  gaps: Json<EquipmentCheck['gaps']>;
  note: string;
  receivedAt: Date;
}
