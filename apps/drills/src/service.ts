/** The drills service, wired together. README.md says what happens when it, its database or the bus is away. */
import type { DrillsTables } from '@anyuan/db';
import { type Clock, type Log, OwnerService } from '@anyuan/service';
import type { DrillsConfig } from './config.ts';
import { remindOfDrills } from './drill-reminders.ts';
import { feedRoute } from './feed.ts';
import { fileRoutes } from './files.ts';
import { follow } from './follow.ts';
import { flagMissed } from './patrols.ts';
import { planFileRoutes } from './plan-files.ts';
import { createRouter } from './router.ts';
import { signRoutes } from './sign-files.ts';

export { importReaders } from './plans.ts';
export { type ImportedClass, importRoster } from './roster.ts';
export { alarmHeard } from './run.ts';

/** A point that was missed is said within a minute after its window (G13). */
const ROUND_MS = 15_000;

export const DrillsService = {
  create(config: DrillsConfig, overrides: { clock?: Clock; log?: Log } = {}): Promise<OwnerService<DrillsTables>> {
    return OwnerService.create<DrillsTables>({
      name: 'drills',
      config,
      ...overrides,
      router: createRouter,
      routes(app, ctx) {
        feedRoute(app, ctx);
        fileRoutes(app, ctx, config.ANYUAN_SCHOOL_NAME);
        signRoutes(app, ctx, config.ANYUAN_SCHOOL_NAME);
        planFileRoutes(app, ctx, config.ANYUAN_SCHOOL_NAME);
      },
      follow,
      round: {
        everyMs: ROUND_MS,
        async run(trx, now) {
          await flagMissed(trx, now);
          await remindOfDrills(trx, now);
        },
      },
    });
  },
};
