import { baseConfig, readConfig } from '@anyuan/service';
import { z } from 'zod';

export const AlarmConfig = baseConfig.extend({ DATABASE_URL: z.string().min(1) });
export type AlarmConfig = z.infer<typeof AlarmConfig>;
export const readAlarmConfig = (): AlarmConfig => readConfig(AlarmConfig);
