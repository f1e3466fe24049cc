/**
 * Where a host finds a simulated device. A mount keeps its path over unplug and plug, as `/dev/ttyUSB0` does over a
 * pulled cable: while unplugged, the path is gone and an open port breaks.
 */
export interface Mount {
  /** What stands in the gate file. */
  readonly path: string;
  readonly plugged: boolean;
  plug(): Promise<void>;
  unplug(): Promise<void>;
}
