/**
 * What the training screens ask (E1, E2, E5, H11, H12): people and what they can prove, guards and their equipment.
 * Every id is made by the asker, so that a command that is sent twice is done once.
 */
import type {
  AddCertificate,
  AddScan,
  CertificateReading,
  EquipmentCheck,
  EquipmentView,
  InspectEquipment,
  Matrix,
  Mine,
  PlanShift,
  PutOnShift,
  RecordEquipmentCheck,
  RecordFiling,
  RecordVetting,
  ReminderView,
  SaveEquipment,
  SavePerson,
  SetHeadcount,
  ShiftPlanned,
  ShiftView,
  Staffing,
  StaffMember,
  StaffRecord,
  TakeOffShift,
  WithdrawCertificate,
} from '@anyuan/contracts';
import type { LearningClient } from './learning.ts';
import type { PeopleImportClient } from './people-import.ts';

export interface TrainingClient {
  learning: LearningClient;
  peopleImport: PeopleImportClient;
  matrix(): Promise<Matrix>;
  /** Certificates that end within 90 days or are over, the next one first. */
  reminders(): Promise<ReminderView[]>;

  /** Of whoever asks, and nobody else. */
  mine(): Promise<Mine>;

  people(): Promise<StaffMember[]>;
  savePerson(person: SavePerson): Promise<void>;
  record(person: string): Promise<StaffRecord>;
  addCertificate(certificate: AddCertificate): Promise<void>;
  withdrawCertificate(command: WithdrawCertificate): Promise<void>;
  addScan(scan: AddScan): Promise<void>;
  /** @returns the whole number; who asked, and why, stays on record */
  showNumber(command: { certificate: string; purpose: string }): Promise<string>;
  readings(certificate: string): Promise<CertificateReading[]>;
  recordVetting(vetting: RecordVetting): Promise<void>;
  recordFiling(filing: RecordFiling): Promise<void>;

  staffing(): Promise<Staffing>;
  setHeadcount(headcount: SetHeadcount): Promise<void>;
  shifts(from: string, to: string): Promise<ShiftView[]>;
  planShifts(shifts: PlanShift[]): Promise<void>;
  putOnShift(command: PutOnShift): Promise<ShiftPlanned>;
  takeOffShift(command: TakeOffShift): Promise<void>;
  removeShift(shift: string, reason: string): Promise<void>;

  equipment(): Promise<EquipmentView>;
  saveGuardRoom(gate: string, name: string): Promise<void>;
  saveEquipment(item: SaveEquipment): Promise<void>;
  retireEquipment(equipment: string, reason: string): Promise<void>;
  inspectEquipment(inspection: InspectEquipment): Promise<void>;
  recordCheck(check: RecordEquipmentCheck): Promise<EquipmentCheck>;
}
