import { baseConfig, readConfig } from '@anyuan/service';
import { z } from 'zod';

export const LedgerConfig = baseConfig.extend({
  DATABASE_URL: z.string().min(1),
  /** As it stands on paper. */
  ANYUAN_SCHOOL_NAME: z.string().min(1).default('学校'),
});
export type LedgerConfig = z.infer<typeof LedgerConfig>;
export const readLedgerConfig = (): LedgerConfig => readConfig(LedgerConfig);
