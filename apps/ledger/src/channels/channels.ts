/** Channels as administrators keep them. What opens one goes in and is never told again; a removed one forgets it. */
import { hostOf, tailOf, wrongWith } from '@anyuan/channels';
import {
  AppError,
  type ChannelSaved,
  type ChannelView,
  type DeliveriesPage,
  type DeliveryFilter,
  type PersonRef,
  type SaveChannel,
} from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import { type ChannelsContext, type Queries, seal } from './context.ts';

const MANY = 50;
const moment = (at: Date | null): string | null => at && iso(at.getTime());

const rows = (db: Queries) =>
  db
    .selectFrom('channels as c')
    .select(['c.id', 'c.kind', 'c.name', 'c.topics', 'c.audience', 'c.enabled', 'c.host', 'c.tail'])
    .select(['c.lastSentAt', 'c.lastFailedAt', 'c.failingSince', 'c.fault', 'c.code'])
    .select((eb) =>
      eb
        .selectFrom('deliveries as d')
        .select((d) => d.fn.countAll<number>().as('n'))
        .whereRef('d.channel', '=', 'c.id')
        .where('d.state', '=', 'waiting')
        .as('waiting'),
    )
    .where('c.removedAt', 'is', null);

type Row = Awaited<ReturnType<ReturnType<typeof rows>['execute']>>[number];

const viewOf = ({ failingSince, fault, code, lastSentAt, lastFailedAt, waiting, ...row }: Row): ChannelView => ({
  ...row,
  ...{ lastSentAt: moment(lastSentAt), lastFailedAt: moment(lastFailedAt), waiting: Number(waiting ?? 0) },
  failing: failingSince && fault ? { since: iso(failingSince.getTime()), fault, code } : null,
});

export async function channels(db: Queries): Promise<ChannelView[]> {
  return (await rows(db).orderBy('c.savedAt').orderBy('c.id').limit(MANY).execute()).map(viewOf);
}

export function saveChannel(ctx: ChannelsContext, by: PersonRef, command: SaveChannel): Promise<ChannelSaved> {
  const { id, settings, ...given } = command;
  const at = new Date(ctx.clock.now());
  return ctx.db.tx(async (trx): Promise<ChannelSaved> => {
    const before = await trx
      .selectFrom('channels')
      .select(['kind', 'removedAt'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (before?.removedAt) throw new AppError('conflict', 'this channel was removed');
    if (!before && !settings) return { result: 'refused', why: 'needsSettings' };
    if (before && settings && settings.kind !== before.kind) return { result: 'refused', why: 'otherKind' };
    const wrong = settings && wrongWith(settings, ctx);
    if (wrong) return { result: 'refused', why: wrong };
    const saved = { ...given, savedBy: JSON.stringify(by), nextAt: at, failures: 0 };
    const opened = settings && {
      ...{
        kind: settings.kind,
        sealed: seal(ctx.cipher, id, settings),
        host: hostOf(settings),
        tail: tailOf(settings),
      },
      // Nobody knows yet how it goes with these.
      ...{ failingSince: null, fault: null, code: '' },
    };
    if (before) {
      await trx
        .updateTable('channels')
        .set({ ...saved, ...opened })
        .where('id', '=', id)
        .execute();
    } else if (opened) {
      await trx
        .insertInto('channels')
        .values({ id, ...saved, ...opened, savedAt: at })
        .onConflict((oc) => oc.doNothing())
        .execute();
    }
    const row = await rows(trx).where('c.id', '=', id).executeTakeFirstOrThrow();
    return { result: 'saved', channel: viewOf(row) };
  });
}

/** Its secret is gone with it; what was sent stays in the log. */
export function removeChannel({ db, clock }: ChannelsContext, by: PersonRef, id: string): Promise<void> {
  const at = new Date(clock.now());
  return db.tx(async (trx) => {
    const removed = await trx
      .updateTable('channels')
      .set({ removedAt: at, sealed: null, enabled: false, savedBy: JSON.stringify(by) })
      .where('id', '=', id)
      .where('removedAt', 'is', null)
      .returning('id')
      .executeTakeFirst();
    if (!removed) return;
    await trx
      .updateTable('deliveries')
      .set({ state: 'failed', doneAt: at })
      .where('channel', '=', id)
      .where('state', '=', 'waiting')
      .execute();
  });
}

export async function deliveries(
  db: Queries,
  { filter, before, limit }: { filter: DeliveryFilter; before?: number | undefined; limit: number },
): Promise<DeliveriesPage> {
  const found = await db
    .selectFrom('deliveries as d')
    .innerJoin('channels as c', 'c.id', 'd.channel')
    .select(['d.id', 'd.position', 'd.topic', 'd.title', 'd.text', 'd.at', 'd.state', 'd.attempts', 'd.doneAt'])
    .select(['d.fault', 'd.code', 'd.together', 'c.id as channel', 'c.name', 'c.kind'])
    .$if(before !== undefined, (query) => query.where('d.position', '<', before ?? 0))
    .$if(filter === 'failed', (query) =>
      query.where((eb) => eb.or([eb('d.state', '=', 'failed'), eb('d.fault', 'is not', null)])),
    )
    .orderBy('d.position', 'desc')
    .limit(limit + 1)
    .execute();
  const page = found.slice(0, limit);
  return {
    deliveries: page.map(({ position: _, channel, name, kind, at, doneAt, ...row }) => ({
      ...row,
      ...{ channel: { id: channel, name, kind }, at: iso(at.getTime()), doneAt: moment(doneAt) },
    })),
    more: found.length > limit ? (page.at(-1)?.position ?? null) : null,
  };
}
