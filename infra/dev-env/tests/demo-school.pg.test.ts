/** The demo school on any day of the year: what stands in it is what the product itself would have written. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DrillsTables, type GateTables, openDb } from '@anyuan/db';
import { testDb } from '@anyuan/db/testing';
import { createRouter } from '@anyuan/drills/router';
import { createCallerFactory, createLog } from '@anyuan/service';
import { expect, test } from 'vitest';
import { zhou } from '../src/demo-callers.ts';
import { seedServices } from '../src/demo-school.ts';

test.each(['2026-11-24', '2026-09-01', '2027-01-20', '2027-02-10', '2027-06-30', '2027-08-15'])(
  'begun on %s: a term with evidence, nothing doubled by a second start',
  async (today) => {
    const database = await testDb();
    const folder = mkdtempSync(join(tmpdir(), 'anyuan-demo-'));
    const now = Date.parse(`${today}T08:00:00+08:00`);
    for (const key of ['card.key', 'watch.key', 'id.key', 'id-search.key'])
      writeFileSync(join(folder, key), randomBytes(32).toString('hex'));
    const url = (owner: 'gate' | 'pickup' | 'alarm' | 'drills' | 'ledger' | 'training') => database.url(owner);
    const urls = {
      ...{ gate: url('gate'), pickup: url('pickup'), alarm: url('alarm') },
      ...{ drills: url('drills'), ledger: url('ledger'), training: url('training') },
    };
    const db = openDb<DrillsTables>({ url: url('drills'), owner: 'drills', max: 1 });
    const gate = openDb<GateTables>({ url: url('gate'), owner: 'gate', max: 1 });
    const gateRows = async () => ({
      looks: (await gate.kysely.selectFrom('facilityLooks').select(['facility', 'condition']).orderBy('id').execute())
        .length,
      duty: await gate.kysely.selectFrom('dutyPeople').selectAll().orderBy('date').orderBy('dutyWindow').execute(),
    });
    try {
      await seedServices({ urls, keys: folder, term: true, now });
      const router = createRouter({ db, clock: { now: () => now }, tell: () => {} });
      const office = createCallerFactory(router)({ actor: zhou, log: createLog('drills', 'silent') });
      const before = await office.term({});
      expect(before.view?.unknownYears).toEqual([]);
      for (const drill of before.drills) {
        expect(drill.date < today).toBe(true);
        expect(drill.status).toBe('ended');
        if (drill.mode === 'exercise') expect(drill.result).toMatchObject({ expected: 1_200, unmarked: 0 });
      }
      const first = await gateRows();
      expect([first.looks, first.duty.length]).toEqual([5, 30]);
      expect(first.duty.every(({ people }) => people.length > 0)).toBe(true);
      await seedServices({ urls, keys: folder, term: true, now });
      expect(await gateRows()).toEqual(first);
      expect((await office.term({})).drills).toEqual(before.drills);
    } finally {
      await Promise.all([db.close(), gate.close()]);
      await database.drop();
      rmSync(folder, { recursive: true });
    }
  },
);
