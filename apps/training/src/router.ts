import type { TrainingTables } from '@anyuan/db';
import { type OwnerContext, router } from '@anyuan/service';

export function createRouter(_ctx: OwnerContext<TrainingTables>) {
  return router({});
}

export type TrainingRouter = ReturnType<typeof createRouter>;
