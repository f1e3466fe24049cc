/** The gate service, wired together. README.md says what happens when it, its database or the bus is away. */
import type { GateTables } from '@anyuan/db';
import { type Clock, type Log, OwnerService, systemClock } from '@anyuan/service';
import { publicBookings } from './bookings-public.ts';
import { bookingsVersion, loadBookings } from './bookings-store.ts';
import { type GateConfig, readKeys } from './config.ts';
import { findContradictions } from './contradiction-store.ts';
import { tellOverdue } from './overdue.ts';
import { loadPermits, permitsVersion } from './permit-store.ts';
import { roundOfQuestions } from './questions.ts';
import { addRegisterFiles } from './register-files.ts';
import { RetentionWorker } from './retention-worker.ts';
import { createRouter } from './router.ts';
import { shiftFiles } from './shift-files.ts';
import { follow } from './shifts.ts';
import { loadStaff, staffVersion } from './staff.ts';
import { loadWatchlist, watchlistVersion } from './watchlist-hits.ts';

export { applyForVisit, bookVisit } from './bookings.ts';
export { lookAt, saveFacility } from './facilities.ts';
export { type ImportedPermit, importPermits } from './permits.ts';
export { firstPolicy } from './policy.ts';
export { setDuty } from './shifts.ts';
export { type ImportedPerson, importStaff } from './staff.ts';
export { putDelivery } from './vehicles.ts';
export { makeEntry } from './watchlist.ts';

/** A deputy is asked at most so much later than he should be, ms. */
const ROUND_MS = 2_000;

export const GateService = {
  create(config: GateConfig, overrides: { clock?: Clock; log?: Log } = {}): Promise<OwnerService<GateTables>> {
    const keys = readKeys(config.ANYUAN_KEYS);
    const clock = overrides.clock ?? systemClock;
    return OwnerService.create<GateTables>({
      name: 'gate',
      config,
      ...overrides,
      router: ({ db, clock }) => createRouter({ db, keys, clock }),
      round: {
        everyMs: ROUND_MS,
        async run(trx, now) {
          await roundOfQuestions(trx, now);
          await tellOverdue(trx, now);
          await findContradictions(trx, keys, now);
        },
      },
      routes(app, { db }) {
        addRegisterFiles(app, { db, keys, clock }, config.ANYUAN_SCHOOL_NAME);
        publicBookings(app, { db, keys, clock });
        shiftFiles(app, { db, clock }, config.ANYUAN_SCHOOL_NAME);
      },
      worker: (context) => new RetentionWorker(context, keys),
      follow,
      lists: [
        {
          list: 'staff',
          privateKey: keys.list,
          version: (db) => staffVersion(db.kysely),
          load: (db) => loadStaff(db.kysely),
        },
        {
          list: 'bookings',
          privateKey: keys.list,
          version: (db) => bookingsVersion(db.kysely, clock.now()),
          load: (db) => loadBookings(db.kysely, clock.now()),
        },
        {
          list: 'watchlist',
          privateKey: keys.list,
          version: (db) => watchlistVersion(db.kysely),
          load: (db) => loadWatchlist(db, clock),
        },
        {
          list: 'permits',
          privateKey: keys.list,
          version: (db) => permitsVersion(db.kysely),
          load: (db) => loadPermits(db.kysely),
        },
      ],
    });
  },
};
