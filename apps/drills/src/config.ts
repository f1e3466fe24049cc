import { baseConfig, readConfig } from '@anyuan/service';
import { z } from 'zod';

export const DrillsConfig = baseConfig.extend({
  DATABASE_URL: z.string().min(1),
  /** Stands on what is printed. */
  ANYUAN_SCHOOL_NAME: z.string().min(1).default('学校'),
});
export type DrillsConfig = z.infer<typeof DrillsConfig>;
export const readDrillsConfig = (): DrillsConfig => readConfig(DrillsConfig);
