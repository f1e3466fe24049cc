import type { DrillsTables } from '@anyuan/db';
import { type OwnerContext, router } from '@anyuan/service';

export function createRouter(_ctx: OwnerContext<DrillsTables>) {
  return router({});
}

export type DrillsRouter = ReturnType<typeof createRouter>;
