import { baseConfig, readConfig } from '@anyuan/service';
import { z } from 'zod';

export const TrainingConfig = baseConfig.extend({ DATABASE_URL: z.string().min(1) });
export type TrainingConfig = z.infer<typeof TrainingConfig>;
export const readTrainingConfig = (): TrainingConfig => readConfig(TrainingConfig);
