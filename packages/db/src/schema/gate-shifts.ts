/** Tables of `gate`: who stood at a gate (A4), and what protects it (A5). */
import type {
  DutyCell,
  EndShift,
  FacilityCondition,
  FacilityKind,
  HandoverNote,
  HandoverShown,
  IncidentKind,
  Mode,
  PersonRef,
  RosterShift,
  ShiftCheck,
  ShiftCheckKind,
  ShiftProof,
  Unplanned,
} from '@anyuan/contracts';
import type { JSONColumnType } from 'kysely';

type Json<T extends object> = JSONColumnType<T, string, string>;

export interface GateShiftTables {
  roster: RosterTable;
  coverRules: { gate: string; name: string; always: boolean };
  coverPolicy: { graceMinutes: number };
  shiftBegins: Decided & { shift: string; planned: string | null; reason: Unplanned | null; proof: ShiftProof };
  shiftChecks: Decided & { id: string; shift: string; checks: Json<ShiftCheck[]> };
  shiftEnds: ShiftEndsTable;
  closedPoints: ClosedPointsTable;
  dutyPeople: DutyPeople;
  dutyChanges: DutyPeople & { command: string; by: Json<PersonRef>; at: Date };
  dutyNotes: { id: string; gate: string; date: string; text: string; by: Json<PersonRef>; at: Date };
  /** For the day's record, from `alarm`. */
  heardIncidents: { incident: string; kind: IncidentKind; mode: Mode; gate: string | null; at: Date };
  /** Set here for who has none by the import; argon2id like those. */
  staffPins: { person: string; pin: string; setBy: Json<PersonRef>; setAt: Date };
  facilities: FacilitiesTable;
  facilityLooks: FacilityLooksTable;
  facilityChanges: {
    id: string;
    facility: string;
    type: string;
    data: Json<object>;
    by: Json<PersonRef>;
    at: Date;
  };
  facilityPhotos: FacilityPhotosTable;
}

/** A projection of training's roster: the newest word on each shift. */
interface RosterTable {
  id: string;
  gate: string;
  gateName: string;
  date: string;
  fromTime: string;
  toTime: string;
  kind: RosterShift['kind'];
  guards: Json<RosterShift['guards']>;
  removed: boolean;
  toldAt: Date;
}

interface Decided {
  gate: string;
  guardId: string;
  guardName: string;
  at: Date;
  offline: boolean;
  receivedAt: Date;
}

interface ShiftEndsTable extends Decided {
  id: string;
  shift: string;
  how: EndShift['how'];
  incoming: Json<PersonRef> | null;
  next: string | null;
  notes: Json<HandoverNote[]>;
  shown: Json<HandoverShown>;
  hash: string;
}

interface ClosedPointsTable {
  command: string;
  checks: string;
  checkKind: ShiftCheckKind;
  note: string;
  by: Json<PersonRef>;
  at: Date;
}

interface DutyPeople {
  date: string;
  dutyWindow: DutyCell['window'];
  role: DutyCell['role'];
  people: Json<DutyCell['people']>;
}

interface FacilitiesTable {
  id: string;
  gate: string;
  kind: FacilityKind;
  place: string;
  count: number;
  distanceM: number;
  everyMonths: number;
  recordedAt: Date;
  retiredAt: Date | null;
}

interface FacilityLooksTable {
  id: string;
  facility: string;
  condition: FacilityCondition;
  note: string;
  /** The ledger's hazard of this damage, from the look that found it until one that finds it whole. */
  hazard: string | null;
  by: Json<PersonRef>;
  at: Date;
}

interface FacilityPhotosTable {
  id: string;
  facility: string;
  type: 'image/jpeg' | 'image/png';
  bytes: Buffer;
  by: Json<PersonRef>;
  at: Date;
}
