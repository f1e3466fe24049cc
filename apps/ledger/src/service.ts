/** The ledger service, wired together. README.md says what happens when it, its database or the bus is away. */
import type { LedgerTables } from '@anyuan/db';
import { type Clock, createLog, type Log, mergeRouters, OwnerService, systemClock } from '@anyuan/service';
import type { ChannelsContext } from './channels/context.ts';
import { follow } from './channels/queue.ts';
import { createChannelsRouter } from './channels/router.ts';
import { Sender } from './channels/sender.ts';
import { followFacility, type LedgerContext } from './commands.ts';
import { type LedgerConfig, readCipher } from './config.ts';
import { escalate } from './rounds.ts';
import { createRouter } from './router.ts';
import { addRoutes } from './routes.ts';

const MINUTE_MS = 60_000;
/** An attempt to send. */
const TIMEOUT_MS = 5_000;

export const LedgerService = {
  create(
    config: LedgerConfig,
    { clock = systemClock, log = createLog('ledger', config.LOG_LEVEL) }: { clock?: Clock; log?: Log } = {},
  ): Promise<OwnerService<LedgerTables>> {
    const cipher = readCipher(config.ANYUAN_KEYS);
    const loopback = config.ANYUAN_CHANNELS_LOOPBACK === 'on';
    const channelsOf = ({ db }: LedgerContext): ChannelsContext => ({
      ...{ db, clock, cipher, loopback, school: config.ANYUAN_SCHOOL_NAME, timeoutMs: TIMEOUT_MS },
    });
    return OwnerService.create<LedgerTables>({
      ...{ name: 'ledger', config, clock, log },
      router(context) {
        const channels = channelsOf(context);
        return mergeRouters(createRouter(context), createChannelsRouter(channels, new Sender(channels, log)));
      },
      routes: (app, context) => addRoutes(app, context, config.ANYUAN_SCHOOL_NAME),
      async follow(trx, event) {
        await followFacility(trx, event, clock.now());
        await follow(trx, event, clock.now());
      },
      round: { everyMs: MINUTE_MS, run: escalate },
      worker: (context) => new Sender(channelsOf(context), log),
    });
  },
};
