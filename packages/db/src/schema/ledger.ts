/** Tables of `ledger`: hazards with their history, photos and escalations; channels and what went out on them. */
import type {
  ChannelAudience,
  ChannelFault,
  ChannelKind,
  ChannelTopic,
  DeliveryView,
  HazardChange,
  HazardLevel,
  HazardStatus,
  HazardView,
  PersonRef,
} from '@anyuan/contracts';
import type { Generated, JSONColumnType } from 'kysely';

type Json<T extends object> = JSONColumnType<T, string, string>;
type JsonOrNull<T extends object> = JSONColumnType<T | null, string | null, string | null>;

export interface LedgerTables {
  numbers: { schoolYear: number; month: number; last: number };
  hazards: HazardsTable;
  history: HistoryTable;
  photos: PhotosTable;
  escalations: { hazard: string; deadline: string; level: number; at: Date };
  channels: ChannelsTable;
  deliveries: DeliveriesTable;
  sendings: SendingsTable;
}

interface HazardsTable {
  id: string;
  /** In the order in which they were reported; pages go by it. */
  position: Generated<number>;
  schoolYear: number;
  number: string;
  what: string;
  place: string;
  details: string;
  sourceKind: HazardView['source']['kind'];
  finding: string | null;
  drill: string | null;
  reportedBy: Json<PersonRef>;
  reportedAt: Date;
  status: HazardStatus;
  level: HazardLevel | null;
  owner: JsonOrNull<PersonRef>;
  deadline: string | null;
  measure: string;
  stopgap: string;
  fixedAt: Date | null;
  fixedBy: JsonOrNull<PersonRef>;
  evidence: string;
  verifiedAt: Date | null;
  verifiedBy: JsonOrNull<PersonRef>;
  reason: string;
  urgedAt: Date | null;
  escalated: number;
}

interface HistoryTable {
  seq: Generated<number>;
  hazard: string;
  /** Null: the clock did it. */
  command: string | null;
  at: Date;
  type: HazardChange;
  actor: JsonOrNull<PersonRef>;
  detail: Json<Record<string, unknown>>;
}

interface PhotosTable {
  id: string;
  hazard: string;
  part: 'hazard' | 'fix';
  type: 'image/jpeg' | 'image/png';
  bytes: Buffer;
  at: Date;
  addedBy: Json<PersonRef>;
}

interface ChannelsTable {
  id: string;
  kind: ChannelKind;
  name: string;
  topics: ChannelTopic[];
  audience: ChannelAudience;
  enabled: boolean;
  /** `ChannelSettings` as JSON under `id.key`; null: removed. */
  sealed: Buffer | null;
  host: string;
  tail: string;
  savedBy: Json<PersonRef>;
  savedAt: Date;
  removedAt: Date | null;
  /** In a row. */
  failures: Generated<number>;
  /** Left alone until then. */
  nextAt: Date;
  /** One copy sends on it until then. */
  heldUntil: Date | null;
  lastSentAt: Date | null;
  lastFailedAt: Date | null;
  failingSince: Date | null;
  fault: ChannelFault | null;
  code: Generated<string>;
}

interface DeliveriesTable {
  id: string;
  position: Generated<number>;
  channel: string;
  /** The event's id: with the channel it is unique. */
  source: string;
  topic: DeliveryView['topic'];
  title: string;
  text: string;
  at: Date;
  state: Generated<DeliveryView['state']>;
  attempts: Generated<number>;
  doneAt: Date | null;
  fault: ChannelFault | null;
  code: Generated<string>;
  together: Generated<number>;
}

/** Every attempt. */
interface SendingsTable {
  seq: Generated<number>;
  channel: string;
  at: Date;
  messages: number;
  result: 'sent' | 'refused' | 'later';
  fault: ChannelFault | null;
  code: string;
}
