/** Hands on the simulated hardware, and eyes on what it does: the simulator's control address. */
import type { SimState } from '@anyuan/hardware-sim';

const ACTS = ['sounding', 'flashing', 'showing'];

export interface SwarmCount {
  devices: number;
  loud: number;
  silent: number;
}

export interface SimClient {
  act(act: 'present' | 'tap' | 'press' | 'remove' | 'unplug' | 'plug' | 'clear', what?: string): Promise<void>;
  state(): Promise<SimState>;
  coil(device: string): Promise<boolean | undefined>;
  swarm(): Promise<SwarmCount>;
}

const WORD = { present: 'person', tap: 'card', unplug: 'device', plug: 'device', clear: 'device' } as const;

export function openSim(url: string): SimClient {
  const state = async () => (await (await fetch(`${url}/api/state`)).json()) as SimState;
  return {
    async act(act, what) {
      const named = act in WORD && what ? { [WORD[act as keyof typeof WORD]]: what } : {};
      const response = await fetch(`${url}/api/act`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ act, ...named }),
      });
      if (!response.ok) throw new Error(`the simulator: ${await response.text()}`);
    },
    state,
    coil: async (device) => (await state()).gate.find((d) => d.device === device)?.on,
    async swarm() {
      const { devices } = (await state()).swarm;
      const loud = devices.filter((d) => ACTS.includes(d.doing)).length;
      return { devices: devices.length, loud, silent: devices.length - loud };
    },
  };
}
