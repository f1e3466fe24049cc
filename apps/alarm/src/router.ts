import { type Actor, AppError, DeviceEntry, maySeeIncident, StandDown, Uuid } from '@anyuan/contracts';
import { procedure, router } from '@anyuan/service';
import { z } from 'zod';
import { type AlarmContext, announce, askAgain, note, standDown } from './commands.ts';
import { historyOf } from './store.ts';

const OfIncident = z.object({ incident: Uuid });
const RECENT = 20;

/** From a kiosk the agent names the guard who touched the screen; in the console it is whoever is signed in. */
const By = z.object({ person: z.object({ id: z.string(), name: z.string() }).optional() });

export function createRouter(ctx: AlarmContext) {
  const { board, clock } = ctx;
  /** To who may not see it there is no such incident. */
  const mustSee = (actor: Actor, id: string) => {
    const incident = board.incidents.get(id);
    if (incident && !maySeeIncident(actor, incident.raise)) throw new AppError('notFound', 'a silent incident');
  };
  return router({
    incidents: procedure('alarm.read').query(({ ctx: { actor } }) => {
      const all = [...board.incidents.values()]
        .filter(({ raise }) => maySeeIncident(actor, raise))
        .sort((a, b) => b.receivedAt - a.receivedAt);
      const open = all.filter((i) => !i.standDown);
      const ended = all.filter((i) => i.standDown).slice(0, RECENT);
      return [...open, ...ended].map((i) => board.view(i, clock.now()));
    }),
    history: procedure('alarm.read')
      .input(OfIncident)
      .query(async ({ input, ctx: { actor } }) => {
        mustSee(actor, input.incident);
        return historyOf(ctx.db.kysely, input.incident);
      }),
    devices: procedure('device.read').query(() => board.devices(clock.now())),
    zones: procedure('alarm.raise').query(() => board.zones()),
    acknowledge: procedure('alarm.acknowledge')
      .input(OfIncident.extend(By.shape))
      .mutation(({ input, ctx: { actor } }) => note(ctx, input.incident, 'acknowledged', whoOf(actor, input.person))),
    arrived: procedure('alarm.acknowledge')
      .input(OfIncident.extend({ who: z.enum(['guard', 'police']) }).extend(By.shape))
      .mutation(({ input, ctx: { actor } }) =>
        note(ctx, input.incident, input.who === 'guard' ? 'guardArrived' : 'policeArrived', whoOf(actor, input.person)),
      ),
    standDown: procedure('alarm.standDown')
      .input(StandDown)
      .mutation(({ input, ctx: { actor } }) => standDown(ctx, actor, input)),
    /** At a kiosk, after the staff card of someone who may (the agent checks the card against its signed list). */
    standDownByCard: procedure('alarm.standDownByCard')
      .input(StandDown)
      .mutation(({ input, ctx: { actor } }) => standDown(ctx, actor, input)),
    askAgain: procedure('alarm.acknowledge')
      .input(OfIncident)
      .mutation(({ input }) => askAgain(ctx, input.incident)),
    announce: procedure('device.announce')
      .input(z.object({ devices: z.array(DeviceEntry).max(64) }))
      .mutation(({ input, ctx: { actor } }) => announce(ctx, actor, input.devices)),
  });
}

const whoOf = (
  actor: { kind: 'person'; id: string; name: string } | { kind: 'agent'; gate: string },
  person: { id: string; name: string } | undefined,
) =>
  actor.kind === 'person'
    ? { id: actor.id, name: actor.name }
    : (person ?? { id: `agent-${actor.gate}`, name: actor.gate });

export type AlarmRouter = ReturnType<typeof createRouter>;
