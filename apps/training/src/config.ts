import { join } from 'node:path';
import { FieldCipher, SearchKey } from '@anyuan/db';
import { baseConfig, readConfig } from '@anyuan/service';
import { z } from 'zod';

export const TrainingConfig = baseConfig.extend({
  DATABASE_URL: z.string().min(1),
  /** Folder with `id.key` and `card.key`. */
  ANYUAN_KEYS: z.string().min(1),
  /** Stands on what is printed. */
  ANYUAN_SCHOOL_NAME: z.string().min(1).default('学校'),
});
export type TrainingConfig = z.infer<typeof TrainingConfig>;
export const readTrainingConfig = (): TrainingConfig => readConfig(TrainingConfig);

export interface TrainingKeys {
  /** Seals certificates' numbers. */
  id: FieldCipher;
  /** Turns a staff card's number into the hash that a reader's agent sends. */
  card: SearchKey;
}

export const readKeys = (folder: string): TrainingKeys => ({
  id: FieldCipher.fromKeyFile(join(folder, 'id.key')),
  card: SearchKey.fromKeyFile(join(folder, 'card.key')),
});
