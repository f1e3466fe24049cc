/** 需要人工核对: what the gates' records say that can't both be true, and a person's word on it. */
import { Contradiction, SettleContradiction } from '@anyuan/contracts';
import { procedure, router } from '@anyuan/service';
import { z } from 'zod';
import type { GateContext } from './commands.ts';
import { listContradictions, settleContradiction } from './contradiction-store.ts';

export const createContradictionRouter = (ctx: GateContext) =>
  router({
    list: procedure('visit.settle')
      .output(z.array(Contradiction))
      .query(() => listContradictions(ctx.db.kysely, ctx.clock.now())),
    settle: procedure('visit.settle')
      .input(SettleContradiction)
      .output(Contradiction)
      .mutation(({ input, ctx: { actor } }) => settleContradiction(ctx, actor, input)),
  });
