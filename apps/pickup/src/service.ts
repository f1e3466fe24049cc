/** The pickup service, wired together. README.md says what happens when it, its database or the bus is away. */
import type { PickupTables } from '@anyuan/db';
import { type Clock, type Log, OwnerService } from '@anyuan/service';
import { type PickupConfig, readKeys } from './config.ts';
import { createRouter } from './router.ts';
import { listVersion, loadList } from './school-list.ts';

export { type ImportedSchool, importSchool } from './import.ts';

export const PickupService = {
  create(config: PickupConfig, overrides: { clock?: Clock; log?: Log } = {}): Promise<OwnerService<PickupTables>> {
    const keys = readKeys(config.ANYUAN_KEYS);
    return OwnerService.create<PickupTables>({
      name: 'pickup',
      config,
      ...overrides,
      router: ({ db, clock }) => createRouter({ db, clock }),
      lists: [
        {
          list: 'pickup',
          privateKey: keys.list,
          version: (db) => listVersion(db.kysely),
          load: (db) => loadList(db.kysely),
        },
      ],
    });
  },
};
