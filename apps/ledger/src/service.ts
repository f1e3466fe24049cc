/** The ledger service, wired together. README.md says what happens when it, its database or the bus is away. */
import type { LedgerTables } from '@anyuan/db';
import { type Clock, type Log, OwnerService } from '@anyuan/service';
import type { LedgerConfig } from './config.ts';
import { escalate } from './rounds.ts';
import { createRouter } from './router.ts';
import { addRoutes } from './routes.ts';

const MINUTE_MS = 60_000;

export const LedgerService = {
  create(config: LedgerConfig, overrides: { clock?: Clock; log?: Log } = {}): Promise<OwnerService<LedgerTables>> {
    return OwnerService.create<LedgerTables>({
      name: 'ledger',
      config,
      ...overrides,
      router: createRouter,
      routes: (app, context) => addRoutes(app, context, config.ANYUAN_SCHOOL_NAME),
      round: { everyMs: MINUTE_MS, run: escalate },
    });
  },
};
