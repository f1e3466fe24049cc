/** Tables of the watchlist, apart from all others of `gate` (A6). */
import type { PersonRef, RecordWatchHit, WatchAnswer, WatchDetail, WatchDraft } from '@anyuan/contracts';
import type { GeneratedAlways, JSONColumnType } from 'kysely';

type People = JSONColumnType<PersonRef[], string, string>;

/** `person`: name, birth date and number, sealed as one text. The hashes are under `watch.key`. */
export interface WatchEntriesTable {
  id: string;
  person: Buffer;
  idHash: string | null;
  bornHash: string | null;
  yearHash: string | null;
  nameHash: string;
  source: WatchDraft['source'];
  reason: WatchDraft['reason'];
  action: WatchDraft['action'];
  instruction: string;
  responders: People;
  readers: People;
  validFrom: string;
  validUntil: string;
  madeById: string;
  madeByName: string;
  madeAt: Date;
  withdrawnAt: Date | null;
  version: number;
}

/** Rows of this and the three below are added, never changed. `before`: the whole entry as it was, sealed. */
export interface WatchHistoryTable {
  id: string;
  position: GeneratedAlways<number>;
  entry: string;
  at: Date;
  byId: string;
  byName: string;
  type: WatchDetail['history'][number]['type'];
  why: string;
  fields: JSONColumnType<string[], string, string>;
  before: Buffer | null;
}

export interface WatchLooksTable {
  id: string;
  position: GeneratedAlways<number>;
  at: Date;
  byId: string;
  byName: string;
  what: 'listed' | 'opened' | 'refused';
  /** Whatever id was asked for: no reference. */
  entry: string | null;
}

export interface WatchHitsTable {
  id: string;
  entry: string;
  match: RecordWatchHit['match'];
  /** Keyed hash; null: there was a name only. */
  person: string | null;
  shown: RecordWatchHit['shown'];
  gate: string;
  guardId: string;
  guardName: string;
  at: Date;
  listAsOf: Date;
  offline: boolean;
  receivedAt: Date;
}

export interface WatchAnswersTable {
  id: string;
  position: GeneratedAlways<number>;
  hit: string;
  answer: WatchAnswer;
  byId: string;
  byName: string;
  via: 'gate' | 'console';
  at: Date;
  offline: boolean;
  receivedAt: Date;
}
