import {
  type Actor,
  AppError,
  CivilDate,
  PatrolDay,
  type PersonActor,
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
} from '@anyuan/contracts';
import type { DrillsTables } from '@anyuan/db';
import { type OwnerContext, procedure, router } from '@anyuan/service';
import { z } from 'zod';
import type { SchoolDays } from './patrol-store.ts';
import { myPosts, patrolDayFor, signIn } from './patrols.ts';
import { places, retire, savePost, saveRoute } from './places.ts';

export function createPatrolsRouter(
  { db, clock }: Pick<OwnerContext<DrillsTables>, 'db' | 'clock'>,
  schoolDays: SchoolDays,
) {
  const ctx = { db, clock, schoolDays };
  return router({
    places: procedure('patrol.plan')
      .output(Places)
      .query(() => places(db.kysely)),
    savePost: procedure('patrol.plan')
      .input(SavePost)
      .output(PostSaved)
      .mutation(({ input, ctx: { actor } }) => savePost(ctx, planner(actor), input)),
    saveRoute: procedure('patrol.plan')
      .input(SaveRoute)
      .output(RouteSaved)
      .mutation(({ input, ctx: { actor } }) => saveRoute(ctx, planner(actor), input)),
    retirePlace: procedure('patrol.plan')
      .input(RetirePlace)
      .output(PlaceRetired)
      .mutation(({ input, ctx: { actor } }) => retire(ctx, planner(actor), input)),
    signIn: procedure('patrol.sign')
      .input(SignIn)
      .output(SignedIn)
      .mutation(({ input, ctx: { actor } }) => signIn(ctx, actor, input)),
    patrolDay: procedure('patrol.sign')
      .input(z.object({ date: CivilDate.optional() }))
      .output(PatrolDay)
      .query(({ input, ctx: { actor } }) => patrolDayFor(ctx, actor, input.date)),
    myPosts: procedure('patrol.sign')
      .output(z.array(PostDay))
      .query(({ ctx: { actor } }) => myPosts(ctx, actor)),
  });
}

function planner(actor: Actor): PersonActor {
  if (actor.kind !== 'person') throw new AppError('forbidden', 'only a person plans patrols');
  return actor;
}
