import {
  ApproveResult,
  ApproveVersion,
  ConfirmRead,
  CreatePlan,
  DraftResult,
  DraftVersion,
  Instant,
  PlanDetail,
  PlanToRead,
  PlanView,
  Uuid,
} from '@anyuan/contracts';
import { procedure, router } from '@anyuan/service';
import { z } from 'zod';
import { type DrillsContext, personOf } from './context.ts';
import { planDetail, plans, plansToRead } from './plan-views.ts';
import { approve, confirmRead, createPlan, draftVersion } from './plans.ts';

export function createPlansRouter(ctx: Pick<DrillsContext, 'db' | 'clock'>) {
  const { db } = ctx;
  return router({
    plans: procedure('drill.read')
      .output(z.array(PlanView))
      .query(() => plans(db.kysely)),
    plan: procedure('drill.read')
      .input(z.object({ plan: Uuid }))
      .output(PlanDetail)
      .query(({ input }) => planDetail(db.kysely, input.plan)),
    createPlan: procedure('drill.plan')
      .input(CreatePlan)
      .output(PlanView)
      .mutation(({ input, ctx: { actor } }) => createPlan(ctx, personOf(actor), input)),
    draftPlanVersion: procedure('drill.plan')
      .input(DraftVersion)
      .output(DraftResult)
      .mutation(({ input, ctx: { actor } }) => draftVersion(ctx, personOf(actor), input)),
    approvePlanVersion: procedure('drill.approve')
      .input(ApproveVersion)
      .output(ApproveResult)
      .mutation(({ input, ctx: { actor } }) => approve(ctx, personOf(actor), input)),
    // Every role has its own training; guards read plans without seeing the drills.
    plansToRead: procedure('training.own')
      .output(z.array(PlanToRead))
      .query(({ ctx: { actor } }) => plansToRead(db.kysely, personOf(actor).id)),
    confirmPlanRead: procedure('training.own')
      .input(ConfirmRead)
      .output(z.object({ at: Instant }))
      .mutation(({ input, ctx: { actor } }) => confirmRead(ctx, personOf(actor), input.version)),
  });
}
