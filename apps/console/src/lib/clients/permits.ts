/** What the office asks of permits and vehicles. */
import type {
  GiveBackPermit,
  GoodsDeliveryPlanned,
  GoodsDeliveryView,
  PermitChange,
  PermitSaved,
  PermitView,
  PlanDelivery,
  SavePermit,
  StrangeTap,
  SuspendPermit,
  VehicleInside,
  VehicleLogQuery,
  VehiclePassView,
} from '@anyuan/contracts';

export interface PermitsClient {
  permits(): Promise<PermitView[]>;
  /** By what is printed on the card. */
  byCard(number: string): Promise<PermitView[]>;
  changes(permit: string): Promise<PermitChange[]>;
  /** Cards that nobody knew, tapped in the last ten minutes. */
  strange(): Promise<StrangeTap[]>;
  save(command: SavePermit): Promise<PermitSaved>;
  suspend(command: SuspendPermit): Promise<void>;
  giveBack(command: GiveBackPermit): Promise<void>;
  inside(): Promise<VehicleInside[]>;
  passes(query: VehicleLogQuery): Promise<VehiclePassView[]>;
  deliveries(): Promise<GoodsDeliveryView[]>;
  plan(command: PlanDelivery): Promise<GoodsDeliveryPlanned>;
  cancel(delivery: string): Promise<void>;
}
