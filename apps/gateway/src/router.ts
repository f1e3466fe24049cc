import type { Bus } from '@anyuan/bus';
import {
  Action,
  type Actor,
  type AlarmRaised,
  AppError,
  IncidentKind,
  Mode,
  newId,
  Place,
  ProofIntegrity,
  permissionsOf,
  subjects,
  UNKNOWN_PLACE,
  Uuid,
} from '@anyuan/contracts';
import { iso, openProcedure, procedure, router } from '@anyuan/service';
import { tracked } from '@trpc/server';
import { z } from 'zod';
import { integrity } from './integrity.ts';
import type { Live } from './live.ts';

export interface GatewayContext {
  bus: Bus;
  live: Live;
  school: { id: string; name: string };
  demo: boolean;
  now: () => number;
}

export function createGatewayRouter(ctx: GatewayContext) {
  return router({
    me: openProcedure.query(({ ctx: { actor } }) => ({
      actor: actor?.kind === 'person' ? actor : null,
      permissions: actor ? [...permissionsOf(actor)] : [],
      school: ctx.school,
      demo: ctx.demo,
    })),
    raiseAlarm: procedure('alarm.raise')
      .input(
        z.object({
          mode: Mode,
          kind: IncidentKind,
          action: Action,
          place: Place.optional(),
          /** Chosen by whoever tries again, so that two tries are one alarm (a drill's). */
          incident: Uuid.optional(),
        }),
      )
      .mutation(({ input, ctx: { actor } }) =>
        raise(ctx, actor, {
          ...input,
          place: input.place ?? UNKNOWN_PLACE,
          incident: input.incident ?? newId(ctx.now()),
        }),
      ),
    integrity: procedure('visit.audit')
      .output(ProofIntegrity)
      .query(({ ctx: { actor } }) => integrity(ctx.bus, ctx.school.id, actor, ctx.now())),
    live: procedure('alarm.read')
      .input(z.object({ lastEventId: z.string().max(100).nullish() }).optional())
      .subscription(async function* ({ input, signal, ctx: { actor } }) {
        const until = signal ?? new AbortController().signal;
        for await (const { id, event } of ctx.live.listen(input?.lastEventId ?? undefined, actor, until))
          yield tracked(id, event);
      }),
  });
}

/** From the office: published as an agent would, no service on the way; told only when it is on the bus's disk. */
async function raise(
  { bus, school, now }: GatewayContext,
  actor: Actor,
  input: Pick<AlarmRaised, 'incident' | 'mode' | 'kind' | 'action' | 'place'>,
): Promise<{ incident: string }> {
  if (actor.kind !== 'person') throw new AppError('forbidden', 'only a person raises an alarm here');
  const raised: AlarmRaised = {
    ...input,
    audibility: 'audible',
    raisedBy: { id: actor.id, name: actor.name },
    via: 'console',
    raisedAt: iso(now()),
    presses: 1,
  };
  try {
    await bus.publishStored(subjects.alarmRaised(school.id, 'audible'), raised, { id: `${raised.incident}:1` });
  } catch (cause) {
    throw new AppError('unavailable', 'the bus did not take the alarm', { cause });
  }
  return { incident: raised.incident };
}

export type GatewayRouter = ReturnType<typeof createGatewayRouter>;
