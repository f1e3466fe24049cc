import {
  type Actor,
  AppError,
  CardView,
  HandOverResult,
  HandOverView,
  type PersonActor,
  RecordHandOver,
  RecordRefusal,
  Uuid,
} from '@anyuan/contracts';
import { procedure, router } from '@anyuan/service';
import { z } from 'zod';
import { cards, reinstate, reportLost } from './cards.ts';
import { type PickupContext, recordHandOver, recordRefusal, today } from './hand-overs.ts';

const OfCard = z.object({ card: Uuid });
const Today = z.object({ handOvers: z.array(HandOverView), children: z.number().int() });

export function createRouter(ctx: PickupContext) {
  const { db, clock } = ctx;
  return router({
    today: procedure('handOver.read')
      .output(Today)
      .query(() => today(db.kysely, clock.now())),
    cards: procedure('card.write')
      .input(z.object({ search: z.string().max(40).optional() }))
      .output(z.array(CardView))
      .query(({ input }) => cards(db.kysely, input.search)),
    reportLost: procedure('card.write')
      .input(OfCard)
      .output(CardView)
      .mutation(({ input, ctx: { actor } }) => reportLost(ctx, person(actor), input.card)),
    reinstate: procedure('card.write')
      .input(OfCard)
      .output(CardView)
      .mutation(({ input, ctx: { actor } }) => reinstate(ctx, person(actor), input.card)),
    recordHandOver: procedure('handOver.write')
      .input(RecordHandOver)
      .output(HandOverResult)
      .mutation(({ input, ctx: { actor } }) => recordHandOver(ctx, actor, input)),
    recordRefusal: procedure('handOver.write')
      .input(RecordRefusal)
      .output(HandOverView)
      .mutation(({ input, ctx: { actor } }) => recordRefusal(ctx, actor, input)),
  });
}

function person(actor: Actor): PersonActor {
  if (actor.kind !== 'person') throw new AppError('forbidden', 'only a person changes a card');
  return actor;
}

export type PickupRouter = ReturnType<typeof createRouter>;
