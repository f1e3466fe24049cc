import {
  CivilDate,
  GatePosts,
  PatrolDay,
  PlaceRetired,
  Places,
  PostDay,
  PostSaved,
  RetirePlace,
  RouteSaved,
  SavePost,
  SaveRoute,
  SignedIn,
  SignIn,
  SignInByCard,
} from '@anyuan/contracts';
import { procedure, router } from '@anyuan/service';
import { z } from 'zod';
import { type DrillsContext, personOf } from './context.ts';
import type { SchoolDays } from './patrol-store.ts';
import { myPosts, patrolDayFor, postsAtGate, signIn, signInByCard } from './patrols.ts';
import { places, retire, savePost, saveRoute } from './places.ts';

export function createPatrolsRouter({ db, clock }: Pick<DrillsContext, 'db' | 'clock'>, schoolDays: SchoolDays) {
  const ctx = { db, clock, schoolDays };
  return router({
    places: procedure('patrol.plan')
      .output(Places)
      .query(() => places(db.kysely)),
    savePost: procedure('patrol.plan')
      .input(SavePost)
      .output(PostSaved)
      .mutation(({ input, ctx: { actor } }) => savePost(ctx, personOf(actor), input)),
    saveRoute: procedure('patrol.plan')
      .input(SaveRoute)
      .output(RouteSaved)
      .mutation(({ input, ctx: { actor } }) => saveRoute(ctx, personOf(actor), input)),
    retirePlace: procedure('patrol.plan')
      .input(RetirePlace)
      .output(PlaceRetired)
      .mutation(({ input, ctx: { actor } }) => retire(ctx, personOf(actor), input)),
    signIn: procedure('patrol.sign')
      .input(SignIn)
      .output(SignedIn)
      .mutation(({ input, ctx: { actor } }) => signIn(ctx, actor, input)),
    signInByCard: procedure('patrol.atGate')
      .input(SignInByCard)
      .output(SignedIn)
      .mutation(({ input, ctx: { actor } }) => signInByCard(ctx, actor, input)),
    postsAtGate: procedure('patrol.atGate')
      .output(GatePosts)
      .query(({ ctx: { actor } }) => postsAtGate(ctx, actor)),
    patrolDay: procedure('patrol.sign')
      .input(z.object({ date: CivilDate.optional() }))
      .output(PatrolDay)
      .query(({ input, ctx: { actor } }) => patrolDayFor(ctx, actor, input.date)),
    myPosts: procedure('patrol.sign')
      .output(z.array(PostDay))
      .query(({ ctx: { actor } }) => myPosts(ctx, actor)),
  });
}
