import type { LedgerTables } from '@anyuan/db';
import { type OwnerContext, router } from '@anyuan/service';

export function createRouter(_ctx: OwnerContext<LedgerTables>) {
  return router({});
}

export type LedgerRouter = ReturnType<typeof createRouter>;
