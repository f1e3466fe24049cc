/** A training service's parts for tests: real Postgres, a clock to turn, a small school, one caller per actor. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, type AddCertificate, type ImportedStaff, newId, type RecordVetting } from '@anyuan/contracts';
import { type Db, openDb, type TrainingTables } from '@anyuan/db';
import { testDb } from '@anyuan/db/testing';
import { createApp, createCallerFactory, createLog } from '@anyuan/service';
import { sql } from 'kysely';
import { readKeys } from '../src/config.ts';
import type { Trx } from '../src/context.ts';
import { remind } from '../src/reminders.ts';
import { createRouter } from '../src/router.ts';
import { fileRoutes, importClasses, importPeople } from '../src/service.ts';

export const administrator: Actor = { kind: 'person', id: 's-zhou', name: '周敏', role: 'administrator' };
export const principal: Actor = { kind: 'person', id: 's-chen', name: '陈立新', role: 'principal' };
export const teacher: Actor = { kind: 'person', id: 's-liu', name: '刘芳', role: 'teacher' };
export const guard: Actor = { kind: 'person', id: 's-wang', name: '王建国', role: 'guard' };
export const agent = (gate = 'main'): Actor => ({ kind: 'agent', gate });

export const CARD = '0B00C2C591';
export const people: ImportedStaff[] = [
  { id: 's-zhou', name: '周敏', roles: ['administrator'] },
  { id: 's-chen', name: '陈立新', roles: ['principal'] },
  { id: 's-liu', name: '刘芳', roles: ['teacher', 'headTeacher'], phone: '138 0000 0000' },
  { id: 's-sun', name: '孙丽华', roles: ['teacher', 'headTeacher'] },
  { id: 's-wang', name: '王建国', roles: ['guard'], cardNumber: CARD },
  { id: 's-li', name: '李强', roles: ['guard'] },
  { id: 's-gone', name: '赵旧', roles: ['guard'], leftOn: '2026-06-30' },
];
export const classes = [
  { id: 'c-32', name: '三（2）班', teacher: 's-liu', position: 2 },
  { id: 'c-11', name: '一（1）班', teacher: 's-sun', position: 1 },
];

/** One white pixel. */
export const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=';

export function keyFolder(): { dir: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'anyuan-keys-'));
  for (const name of ['id.key', 'card.key']) writeFileSync(join(dir, name), randomBytes(32).toString('hex'));
  return { dir, remove: () => rmSync(dir, { recursive: true }) };
}

class TestClock {
  #now = 0;
  now = (): number => this.#now;
  set(moment: string): void {
    this.#now = Date.parse(moment);
  }
}

export async function trainingSite() {
  const database = await testDb();
  const folder = keyFolder();
  const keys = readKeys(folder.dir);
  const clock = new TestClock();
  const db: Db<TrainingTables> = openDb({ url: database.url('training'), owner: 'training' });
  const log = createLog('training', 'silent');
  const ctx = { db, clock, keys };
  const router = createRouter(ctx);
  const app = createApp({ router, log, health: async () => ({ ok: true, away: [] }) });
  fileRoutes(app, ctx, '青禾小学');
  return {
    db,
    clock,
    keys,
    ctx,
    as: (actor: Actor) => createCallerFactory(router)({ actor, log }),
    in: <Result>(work: (trx: Trx) => Promise<Result>) => db.tx(work),
    round: () => db.tx((trx) => remind(trx, clock.now())),
    get: (path: string, actor: Actor | null) => app.request(path, {}, { actor }),
    /** What the bus would be told, oldest first. */
    async events(): Promise<{ type: string; data: Record<string, unknown> }[]> {
      const { rows } = await sql<{ type: string; data: Record<string, unknown> }>`
        select entity || '.' || type as type, data from outbox order by position limit 5000`.execute(db.kysely);
      return rows;
    },
    /** All that stands in a table, as text. */
    async text(table: string): Promise<string> {
      const { rows } = await sql<{ text: string }>`select t::text as text from ${sql.table(table)} t`.execute(
        db.kysely,
      );
      return rows.map((row) => row.text).join('\n');
    },
    /** The small school and nothing else, on the morning of 23 November 2026. */
    async begin() {
      const admin = openDb<TrainingTables>({ url: database.adminUrl, owner: 'training', max: 1 });
      await sql`do $$ declare t text; begin
        select string_agg(format('training.%I', tablename), ', ') into t
        from pg_tables where schemaname = 'training' and tablename not like 'schema%';
        execute 'truncate ' || t;
      end $$`.execute(admin.kysely);
      await admin.close();
      clock.set('2026-11-23T01:00:00.000Z');
      await db.tx(async (trx) => {
        await importPeople(trx, people, keys, clock.now());
        await importClasses(trx, classes, clock.now());
      });
      await sql`delete from outbox`.execute(db.kysely);
    },
    async close() {
      await db.close();
      await database.drop();
      folder.remove();
    },
  };
}

export const certificate = (given: Partial<AddCertificate> = {}): AddCertificate => ({
  id: newId(),
  person: 's-wang',
  kind: 'guardCertificate',
  number: '粤202412345678',
  issuer: '县公安局',
  issuedOn: '2024-03-01',
  expiresOn: null,
  supersedes: null,
  ...given,
});

export const vetting = (given: Partial<RecordVetting> = {}): RecordVetting => ({
  id: newId(),
  person: 's-wang',
  checkedOn: '2026-09-01',
  result: 'clear',
  checkedBy: '城关派出所',
  ...given,
});
