/** Tables of `pickup`: who may fetch which child, and who did. */
import type { HandOverView, PickupList } from '@anyuan/contracts';
import type { JSONColumnType } from 'kysely';

type Json<T extends object> = JSONColumnType<T, string, string>;

export interface PickupTables {
  children: { id: string; name: string; className: string; teacherId: string; teacherName: string };
  guardians: GuardiansTable;
  cards: CardsTable;
  cardChanges: CardChangesTable;
  rules: RulesTable;
  bars: { guardian: string; child: string };
  handOvers: HandOversTable;
  refusals: RefusalsTable;
  listVersion: { list: 'pickup'; version: number };
}

interface GuardiansTable {
  id: string;
  name: string;
  relation: string;
  sex: PickupList['guardians'][number]['sex'];
  idHash: string | null;
}

interface CardsTable {
  id: string;
  hash: string;
  last4: string;
  guardian: string;
  status: PickupList['cards'][number]['status'];
  lostAt: Date | null;
  lostBy: string | null;
}

/** Who reported a card lost or took that back. Rows are added, never changed. */
interface CardChangesTable {
  id: string;
  card: string;
  at: Date;
  status: CardsTable['status'];
  actorId: string;
  actorName: string;
}

interface RulesTable {
  guardian: string;
  child: string;
  days: number[];
  fromTime: string;
  toTime: string;
  validFrom: string | null;
  validTo: string | null;
}

/** Names stand here as they were at that moment: a later import must not change who fetched whom. */
interface HandOversTable {
  id: string;
  verdict: string;
  child: string;
  childName: string;
  className: string;
  guardian: string;
  guardianName: string;
  relation: string;
  cardLast4: string;
  byEye: boolean;
  gate: string;
  guardId: string;
  guardName: string;
  at: Date;
  day: string;
  offline: boolean;
  /** The hand-over of the same child that stood already; the second one is kept and shown. */
  conflictWith: string | null;
  receivedAt: Date;
}

interface RefusalsTable {
  id: string;
  reason: string;
  guardian: string | null;
  guardianName: string | null;
  relation: string | null;
  children: Json<HandOverView['children']>;
  cardLast4: string | null;
  gate: string;
  guardId: string;
  guardName: string;
  at: Date;
  offline: boolean;
  receivedAt: Date;
}
