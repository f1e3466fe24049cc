/** What the gates' records say that can't both be true, and a person's word on it. */
import type { Contradiction, SettleContradiction } from '@anyuan/contracts';

export interface ContradictionsClient {
  list(): Promise<Contradiction[]>;
  settle(command: SettleContradiction): Promise<Contradiction>;
}
