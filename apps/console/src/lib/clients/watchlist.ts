/** What the screens ask about the watchlist; the gate service keeps it, and every look. */
import type {
  AnswerWatchHit,
  ChangeWatchEntry,
  ExtendWatchEntry,
  MakeWatchEntry,
  WatchDetail,
  WatchHitView,
  WatchLine,
  WatchLook,
  WatchSaved,
  WithdrawWatchEntry,
} from '@anyuan/contracts';

export interface WatchlistClient {
  /** A look on record. */
  entries(): Promise<WatchLine[]>;
  /** A look on record. */
  open(entry: string): Promise<WatchDetail>;
  hits(): Promise<WatchHitView[]>;
  answer(command: AnswerWatchHit): Promise<WatchHitView>;
  looks(): Promise<WatchLook[]>;
  staff(): Promise<{ id: string; name: string; title: string }[]>;
  make(command: MakeWatchEntry): Promise<WatchSaved>;
  change(command: ChangeWatchEntry): Promise<WatchSaved>;
  extend(command: ExtendWatchEntry): Promise<WatchSaved>;
  withdraw(command: WithdrawWatchEntry): Promise<WatchSaved>;
}
