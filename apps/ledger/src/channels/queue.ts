/** News put before every channel that takes it, in the transaction that learnt of it; once for each event and channel. */
import { GIVEN_UP_AFTER_MS } from '@anyuan/channels';
import { newId } from '@anyuan/contracts';
import type { FollowedEvent } from '@anyuan/service';
import { sql } from 'kysely';
import type { Trx } from './context.ts';
import { type News, newsOf } from './messages.ts';

/** What others told. A follower that begins anew hears a whole year: what is no news any more is not sent. */
export async function follow(trx: Trx, event: FollowedEvent, now: number): Promise<void> {
  if (now - event.at.getTime() > GIVEN_UP_AFTER_MS) return;
  const news = newsOf(event);
  if (news) await queue(trx, event.id, news, now);
}

/** @param source the event's id */
export async function queue(trx: Trx, source: string, { confidential, ...said }: News, now: number): Promise<void> {
  const channels = await trx
    .selectFrom('channels')
    .select('id')
    .where('enabled', '=', true)
    .where('removedAt', 'is', null)
    .where(sql<boolean>`${said.topic} = any(topics)`)
    .$if(confidential, (query) => query.where('audience', '=', 'office'))
    .orderBy('id')
    .execute();
  if (channels.length === 0) return;
  await trx
    .insertInto('deliveries')
    .values(
      channels.map(({ id }) => ({
        id: newId(now),
        channel: id,
        source,
        ...said,
        at: new Date(now),
        doneAt: null,
        fault: null,
      })),
    )
    .onConflict((oc) => oc.columns(['channel', 'source']).doNothing())
    .execute();
}
