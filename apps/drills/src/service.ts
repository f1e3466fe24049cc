/** The drills service, wired together. README.md says what happens when it, its database or the bus is away. */
import type { DrillsTables } from '@anyuan/db';
import { type Clock, type Log, OwnerService } from '@anyuan/service';
import type { DrillsConfig } from './config.ts';
import { createRouter } from './router.ts';

export const DrillsService = {
  create(config: DrillsConfig, overrides: { clock?: Clock; log?: Log } = {}): Promise<OwnerService<DrillsTables>> {
    return OwnerService.create<DrillsTables>({ name: 'drills', config, ...overrides, router: createRouter });
  },
};
