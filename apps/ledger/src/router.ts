import {
  type Actor,
  AddHazardPhoto,
  AppError,
  AssignHazard,
  ExtendDeadline,
  FixHazard,
  HazardCounts,
  HazardFile,
  HazardFilter,
  HazardResult,
  HazardsPage,
  HazardView,
  type PersonActor,
  PhotoResult,
  permissionsOf,
  RejectHazard,
  ReopenHazard,
  ReportHazard,
  UrgeHazard,
  Uuid,
  VerifyHazard,
} from '@anyuan/contracts';
import { procedure, router } from '@anyuan/service';
import { z } from 'zod';
import { changeHazard, type LedgerContext, reportHazard } from './commands.ts';
import { addPhoto } from './photos.ts';
import { counts, hazardFile, hazards, mine } from './store.ts';

const Page = z.object({
  filter: HazardFilter.default('open'),
  before: z.number().int().positive().optional(),
  limit: z.number().int().min(1).max(200).default(100),
});

export function createRouter(ctx: LedgerContext) {
  const { db, clock } = ctx;
  return router({
    hazards: procedure('hazard.read')
      .input(Page.prefault({}))
      .output(HazardsPage)
      .query(({ input }) => hazards(db.kysely, input, clock.now())),
    counts: procedure('hazard.read')
      .output(HazardCounts)
      .query(() => counts(db.kysely, clock.now())),
    mine: procedure('hazard.report')
      .output(z.array(HazardView))
      .query(({ ctx: { actor } }) => mine(db.kysely, person(actor).id, clock.now())),
    hazard: procedure('hazard.report')
      .input(z.object({ hazard: Uuid }))
      .output(HazardFile)
      .query(async ({ input, ctx: { actor } }) => {
        const file = await hazardFile(db.kysely, input.hazard, clock.now());
        if (!file) throw new AppError('notFound', 'no such hazard');
        mustSee(person(actor), file.hazard);
        return file;
      }),
    reportHazard: procedure('hazard.report')
      .input(ReportHazard)
      .output(HazardResult)
      .mutation(({ input, ctx: { actor } }) => reportHazard(ctx, person(actor), input)),
    addPhoto: procedure('hazard.report')
      .input(AddHazardPhoto)
      .output(PhotoResult)
      .mutation(({ input, ctx: { actor } }) => addPhoto(ctx, person(actor), input)),
    assign: procedure('hazard.write')
      .input(AssignHazard)
      .output(HazardResult)
      .mutation(({ input, ctx: { actor } }) => changeHazard(ctx, person(actor), input, { type: 'assigned', ...input })),
    extendDeadline: procedure('hazard.write')
      .input(ExtendDeadline)
      .output(HazardResult)
      .mutation(({ input, ctx: { actor } }) =>
        changeHazard(ctx, person(actor), input, { type: 'deadlineExtended', ...input }),
      ),
    fix: procedure('hazard.report')
      .input(FixHazard)
      .output(HazardResult)
      .mutation(({ input, ctx: { actor } }) => changeHazard(ctx, person(actor), input, { type: 'fixed', ...input })),
    verify: procedure('hazard.write')
      .input(VerifyHazard)
      .output(HazardResult)
      .mutation(({ input, ctx: { actor } }) => changeHazard(ctx, person(actor), input, { type: 'verified', ...input })),
    reopen: procedure('hazard.write')
      .input(ReopenHazard)
      .output(HazardResult)
      .mutation(({ input, ctx: { actor } }) => changeHazard(ctx, person(actor), input, { type: 'reopened', ...input })),
    reject: procedure('hazard.write')
      .input(RejectHazard)
      .output(HazardResult)
      .mutation(({ input, ctx: { actor } }) => changeHazard(ctx, person(actor), input, { type: 'rejected', ...input })),
    urge: procedure('hazard.write')
      .input(UrgeHazard)
      .output(HazardResult)
      .mutation(({ input, ctx: { actor } }) => changeHazard(ctx, person(actor), input, { type: 'urged', ...input })),
  });
}

function person(actor: Actor): PersonActor {
  if (actor.kind !== 'person') throw new AppError('forbidden', 'a hazard is between people');
  return actor;
}

/** Whoever keeps the ledger, is answerable for it, or reported it. */
export function mustSee(actor: PersonActor, { owner, reportedBy }: Pick<HazardView, 'owner' | 'reportedBy'>): void {
  const his = owner?.id === actor.id || reportedBy.id === actor.id;
  if (!his && !permissionsOf(actor).includes('hazard.read')) throw new AppError('forbidden', "another's hazard");
}

export type LedgerRouter = ReturnType<typeof createRouter>;
export type { ChannelsRouter } from './channels/router.ts';
