/** Tables of `gate`: people who come to the school, and the people whom they come to see. */
import type { Host, StaffPerson, VisitView } from '@anyuan/contracts';
import type { JSONColumnType } from 'kysely';

type Json<T extends object> = JSONColumnType<T, string, string>;
type Visit = Omit<VisitView, 'host' | 'security'>;

export interface GateTables {
  visitors: VisitorsTable;
  visits: VisitsTable;
  signOuts: SignOutsTable;
  accessLog: AccessLogTable;
  staff: StaffTable;
  listVersion: { list: 'staff'; version: number };
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
}

interface SignOutsTable {
  command: string;
  visit: string;
  gate: string;
  guardId: string;
  guardName: string;
  at: Date;
  offline: boolean;
  receivedAt: Date;
}

/** Who had a visitor's ID number shown in clear, and why. Rows are added, never changed. */
interface AccessLogTable {
  id: string;
  at: Date;
  visit: string;
  actorId: string;
  actorName: string;
  purpose: string;
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
