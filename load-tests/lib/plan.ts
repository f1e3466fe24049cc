/** What `run.ts` tells a scenario: one file of addresses and sizes. Tokens of devices stand in a file of their own. */
import type { AlarmRaised } from '@anyuan/contracts';

export interface Login {
  url: string;
  name: string;
  password: string;
}

export interface AlarmPlan {
  devices: number;
  presses: number;
  warmUps: number;
  /** One may hear everything of its server, and is told apart by the name. */
  observers: { product: Login; floor: Login };
  topics: { raised: string; state: string; anyReported: string };
  kiosk: string;
  gateway: string;
  username: string;
  password: string;
  /** What the floor's button publishes: of the same form and length as the product's. */
  raise: AlarmRaised;
}

export interface PlannedDevice {
  name: string;
  password: string;
  topics: { raised: string; state: string; asked: string; reported: string; health: string };
}

export interface PickupPlan {
  tapUrl: string;
  perSecond: number;
  seconds: number;
}

/** The answer to one tap that k6 asked for; without a verdict there is none. */
export interface Tapped {
  /** Last byte written to the reader's line → verdict on the agent's stream. */
  verdictMs: number;
  /** The floor: keyed hash, look-up and synced insert in a bare loop. */
  bareMs: number;
  /** The verdict is the one that this card deserves. */
  right: boolean;
}
