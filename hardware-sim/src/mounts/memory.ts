/** A host inside this process, for tests: writes bytes and keeps what the device said. */
import type { Line } from '../line.ts';
import type { Mount } from './mount.ts';

export interface MemoryMount extends Mount {
  write(bytes: ArrayLike<number>): void;
  /** Takes everything said since the last call, as hex. */
  heard(): string;
}

export function memoryMount(line: Line, path = 'memory'): MemoryMount {
  let plugged = true;
  let said: number[] = [];
  const host = (bytes: Uint8Array): void => {
    said.push(...bytes);
  };
  line.connect(host);
  return {
    path,
    get plugged() {
      return plugged;
    },
    plug: async () => {
      plugged = true;
      line.connect(host);
    },
    unplug: async () => {
      plugged = false;
      line.connect(undefined);
    },
    write: (bytes) => {
      if (plugged) line.receive(Uint8Array.from(bytes));
    },
    heard: () => {
      const hex = Buffer.from(said).toString('hex').toUpperCase();
      said = [];
      return hex;
    },
  };
}
