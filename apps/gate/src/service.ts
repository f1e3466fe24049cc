/** The gate service, wired together. README.md says what happens when it, its database or the bus is away. */
import type { GateTables } from '@anyuan/db';
import { type Clock, type Log, OwnerService } from '@anyuan/service';
import { type GateConfig, readKeys } from './config.ts';
import { createRouter } from './router.ts';
import { loadStaff, staffVersion } from './staff.ts';

export { type ImportedPerson, importStaff } from './staff.ts';

export const GateService = {
  create(config: GateConfig, overrides: { clock?: Clock; log?: Log } = {}): Promise<OwnerService<GateTables>> {
    const keys = readKeys(config.ANYUAN_KEYS);
    return OwnerService.create<GateTables>({
      name: 'gate',
      config,
      ...overrides,
      router: ({ db, clock }) => createRouter({ db, keys, clock }),
      lists: [
        {
          list: 'staff',
          privateKey: keys.list,
          version: (db) => staffVersion(db.kysely),
          load: (db) => loadStaff(db.kysely),
        },
      ],
    });
  },
};
