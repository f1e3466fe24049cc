import { join } from 'node:path';
import { FieldCipher } from '@anyuan/db';
import { baseConfig, readConfig } from '@anyuan/service';
import { z } from 'zod';

export const LedgerConfig = baseConfig.extend({
  DATABASE_URL: z.string().min(1),
  /** Folder with `id.key`. */
  ANYUAN_KEYS: z.string().min(1),
  /** `on`: channels may go to this machine itself, without TLS. For tests and development. */
  ANYUAN_CHANNELS_LOOPBACK: z.enum(['on', 'off']).default('off'),
  /** As it stands on paper. */
  ANYUAN_SCHOOL_NAME: z.string().min(1).default('学校'),
});
export type LedgerConfig = z.infer<typeof LedgerConfig>;
export const readLedgerConfig = (): LedgerConfig => readConfig(LedgerConfig);

/** Seals what opens the channels. */
export const readCipher = (folder: string): FieldCipher => FieldCipher.fromKeyFile(join(folder, 'id.key'));
