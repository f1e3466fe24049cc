/** What the screens ask of the ledger service: hazards, from their report until somebody else has verified the fix. */
import type {
  AddHazardPhoto,
  AssignHazard,
  ExtendDeadline,
  FixHazard,
  HazardCounts,
  HazardFile,
  HazardFilter,
  HazardResult,
  HazardsPage,
  HazardView,
  PhotoResult,
  RejectHazard,
  ReopenHazard,
  ReportHazard,
  UrgeHazard,
  VerifyHazard,
} from '@anyuan/contracts';

export interface LedgerClient {
  /** @param before the last page's `more` */
  hazards(filter: HazardFilter, before?: number): Promise<HazardsPage>;
  counts(): Promise<HazardCounts>;
  /** What the asker must mend, the most urgent first. */
  mine(): Promise<HazardView[]>;
  hazard(hazard: string): Promise<HazardFile>;
  report(hazard: ReportHazard): Promise<HazardResult>;
  addPhoto(photo: AddHazardPhoto): Promise<PhotoResult>;
  assign(command: AssignHazard): Promise<HazardResult>;
  extend(command: ExtendDeadline): Promise<HazardResult>;
  fix(command: FixHazard): Promise<HazardResult>;
  verify(command: VerifyHazard): Promise<HazardResult>;
  reopen(command: ReopenHazard): Promise<HazardResult>;
  reject(command: RejectHazard): Promise<HazardResult>;
  urge(command: UrgeHazard): Promise<HazardResult>;
}
