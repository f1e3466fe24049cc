/** A drills service's parts for tests: real Postgres, a clock to turn, a school of thirty classes, one caller per actor. */
import { type Actor, newId, type ScheduleDrill } from '@anyuan/contracts';
import { type DrillsTables, openDb } from '@anyuan/db';
import { testDb } from '@anyuan/db/testing';
import { type AppEnv, createApp, createCallerFactory, createLog } from '@anyuan/service';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import { remindOfDrills } from '../src/drill-reminders.ts';
import { feedRoute } from '../src/feed.ts';
import { fileRoutes } from '../src/files.ts';
import { follow } from '../src/follow.ts';
import { importReaders } from '../src/plans.ts';
import { type ImportedClass, importRoster } from '../src/roster.ts';
import { createRouter } from '../src/router.ts';

const person = (id: string, name: string, role: 'administrator' | 'principal' | 'teacher' | 'guard'): Actor => ({
  ...{ kind: 'person', id, name, role },
});
export const zhou = person('s-zhou', '周敏', 'administrator');
export const chen = person('s-chen', '陈立新', 'principal');
export const guard = person('s-guard-1', '王建国', 'guard');
export const teacherOf = (n: number): Actor => person(`t-${n}`, `班主任${n}`, 'teacher');
export const lead = { id: 's-zhou', name: '周敏' };

/** Thirty classes of forty. */
export const classes: readonly ImportedClass[] = Array.from({ length: 30 }, (_, c) => ({
  id: `c${c + 1}`,
  name: `${Math.floor(c / 5) + 1}（${(c % 5) + 1}）班`,
  grade: Math.floor(c / 5) + 1,
  teacher: { id: `t-${c + 1}`, name: `班主任${c + 1}` },
  pupils: Array.from({ length: 40 }, (_, p) => ({
    id: `c${c + 1}-p${p + 1}`,
    number: p + 1,
    name: `学生${c + 1}之${p + 1}`,
  })),
}));

class TestClock {
  #now = Date.parse('2026-11-23T02:00:00.000Z');
  now = (): number => this.#now;
  set(moment: string): void {
    this.#now = Date.parse(moment);
  }
  pass(seconds: number): void {
    this.#now += seconds * 1_000;
  }
}

export const term = { id: newId(), name: '2026 年秋季学期', from: '2026-09-01', to: '2027-01-22' };

export async function drillsSite() {
  const database = await testDb();
  const clock = new TestClock();
  const db = openDb<DrillsTables>({ url: database.url('drills'), owner: 'drills' });
  const log = createLog('drills', 'silent');
  const told: unknown[] = [];
  const ctx = { db, clock, tell: (event: unknown) => void told.push(event) };
  const router = createRouter(ctx);
  const app: Hono<AppEnv> = createApp({ router, log, health: async () => ({ ok: true, away: [] }) });
  feedRoute(app, ctx);
  fileRoutes(app, ctx, '青禾小学');
  await db.tx(async (trx) => {
    await importRoster(trx, classes);
    await importReaders(trx, [lead, { id: 's-liu', name: '刘芳' }]);
  });
  const as = (actor: Actor) => createCallerFactory(router)({ actor, log });
  return {
    db,
    clock,
    told,
    as,
    get: (actor: Actor | null, path: string) => app.request(path, {}, { actor }),
    round: () => db.tx((trx) => remindOfDrills(trx, clock.now())),
    /** As the bus would tell it. */
    hear: (owner: string, entity: string, type: string, data: unknown) =>
      db.tx((trx) => follow(trx, { id: newId(), owner, entity, type, data, at: new Date(clock.now()) })),
    async events(entity: string): Promise<{ type: string; data: Record<string, unknown> }[]> {
      const { rows } = await sql<{ type: string; data: Record<string, unknown> }>`
        select type, data from outbox where entity = ${entity} order by position limit 2000`.execute(db.kysely);
      return rows;
    },
    /** The autumn term of 2026 with what a school enters about January. */
    async openTerm() {
      const admin = as(zhou);
      await admin.saveTerm(term);
      await admin.saveDay({ date: '2027-01-01', kind: 'holiday', name: '元旦' });
      await admin.confirmDays({ from: '2027-01-01', to: '2027-01-22' });
      await admin.saveFacts({
        ...{ kind: 'primary', pupils: 1_200, staff: 80, boarders: 0, buses: 2, newPupils: 200, floors: 4 },
      });
    },
    async close() {
      await db.close();
      await database.drop();
    },
  };
}

export const drill = (given: Partial<ScheduleDrill> = {}): ScheduleDrill => ({
  id: newId(),
  term: term.id,
  kind: 'fire',
  date: '2026-11-24',
  time: '10:00',
  announced: true,
  targetSeconds: 120,
  lead,
  observers: [],
  verifies: [],
  ...given,
});
