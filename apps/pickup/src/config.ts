import { join } from 'node:path';
import { SearchKey } from '@anyuan/db';
import { baseConfig, readConfig, readSecret } from '@anyuan/service';
import { z } from 'zod';

export const PickupConfig = baseConfig.extend({
  DATABASE_URL: z.string().min(1),
  /** Folder with `card.key` and `list-pickup.key`. */
  ANYUAN_KEYS: z.string().min(1),
});
export type PickupConfig = z.infer<typeof PickupConfig>;
export const readPickupConfig = (): PickupConfig => readConfig(PickupConfig);

export interface PickupKeys {
  /** Turns a card's or an ID card's number into the hash that the gates hold. */
  card: SearchKey;
  /** Signs the list `pickup`. */
  list: string;
}

export function readKeys(folder: string): PickupKeys {
  return {
    card: SearchKey.fromKeyFile(join(folder, 'card.key')),
    list: readSecret(join(folder, 'list-pickup.key')),
  };
}
