/**
 * The watchlist over tRPC. `watchlist.named` opens the door for every member of staff, and the entry itself says who may go
 * through: so an attempt by somebody else is on record instead of ending at the door. What looks is a mutation, since it writes.
 */
import {
  AnswerWatchHit,
  ChangeWatchEntry,
  ExtendWatchEntry,
  MakeWatchEntry,
  RecordWatchAnswer,
  RecordWatchHit,
  Uuid,
  WatchDetail,
  WatchHitView,
  WatchLine,
  WatchLook,
  WatchSaved,
  WithdrawWatchEntry,
} from '@anyuan/contracts';
import { procedure, router } from '@anyuan/service';
import { z } from 'zod';
import type { GateContext } from './commands.ts';
import { changeEntry, entries, extendEntry, looks, makeEntry, openEntry, withdrawEntry } from './watchlist.ts';
import { answerHit, hits, recordAnswer, recordHit } from './watchlist-hits.ts';

export function createWatchlistRouter(ctx: GateContext) {
  const named = procedure('watchlist.named');
  const gate = procedure('watchlist.atGate');
  return router({
    entries: named.output(z.array(WatchLine)).mutation(({ ctx: { actor } }) => entries(ctx, actor)),
    open: named
      .input(z.object({ entry: Uuid }))
      .output(WatchDetail)
      .mutation(({ input, ctx: { actor } }) => openEntry(ctx, actor, input.entry)),
    looks: named.output(z.array(WatchLook)).mutation(({ ctx: { actor } }) => looks(ctx, actor)),
    make: named
      .input(MakeWatchEntry)
      .output(WatchSaved)
      .mutation(({ input, ctx: { actor } }) => makeEntry(ctx, actor, input)),
    change: named
      .input(ChangeWatchEntry)
      .output(WatchSaved)
      .mutation(({ input, ctx: { actor } }) => changeEntry(ctx, actor, input)),
    extend: named
      .input(ExtendWatchEntry)
      .output(WatchSaved)
      .mutation(({ input, ctx: { actor } }) => extendEntry(ctx, actor, input)),
    withdraw: named
      .input(WithdrawWatchEntry)
      .output(WatchSaved)
      .mutation(({ input, ctx: { actor } }) => withdrawEntry(ctx, actor, input)),
    hits: named.output(z.array(WatchHitView)).query(({ ctx: { actor } }) => hits(ctx, actor)),
    answer: named
      .input(AnswerWatchHit)
      .output(WatchHitView)
      .mutation(({ input, ctx: { actor } }) => answerHit(ctx, actor, input)),
    recordHit: gate.input(RecordWatchHit).mutation(({ input, ctx: { actor } }) => recordHit(ctx, actor, input)),
    recordAnswer: gate
      .input(RecordWatchAnswer)
      .mutation(({ input, ctx: { actor } }) => recordAnswer(ctx, actor, input)),
    /** Whom an entry may name. */
    staff: named
      .output(z.array(z.object({ id: z.string(), name: z.string(), title: z.string() })))
      .query(() =>
        ctx.db.kysely.selectFrom('staff').select(['id', 'name', 'title']).orderBy('pinyin').limit(2_000).execute(),
      ),
  });
}
