/** What the school keeps on the bus's disk. Idempotent: run at every start, with the launcher's rights. */

import { FOLLOWED, LISTS_BUCKET, streams, subjects } from '@anyuan/contracts';
import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  jetstreamManager,
  RetentionPolicy,
  StorageType,
} from '@nats-io/jetstream';
import { Kvm } from '@nats-io/kv';
import type { Bus } from './bus.ts';

const YEAR_NS = 365 * 24 * 3600 * 1e9;
const DEDUPE_NS = 10 * 60 * 1e9;

export async function ensureStreams(bus: Bus, school: string): Promise<void> {
  const manager = await jetstreamManager(bus.nc);
  const kept = {
    retention: RetentionPolicy.Limits,
    storage: StorageType.File,
    discard: DiscardPolicy.Old,
    max_age: YEAR_NS,
    duplicate_window: DEDUPE_NS,
  };
  const wanted = [
    { ...kept, name: streams.events, subjects: [subjects.eventsOf(school, '*')] },
    {
      ...kept,
      name: streams.alarms,
      subjects: [subjects.alarmRaisedAny(school), subjects.alarmNoted(school), subjects.deviceReported(school, '*')],
    },
  ];
  for (const config of wanted) {
    const exists = await manager.streams.info(config.name).then(
      () => true,
      () => false,
    );
    if (exists) await manager.streams.update(config.name, config);
    else await manager.streams.add(config);
  }
  for (const [service, owners = []] of Object.entries(FOLLOWED)) {
    await manager.consumers.add(streams.events, {
      durable_name: service,
      ack_policy: AckPolicy.All,
      deliver_policy: DeliverPolicy.All,
      filter_subjects: owners.map((owner) => subjects.eventsOf(school, owner)),
      ack_wait: 60_000_000_000,
      max_ack_pending: 20_000,
    });
  }
  await new Kvm(bus.js).create(LISTS_BUCKET, { history: 1, storage: StorageType.File });
}
