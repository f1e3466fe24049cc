/** What the office asks of shifts (A4) and of what protects the gates (A5). */
import type {
  AddDutyNote,
  AddFacilityPhoto,
  ClosePoint,
  DutyRecord,
  FacilityPhotoResult,
  FacilityView,
  LookAtFacility,
  SaveFacility,
  SetDuty,
  ShiftBoard,
} from '@anyuan/contracts';

export interface PinHolder {
  id: string;
  name: string;
  title: string;
  pin: boolean;
}
export interface ShiftsClient {
  board(): Promise<ShiftBoard>;
  record(gate: string, date: string): Promise<DutyRecord>;
  closePoint(command: ClosePoint): Promise<void>;
  setDuty(command: SetDuty): Promise<void>;
  addNote(command: AddDutyNote): Promise<void>;
  setRule(gate: string, always: boolean): Promise<void>;
  setGrace(minutes: number): Promise<void>;
  pins(): Promise<PinHolder[]>;
  setPin(person: string, pin: string): Promise<void>;
  facilities(): Promise<FacilityView[]>;
  saveFacility(facility: SaveFacility): Promise<void>;
  retireFacility(facility: string, reason: string): Promise<void>;
  look(look: LookAtFacility): Promise<void>;
  addPhoto(photo: AddFacilityPhoto): Promise<FacilityPhotoResult>;
}
