/** The office's questions of the day book. Those that hold a name or a number are mutations: nothing of it stands in a URL. */
import {
  AccessEntry,
  AppError,
  DayBookFilter,
  DayBookPage,
  DayBookPlace,
  EraseResult,
  EraseVisitor,
  FindVisitors,
  Instant,
  OpenSiteRoll,
  ProofHashes,
  RetentionView,
  SetRetention,
  SiteRoll,
  SiteRollHead,
  TakeSiteRoll,
  Uuid,
  VisitorFile,
  VisitorsFound,
} from '@anyuan/contracts';
import { procedure, router } from '@anyuan/service';
import { z } from 'zod';
import { accessLog } from './access-log.ts';
import type { GateContext } from './commands.ts';
import { dayBook, gatesOf } from './day-book.ts';
import { findVisitors, personOnly, visitorFile } from './day-book-people.ts';
import { eraseVisitor, proofHashes, retention, setRetention } from './retention.ts';
import { closeSiteRoll, openSiteRoll, rollOf, siteRolls, takeSiteRoll } from './site-roll.ts';

const DayBookAsked = z.object({ filter: DayBookFilter, after: DayBookPlace.optional() });

export function createDayBookRouter(ctx: GateContext) {
  const { db, clock } = ctx;
  return router({
    dayBook: procedure('visit.read')
      .input(DayBookAsked)
      .output(DayBookPage)
      .mutation(({ input: { filter, after }, ctx: { actor } }) => {
        personOnly(actor);
        return dayBook(db.kysely, { ...filter, after }, clock.now());
      }),
    gates: procedure('visit.read')
      .output(z.array(z.string()))
      .query(() => gatesOf(db.kysely)),
    findVisitors: procedure('visit.read')
      .input(FindVisitors)
      .output(VisitorsFound)
      .mutation(({ input, ctx: { actor } }) => {
        personOnly(actor);
        return findVisitors(ctx, input);
      }),
    /** A mutation, since each look is written down. */
    visitorFile: procedure('visit.read')
      .input(z.object({ visitor: Uuid }))
      .output(VisitorFile)
      .mutation(({ input, ctx: { actor } }) => visitorFile(ctx, actor, input.visitor)),
    accessLog: procedure('visit.audit')
      .input(z.object({ visitor: Uuid.optional(), before: Instant.optional() }))
      .output(z.array(AccessEntry))
      .query(({ input }) => accessLog(db.kysely, input)),

    retention: procedure('visit.audit')
      .output(RetentionView)
      .query(() => retention(db.kysely, clock.now())),
    setRetention: procedure('visit.retain')
      .input(SetRetention)
      .output(RetentionView)
      .mutation(async ({ input, ctx: { actor } }) => {
        await setRetention(ctx, actor, input);
        return retention(db.kysely, clock.now());
      }),
    /** For the gateway, which holds them against the bus (`integrity`). */
    proofHashes: procedure('visit.audit')
      .input(ProofHashes)
      .output(z.array(z.string().nullable()))
      .mutation(({ input }) => proofHashes(db.kysely, input.seqs)),
    eraseVisitor: procedure('visit.retain')
      .input(EraseVisitor)
      .output(EraseResult)
      .mutation(({ input, ctx: { actor } }) => eraseVisitor(ctx, actor, input)),

    siteRolls: procedure('visit.roll')
      .output(z.array(SiteRollHead))
      .query(() => siteRolls(db.kysely)),
    siteRoll: procedure('visit.roll')
      .input(z.object({ roll: Uuid }))
      .output(SiteRoll)
      .query(async ({ input, ctx: { actor } }) => {
        const roll = await rollOf(db.kysely, input.roll);
        // Whoever only helps to count sees names for as long as there is something to count.
        if (roll.closedAt !== null && actor.kind === 'person' && actor.role === 'guard')
          throw new AppError('forbidden', 'the count is over');
        return roll;
      }),
    openSiteRoll: procedure('visit.roll')
      .input(OpenSiteRoll)
      .output(SiteRoll)
      .mutation(({ input, ctx: { actor } }) => openSiteRoll(ctx, actor, input)),
    takeSiteRoll: procedure('visit.roll')
      .input(TakeSiteRoll)
      .output(SiteRoll)
      .mutation(({ input, ctx: { actor } }) => takeSiteRoll(ctx, actor, input)),
    closeSiteRoll: procedure('visit.read')
      .input(z.object({ roll: Uuid }))
      .output(SiteRoll)
      .mutation(({ input, ctx: { actor } }) => closeSiteRoll(ctx, actor, input.roll)),
  });
}
