/** Tables of `gate` for permits, their taps, vehicles and expected deliveries. */
import type {
  CardForgotten,
  GuardReason,
  PassOutcome,
  PermitChange,
  PermitKind,
  PermitRefusal,
  PermitTerms,
  VehicleDoubt,
  VehicleKind,
} from '@anyuan/contracts';
import type { JSONColumnType } from 'kysely';

export interface PermitTables {
  permits: PermitsTable;
  permitPlates: { plate: string; permit: string };
  permitChanges: PermitChangesTable;
  permitTaps: PermitTapsTable;
  goodsDeliveries: GoodsDeliveriesTable;
  vehiclePasses: VehiclePassesTable;
}

interface PermitsTable {
  id: string;
  kind: PermitKind;
  name: string;
  firm: string;
  cardHash: string | null;
  cardLast4: string | null;
  validFrom: string;
  validTo: string;
  days: number[];
  fromTime: string;
  toTime: string;
  gates: string[];
  suspendedAt: Date | null;
  suspendedReason: string | null;
  changedAt: Date;
  changedById: string;
  changedByName: string;
}

/** Rows are added, never changed. */
interface PermitChangesTable {
  command: string;
  permit: string;
  act: PermitChange['act'];
  at: Date;
  byId: string;
  byName: string;
  reason: string | null;
  /** As they were written, with the plates. */
  terms: JSONColumnType<PermitTerms & { plates: string[] }, string, string> | null;
}

/** What a gate decided; rows are added, never changed. */
interface Decided {
  gate: string;
  guardId: string;
  guardName: string;
  at: Date;
  offline: boolean;
  listAsOf: Date | null;
  receivedAt: Date;
}

interface PermitTapsTable extends Decided {
  tap: string;
  permit: string | null;
  outcome: PassOutcome;
  refusal: PermitRefusal | null;
  cardLast4: string | null;
  cardHash: string | null;
  forgotten: JSONColumnType<CardForgotten | null, string | null, never>;
}

interface VehiclePassesTable extends Decided {
  pass: string;
  plate: string;
  outcome: PassOutcome;
  kind: VehicleKind;
  permit: string | null;
  visit: string | null;
  delivery: string | null;
  doubt: VehicleDoubt | null;
  reason: GuardReason | null;
}

interface GoodsDeliveriesTable {
  id: string;
  supplier: string;
  goods: string;
  plate: string | null;
  date: string;
  fromTime: string;
  toTime: string;
  cancelledAt: Date | null;
  byId: string;
  byName: string;
  plannedAt: Date;
}
