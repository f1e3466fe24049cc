import type { DeviceStatus, LiveEvent } from '@anyuan/contracts';
import type { AlarmClient } from '../clients.ts';
import { LiveList } from '../live-list.svelte.ts';
import { byZone, type DeviceState, deviceCounts, putDevice } from './devices.ts';

export class Devices {
  filter = $state<DeviceState | null>(null);
  readonly list: LiveList<DeviceStatus>;

  constructor(client: AlarmClient) {
    this.list = new LiveList(() => client.devices(), putDevice);
  }

  readonly counts = $derived.by(() => deviceCounts(this.list.items));
  readonly zones = $derived.by(() => byZone(this.list.items, this.filter));

  /** A gate's own name, from the devices that hang on it; null while they are unknown, or to whoever may not read them. */
  knownGate = (gate: string): string | null => this.list.items.find((d) => d.gate === gate)?.zoneName ?? null;
  /** The same; its id where it is unknown. */
  gateName = (gate: string): string => this.knownGate(gate) ?? gate;

  onEvent(event: LiveEvent): void {
    if (event.type === 'device') this.list.tell(event.device);
  }
  reload(): void {
    void this.list.load();
  }
  close(): void {
    this.list.close();
  }
}
