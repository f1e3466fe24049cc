/** Plans and patrols for tests: real Postgres, a clock to turn, one caller per actor. */
import { type Actor, newId, type PlanBody } from '@anyuan/contracts';
import { type Db, type DrillsTables, openDb } from '@anyuan/db';
import { testDb } from '@anyuan/db/testing';
import { createCallerFactory, createLog, mergeRouters } from '@anyuan/service';
import { sql } from 'kysely';
import { weekdayOf } from '../src/calendar.ts';
import { createPatrolsRouter } from '../src/patrols-router.ts';
import { createPlansRouter } from '../src/plans-router.ts';

export const agent: Actor = { kind: 'agent', gate: 'main' };
export const administrator = { kind: 'person', id: 's-zhou', name: '周敏', role: 'administrator' } as const;
export const otherOffice = { kind: 'person', id: 's-chen', name: '陈洁', role: 'administrator' } as const;
export const principal = { kind: 'person', id: 's-zhang', name: '张明', role: 'principal' } as const;
export const teacher = { kind: 'person', id: 's-liu', name: '刘芳', role: 'teacher' } as const;
export const guard = { kind: 'person', id: 's-wang', name: '王建国', role: 'guard' } as const;
export const otherGuard = { kind: 'person', id: 's-zhao', name: '赵铁军', role: 'guard' } as const;

class TestClock {
  #now = 0;
  now = (): number => this.#now;
  /** By the school's own clock: `2026-11-23 07:30`, with seconds if they matter. */
  set(moment: string): void {
    this.#now = Date.parse(`${moment.replace(' ', 'T')}+08:00`);
  }
}

export async function plansSite() {
  const database = await testDb();
  const clock = new TestClock();
  const db: Db<DrillsTables> = openDb({ url: database.url('drills'), owner: 'drills' });
  const log = createLog('drills', 'silent');
  const schoolDays = async () => (date: string) => weekdayOf(date) <= 5;
  const all = mergeRouters(createPlansRouter({ db, clock }), createPatrolsRouter({ db, clock }, schoolDays));
  const admin = openDb<DrillsTables>({ url: database.adminUrl, owner: 'drills', max: 1 });
  return {
    db,
    /** With the rights of the migrations. */
    admin,
    clock,
    as: (actor: Actor) => createCallerFactory(all)({ actor, log }),
    /** What the bus would be told, oldest first. */
    async events(...types: string[]): Promise<{ type: string; data: Record<string, unknown> }[]> {
      const { rows } = await sql<{ type: string; data: Record<string, unknown> }>`
        select entity || '.' || type as type, data from outbox order by position limit 5000`.execute(db.kysely);
      return types.length === 0 ? rows : rows.filter(({ type }) => types.includes(type));
    },
    /** A finding of a drill that took place. */
    async finding(): Promise<string> {
      const [term, drill, id] = [newId(), newId(), newId()];
      await sql`insert into terms values (${term}, '2026 秋', '2026-09-01', '2027-01-20')`.execute(admin.kysely);
      await sql`insert into drills (id, term, kind, date, time, announced, target_seconds, lead, observers, verifies,
        status, mode) values (${drill}, ${term}, 'fire', '2026-11-20', '10:00', true, 120, '{}', '[]', '{}', 'ended',
        'exercise')`.execute(admin.kysely);
      await sql`insert into findings values (${id}, ${drill}, '东楼梯堵', '东楼梯', '{}', now(), null)`.execute(
        admin.kysely,
      );
      return id;
    },
    async empty() {
      await sql`truncate plans, plan_versions, plan_reads, readers, findings, drills, terms, posts, routes, route_points,
        place_changes, sign_ins, missed, outbox cascade`.execute(admin.kysely);
    },
    async close() {
      await admin.close();
      await db.close();
      await database.drop();
    },
  };
}

export const planBody = (steps: string[] = ['拉响警报', '按路线撤离']): PlanBody => ({
  lead: { id: 's-zhang', name: '张明' },
  duties: [
    { role: '疏散引导', who: '各班班主任', duty: '带本班到集合点并点名' },
    { role: '断电断气', who: '后勤李师傅', duty: '切断总电源和燃气' },
  ],
  steps,
  places: [{ class: '*', place: '操场', route: '' }],
});
