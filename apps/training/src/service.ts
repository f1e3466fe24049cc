/** The training service, wired together. README.md says what happens when it, its database or the bus is away. */
import type { TrainingTables } from '@anyuan/db';
import { type Clock, type Log, OwnerService } from '@anyuan/service';
import type { TrainingConfig } from './config.ts';
import { createRouter } from './router.ts';

export const TrainingService = {
  create(config: TrainingConfig, overrides: { clock?: Clock; log?: Log } = {}): Promise<OwnerService<TrainingTables>> {
    return OwnerService.create<TrainingTables>({ name: 'training', config, ...overrides, router: createRouter });
  },
};
