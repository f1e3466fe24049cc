/** What the office's screens ask of the gate service: the day book, people who came before, who looked, what is kept, rolls. */
import type {
  AccessEntry,
  DayBookFilter,
  DayBookPage,
  DayBookPlace,
  EraseResult,
  EraseVisitor,
  OpenSiteRoll,
  ProofIntegrity,
  RetentionView,
  SetRetention,
  SiteRoll,
  SiteRollHead,
  TakeSiteRoll,
  VisitorFile,
  VisitorsFound,
} from '@anyuan/contracts';

export interface DayBookClient {
  /** @param after where the page before ended */
  page(filter: DayBookFilter, after: DayBookPlace | null): Promise<DayBookPage>;
  gates(): Promise<string[]>;
  find(text: string): Promise<VisitorsFound>;
  /** On record. */
  file(visitor: string): Promise<VisitorFile>;
  /** In clear, on record with its purpose; null when none was registered. */
  idNumber(visit: string, purpose: string): Promise<string | null>;
  access(asked: { visitor?: string; before?: string }): Promise<AccessEntry[]>;
  retention(): Promise<RetentionView>;
  /** The chain of proofs against what went out on the bus. */
  integrity(): Promise<ProofIntegrity>;
  setRetention(command: SetRetention): Promise<RetentionView>;
  erase(command: EraseVisitor): Promise<EraseResult>;
  rolls(): Promise<SiteRollHead[]>;
  roll(roll: string): Promise<SiteRoll>;
  openRoll(command: OpenSiteRoll): Promise<SiteRoll>;
  takeRoll(command: TakeSiteRoll): Promise<SiteRoll>;
  closeRoll(roll: string): Promise<SiteRoll>;
}
