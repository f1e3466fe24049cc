import { join } from 'node:path';
import { FieldCipher, SearchKey } from '@anyuan/db';
import { baseConfig, readConfig, readSecret } from '@anyuan/service';
import { z } from 'zod';

export const GateConfig = baseConfig.extend({
  DATABASE_URL: z.string().min(1),
  /** Stands on paper. */
  ANYUAN_SCHOOL_NAME: z.string().min(1).default('学校'),
  /** Folder with `id.key`, `id-search.key`, `card.key`, `watch.key` and `list-gate.key`. */
  ANYUAN_KEYS: z.string().min(1),
});
export type GateConfig = z.infer<typeof GateConfig>;
export const readGateConfig = (): GateConfig => readConfig(GateConfig);

export interface GateKeys {
  /** Seals ID and phone numbers. */
  id: FieldCipher;
  /** Finds a returning visitor by his ID number. */
  search: SearchKey;
  /** Turns a staff card's number into the hash that the gates hold. */
  card: SearchKey;
  /** Turns a person into the hashes of the watchlist; no other use. */
  watch: SearchKey;
  /** Signs the lists `staff` and `watchlist`. */
  list: string;
}

export function readKeys(folder: string): GateKeys {
  return {
    id: FieldCipher.fromKeyFile(join(folder, 'id.key')),
    search: SearchKey.fromKeyFile(join(folder, 'id-search.key')),
    card: SearchKey.fromKeyFile(join(folder, 'card.key')),
    watch: SearchKey.fromKeyFile(join(folder, 'watch.key')),
    list: readSecret(join(folder, 'list-gate.key')),
  };
}
