/** The ledger service, wired together. README.md says what happens when it, its database or the bus is away. */
import type { LedgerTables } from '@anyuan/db';
import { type Clock, type Log, OwnerService } from '@anyuan/service';
import type { LedgerConfig } from './config.ts';
import { createRouter } from './router.ts';

export const LedgerService = {
  create(config: LedgerConfig, overrides: { clock?: Clock; log?: Log } = {}): Promise<OwnerService<LedgerTables>> {
    return OwnerService.create<LedgerTables>({ name: 'ledger', config, ...overrides, router: createRouter });
  },
};
