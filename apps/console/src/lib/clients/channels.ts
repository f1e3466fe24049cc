/** What the screens ask about message channels; the ledger service keeps them. */
import type {
  ChannelSaved,
  ChannelView,
  DeliveriesPage,
  DeliveryFilter,
  SaveChannel,
  TestSent,
} from '@anyuan/contracts';

export interface ChannelsClient {
  channels(): Promise<ChannelView[]>;
  /** @param before the last page's `more` */
  deliveries(filter: DeliveryFilter, before?: number): Promise<DeliveriesPage>;
  save(command: SaveChannel): Promise<ChannelSaved>;
  remove(channel: string): Promise<void>;
  /** Answers when the other side did, within seconds. */
  test(command: { id: string; channel: string }): Promise<TestSent>;
}
