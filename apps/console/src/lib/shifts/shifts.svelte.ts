/** Who stands at the gates now, and what protects them; asked for anew when something of it changed. */
import type { FacilityView, LiveEvent, ShiftBoard } from '@anyuan/contracts';
import type { PinHolder, ShiftsClient } from '../clients/shifts.ts';
import { LiveList } from '../live-list.svelte.ts';
import { LiveOne } from '../live-one.svelte.ts';

export class Shifts {
  readonly client: ShiftsClient;
  readonly board: LiveOne<ShiftBoard>;
  readonly pins: LiveOne<PinHolder[]>;
  readonly facilities: LiveList<FacilityView>;

  constructor(client: ShiftsClient) {
    this.client = client;
    this.board = new LiveOne(client.board);
    this.pins = new LiveOne(client.pins);
    this.facilities = new LiveList(client.facilities, (items) => items);
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'shifts') void this.board.load();
    if (event.type === 'facilities') void this.facilities.load();
  }
  reload(): void {
    void this.board.load();
    void this.facilities.load();
  }
  close(): void {
    this.board.close();
    this.pins.close();
    this.facilities.close();
  }
}
