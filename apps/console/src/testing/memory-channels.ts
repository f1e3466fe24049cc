/** Channels in memory: a test goes through unless the channel fails; a wrong host is refused as the service refuses it. */
import type { ChannelView, DeliveryView } from '@anyuan/contracts';
import type { ChannelsClient } from '../lib/clients/channels.ts';
import type { ChannelsScene } from './channels-fixtures.ts';

export function memoryChannels(
  scene: ChannelsScene,
  answer: <T>(value: T) => Promise<T>,
  sent: [name: string, input: unknown][],
): ChannelsClient {
  let channels = [...scene.channels];
  let { deliveries } = scene;
  const now = () => new Date().toISOString();
  return {
    channels: () => answer(channels),
    deliveries: async (filter) => ({
      deliveries: (await answer(deliveries)).filter((d) => filter === 'all' || d.fault !== null),
      more: null,
    }),
    async save(command) {
      await answer(undefined);
      sent.push(['channel.save', command]);
      const { settings, ...rest } = command;
      const before = channels.find((c) => c.id === command.id);
      if (settings && settings.kind !== 'email' && !settings.address.startsWith('https://'))
        return { result: 'refused', why: 'address' };
      const base: Omit<ChannelView, keyof typeof rest> = before ?? {
        ...{ kind: settings?.kind ?? 'wecom', host: 'example.org', tail: '' },
        ...{ lastSentAt: null, lastFailedAt: null, failing: null, waiting: 0 },
      };
      const channel: ChannelView = { ...base, ...rest, ...(settings ? { failing: null } : {}) };
      channels = before ? channels.map((c) => (c.id === channel.id ? channel : c)) : [...channels, channel];
      return { result: 'saved', channel };
    },
    async remove(id) {
      await answer(undefined);
      sent.push(['channel.remove', id]);
      channels = channels.filter((c) => c.id !== id);
    },
    async test({ id, channel }) {
      await answer(undefined);
      sent.push(['channel.test', channel]);
      const found = channels.find((c) => c.id === channel);
      const { name = '', kind = 'wecom', failing } = found ?? {};
      const delivery: DeliveryView = {
        ...{ id, channel: { id: channel, name, kind }, topic: 'test', title: '测试消息', text: '青禾小学', at: now() },
        ...{ state: failing ? 'failed' : 'sent', attempts: 1, doneAt: now(), together: 1 },
        ...{ fault: failing?.fault ?? null, code: failing?.code ?? '' },
      };
      deliveries = [delivery, ...deliveries];
      if (failing) return { result: 'failed', fault: failing.fault, code: failing.code };
      channels = channels.map((c) => (c.id === channel ? { ...c, lastSentAt: now() } : c));
      return { result: 'sent' };
    },
  };
}
