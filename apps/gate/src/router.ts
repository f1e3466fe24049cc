import {
  AdmitVisitor,
  AppError,
  Merged,
  MergeRecords,
  Recognition,
  RefuseVisitor,
  ReturnItems,
  SignOutVisitor,
  startOfSchoolDay,
  UndoAdmission,
  Uuid,
  VisitorIdentity,
  VisitView,
} from '@anyuan/contracts';
import { mergeRouters, procedure, router } from '@anyuan/service';
import { z } from 'zod';
import { bookingsRouter } from './bookings-router.ts';
import {
  admitVisitor,
  type GateContext,
  recognise,
  refuseVisitor,
  returnItems,
  showIdNumber,
  signOutVisitor,
  undoAdmission,
} from './commands.ts';
import { createContradictionRouter } from './contradiction-router.ts';
import { createDayBookRouter } from './day-book-router.ts';
import { facilitiesRouter } from './facilities-router.ts';
import { createHostRouter } from './host-router.ts';
import { mergeRecords } from './merge.ts';
import { permitsRouter, vehiclesRouter } from './permits-router.ts';
import { shiftsRouter } from './shifts-router.ts';
import { visitsOnSite, visitsSince, visitsWithHeldItems } from './store.ts';
import { createWatchlistRouter } from './watchlist-router.ts';

const ShowIdNumber = z.object({ visit: Uuid, purpose: z.string().trim().min(2).max(200) });

export function createRouter(ctx: GateContext) {
  const { db, clock } = ctx;
  const visits = router({
    bookings: bookingsRouter(ctx),
    permits: permitsRouter(ctx),
    vehicles: vehiclesRouter(ctx),
    today: procedure('visit.read')
      .output(z.array(VisitView))
      .query(({ ctx: { actor } }) => {
        if (actor.kind !== 'person') throw new AppError('forbidden', "the day's visits are for the office");
        return visitsSince(db.kysely, startOfSchoolDay(clock.now()));
      }),
    onSite: procedure('visit.read')
      .output(z.array(VisitView))
      .query(() => visitsOnSite(db.kysely)),
    /** A mutation by its method only: an ID number never stands in a URL. */
    recognise: procedure('visit.write')
      .input(z.object({ identity: VisitorIdentity }))
      .output(Recognition)
      .mutation(({ input }) => recognise(ctx, input.identity)),
    admit: procedure('visit.write')
      .input(AdmitVisitor)
      .output(VisitView)
      .mutation(({ input, ctx: { actor } }) => admitVisitor(ctx, actor, input)),
    merge: procedure('visit.write')
      .input(MergeRecords)
      .output(Merged)
      .mutation(async ({ input, ctx: { actor } }) => ({ stored: await mergeRecords(ctx, actor, input) })),
    refuse: procedure('visit.write')
      .input(RefuseVisitor)
      .output(VisitView)
      .mutation(({ input, ctx: { actor } }) => refuseVisitor(ctx, actor, input)),
    signOut: procedure('visit.write')
      .input(SignOutVisitor)
      .output(VisitView.nullable())
      .mutation(({ input, ctx: { actor } }) => signOutVisitor(ctx, actor, input)),
    undo: procedure('visit.write')
      .input(UndoAdmission)
      .output(VisitView.nullable())
      .mutation(({ input, ctx: { actor } }) => undoAdmission(ctx, actor, input)),
    returnItems: procedure('visit.write')
      .input(ReturnItems)
      .output(VisitView.nullable())
      .mutation(({ input, ctx: { actor } }) => returnItems(ctx, actor, input)),
    held: procedure('visit.read')
      .output(z.array(VisitView))
      .query(() => visitsWithHeldItems(db.kysely)),
    host: createHostRouter(ctx),
    contradictions: createContradictionRouter(ctx),
    watchlist: createWatchlistRouter(ctx),
    shifts: shiftsRouter(ctx),
    facilities: facilitiesRouter(ctx),
    showIdNumber: procedure('visit.identity')
      .input(ShowIdNumber)
      .output(z.object({ idNumber: z.string().nullable() }))
      .mutation(async ({ input, ctx: { actor } }) => ({
        idNumber: await showIdNumber(ctx, actor, input.visit, input.purpose),
      })),
  });
  return mergeRouters(visits, createDayBookRouter(ctx));
}

export type GateRouter = ReturnType<typeof createRouter>;
