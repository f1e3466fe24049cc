/**
 * Two invented entries of the demo school, so that a visitor of it can see both: 鲁志平 agrees by his number, and a woman named
 * 杜春梅 of another year, with whose card nothing happens. Made once: what was withdrawn or changed since stays so.
 */
import { join } from 'node:path';
import { schoolDate, type WatchDraft } from '@anyuan/contracts';
import { type Db, FieldCipher, type GateTables, SearchKey } from '@anyuan/db';
import { makeEntry } from '@anyuan/gate';
import { demoDocuments } from '@anyuan/hardware-sim';

const principal = { kind: 'person', id: 's-chen', name: '陈立新', role: 'principal' } as const;
const DAY_MS = 86_400_000;

export async function seedWatchlist(db: Db<GateTables>, keys: string, now: number): Promise<void> {
  const search = (name: string) => SearchKey.fromKeyFile(join(keys, name));
  const own = { id: FieldCipher.fromKeyFile(join(keys, 'id.key')), watch: search('watch.key') };
  const unused = { search: search('id-search.key'), card: search('card.key'), list: '' };
  const ctx = { db, keys: { ...own, ...unused }, clock: { now: () => now } };
  const common: Omit<WatchDraft, 'name' | 'birthDate' | 'idNumber' | 'action' | 'instruction'> = {
    ...{ source: 'police', reason: 'policeNotice', responders: ['s-chen', 's-zhou'], readers: [] },
    ...{ validFrom: schoolDate(now), validUntil: schoolDate(now + 180 * DAY_MS) },
  };
  const lu = demoDocuments.find(({ key }) => key === 'lu');
  const drafts: [string, WatchDraft][] = [
    [
      '0199e1a4-5e10-7000-8000-00000000a001',
      {
        ...{ name: lu?.name ?? '', birthDate: '', idNumber: lu?.number ?? '' },
        ...{ action: 'refuse', instruction: '请到值班室坐，打电话给陈校长，不要争执。', ...common },
      },
    ],
    [
      '0199e1a4-5e10-7000-8000-00000000a002',
      {
        ...{ name: '杜春梅', birthDate: '1976-02-18', idNumber: '' },
        ...{ action: 'accompany', instruction: '请周老师到门口陪同。', ...common },
      },
    ],
  ];
  for (const [entry, draft] of drafts) await makeEntry(ctx, principal, { entry, draft });
}
