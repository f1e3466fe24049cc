import {
  type Actor,
  AppError,
  ChannelSaved,
  ChannelView,
  DeliveriesPage,
  DeliveryFilter,
  type PersonRef,
  SaveChannel,
  SendTest,
  TestSent,
  Uuid,
} from '@anyuan/contracts';
import { procedure, router } from '@anyuan/service';
import { z } from 'zod';
import { channels, deliveries, removeChannel, saveChannel } from './channels.ts';
import type { ChannelsContext } from './context.ts';
import type { Sender } from './sender.ts';

const Page = z.object({
  filter: DeliveryFilter.default('all'),
  before: z.number().int().positive().optional(),
  limit: z.number().int().min(1).max(200).default(50),
});

export function createChannelsRouter(ctx: ChannelsContext, sender: Sender) {
  const { db } = ctx;
  return router({
    channels: procedure('channel.read')
      .output(z.array(ChannelView))
      .query(() => channels(db.kysely)),
    deliveries: procedure('channel.read')
      .input(Page.prefault({}))
      .output(DeliveriesPage)
      .query(({ input }) => deliveries(db.kysely, input)),
    saveChannel: procedure('channel.write')
      .input(SaveChannel)
      .output(ChannelSaved)
      .mutation(({ input, ctx: { actor } }) => saveChannel(ctx, person(actor), input)),
    removeChannel: procedure('channel.write')
      .input(z.object({ channel: Uuid }))
      .mutation(({ input, ctx: { actor } }) => removeChannel(ctx, person(actor), input.channel)),
    sendTest: procedure('channel.write')
      .input(SendTest)
      .output(TestSent)
      .mutation(({ input, ctx: { actor } }) => sender.test(input.channel, input.id, person(actor).name)),
  });
}
export type ChannelsRouter = ReturnType<typeof createChannelsRouter>;

function person(actor: Actor): PersonRef {
  if (actor.kind !== 'person') throw new AppError('forbidden', 'channels are kept by people');
  return { id: actor.id, name: actor.name };
}
