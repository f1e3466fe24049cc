/** A ledger's parts for tests: real Postgres, a clock to turn, one caller per person, and the app with its files. */
import { type Actor, type AssignHazard, type HazardView, newId, type Role } from '@anyuan/contracts';
import { type LedgerTables, openDb } from '@anyuan/db';
import { testDb } from '@anyuan/db/testing';
import { createApp, createCallerFactory, createLog } from '@anyuan/service';
import { sql } from 'kysely';
import { escalate } from '../src/rounds.ts';
import { createRouter } from '../src/router.ts';
import { addRoutes } from '../src/routes.ts';

const person = (id: string, name: string, role: Role): Actor => ({ kind: 'person', id, name, role });
export const administrator = person('s-zhou', '周敏', 'administrator');
export const principal = person('s-chen', '陈校长', 'principal');
export const teacher = person('s-liu', '刘芳', 'teacher');
export const guard = person('s-wang', '王建国', 'guard');
export const otherGuard = person('s-zhao', '赵磊', 'guard');
export const agent: Actor = { kind: 'agent', gate: 'main' };

/** 2026-11-23 17:00 in school. */
export const START = '2026-11-23T09:00:00.000Z';

const JPEG_HEAD = Buffer.from('ffd8ffc0000b080001000101011100ffda0008010100003f00', 'hex');
/** A JPEG of one pixel, as far as its frame and its end; `size` and four bytes long. */
export const jpeg = (size = 64): string =>
  Buffer.concat([JPEG_HEAD, Buffer.alloc(size + 2 - JPEG_HEAD.length), Buffer.from('ffd9', 'hex')]).toString('base64');
/** One white pixel. */
export const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';

export async function ledgerSite() {
  const database = await testDb();
  const open = () => openDb<LedgerTables>({ url: database.url('ledger'), owner: 'ledger' });
  const db = open();
  const second = open();
  const log = createLog('ledger', 'silent');
  let now = Date.parse(START);
  const clock = { now: () => now };
  const context = { db, clock, tell: () => {} };
  const app = createApp({ router: createRouter(context), log, health: async () => ({ ok: true, away: [] }) });
  addRoutes(app, context, '青禾小学');
  const as = (actor: Actor, copy = db) => createCallerFactory(createRouter({ db: copy, clock }))({ actor, log });
  const site = {
    db,
    second,
    as,
    set: (moment: string) => {
      now = Date.parse(moment);
    },
    get: (path: string, actor: Actor | null) => app.request(path, {}, { actor }),
    round: (copy = db) => copy.tx((trx) => escalate(trx, now)),
    /** What the bus would be told, oldest first. */
    async events(): Promise<{ type: string; data: HazardView }[]> {
      const { rows } = await sql<{ type: string; data: HazardView }>`
        select entity || '.' || type as type, data from outbox order by position limit 1000`.execute(db.kysely);
      return rows;
    },
    async report(what = '食堂后门闭门器损坏', actor = guard): Promise<HazardView> {
      const { hazard } = await as(actor).reportHazard({ id: newId(), what, place: '食堂后门' });
      return hazard;
    },
    async assigned(given: Partial<AssignHazard> = {}): Promise<HazardView> {
      const { id: hazard } = await site.report();
      const { hazard: view } = await as(administrator).assign(assignment({ hazard, ...given }));
      return view;
    },
    async empty() {
      const admin = openDb<LedgerTables>({ url: database.adminUrl, owner: 'ledger', max: 1 });
      await sql`set session_replication_role = replica`.execute(admin.kysely);
      await sql`truncate hazards, history, photos, escalations, numbers, outbox cascade`.execute(admin.kysely);
      await admin.close();
    },
    async close() {
      await Promise.all([db.close(), second.close()]);
      await database.drop();
    },
  };
  return site;
}

/** Of the guard 赵磊, due on the 30th. */
export const assignment = (given: Partial<AssignHazard> & { hazard: string }): AssignHazard => ({
  command: newId(),
  level: 'byDate',
  owner: { id: 's-zhao', name: '赵磊' },
  deadline: '2026-11-30',
  measure: '更换闭门器',
  stopgap: '保安每小时巡一次',
  ...given,
});
