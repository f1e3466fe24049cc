/** A gate service's parts for tests: real Postgres, a clock to turn, keys of their own, one caller per actor. */
import type { Actor, AdmitVisitor, AskHost, RefuseVisitor, SignOutVisitor } from '@anyuan/contracts';
import { newId } from '@anyuan/contracts';
import { type Db, type GateTables, openDb } from '@anyuan/db';
import { testDb } from '@anyuan/db/testing';
import { createCallerFactory, createLog } from '@anyuan/service';
import { type RawBuilder, sql } from 'kysely';
import { readKeys } from '../src/config.ts';
import { createRouter } from '../src/router.ts';
import { keyFolder } from './keys.ts';

export { keyFolder };

const guard = { id: 's-wang', name: '王建国' };
export const agent = (gate = 'main'): Actor => ({ kind: 'agent', gate });
export const administrator: Actor = { kind: 'person', id: 's-zhou', name: '周敏', role: 'administrator' };
const host = { id: 's-liu', name: '刘芳', department: '三（2）班', title: '班主任' };

class TestClock {
  #now = Date.parse('2026-11-23T08:00:00.000Z');
  now = (): number => this.#now;
  set(moment: string): void {
    this.#now = Date.parse(moment);
  }
}

export async function gateSite() {
  const database = await testDb();
  const folder = keyFolder();
  const keys = readKeys(folder.dir);
  const clock = new TestClock();
  const db: Db<GateTables> = openDb({ url: database.url('gate'), owner: 'gate' });
  const log = createLog('gate', 'silent');
  const as = (actor: Actor) => createCallerFactory(createRouter({ db, keys, clock }))({ actor, log });
  return {
    db,
    keys,
    clock,
    as,
    database,
    keyDir: folder.dir,
    /** With the rights of the migrations, past the role's own. */
    async asAdmin(statement: RawBuilder<unknown>) {
      const admin = openDb<GateTables>({ url: database.adminUrl, owner: 'gate', max: 1 });
      await statement.execute(admin.kysely).finally(() => admin.close());
    },
    async close() {
      await db.close();
      await database.drop();
      folder.remove();
    },
  };
}

/** What the bus would be told, oldest first. */
export async function events(db: Db<GateTables>): Promise<{ type: string; data: unknown }[]> {
  const { rows } = await sql<{ type: string; data: unknown }>`
    select entity || '.' || type as type, data from outbox order by position limit 1000`.execute(db.kysely);
  return rows;
}

const decided = (at: string, offline = false, gate = 'main') => ({ gate, guard, at, offline });

type Given = { at?: string; offline?: boolean; gate?: string };
type Person = Partial<AdmitVisitor['identity']>;

export function admission({
  at = '2026-11-23T08:00:00.000Z',
  offline,
  gate,
  ...given
}: Given & Partial<AdmitVisitor> & { person?: Person } = {}): AdmitVisitor {
  const { person, ...rest } = given;
  return {
    visit: newId(),
    number: 'E1123-001',
    identity: {
      document: 'resident',
      name: '张伟明',
      sex: 'male',
      birthDate: '1984-05-15',
      idNumber: '11000019840515271X',
      ...person,
    },
    reason: 'parentTalk',
    host,
    security: { result: 'clear' },
    type: 'parent',
    party: { count: 1, names: [] },
    confirmation: { how: 'notNeeded' },
    decision: decided(at, offline, gate),
    ...rest,
  };
}

export function refusal({
  at = '2026-11-23T08:00:00.000Z',
  ...given
}: Given & Partial<RefuseVisitor> = {}): RefuseVisitor {
  return {
    visit: newId(),
    identity: { document: 'typed', name: '何强', sex: 'unknown' },
    refusal: 'dangerousItems',
    items: ['折叠刀'],
    decision: decided(at),
    ...given,
  };
}

export const teacher = (id = 's-liu', name = '刘芳'): Actor => ({ kind: 'person', id, name, role: 'teacher' });

export function question({ at = '2026-11-23T08:00:00.000Z', ...given }: Partial<AskHost> = {}): AskHost {
  return {
    question: newId(),
    gate: 'main',
    visitor: { name: '张伟明', type: 'parent', count: 1 },
    reason: 'parentTalk',
    host,
    guard,
    at,
    ...given,
  };
}

export function signOut(visit: string, { at = '2026-11-23T08:40:00.000Z', offline, gate }: Given = {}): SignOutVisitor {
  return { command: newId(), visit, decision: decided(at, offline, gate) };
}
