/** A pickup service's parts for tests: real Postgres, a clock to turn, a school of three families, one caller per actor. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Actor, newId, type RecordHandOver, type RecordRefusal } from '@anyuan/contracts';
import { type Db, openDb, type PickupTables } from '@anyuan/db';
import { testDb } from '@anyuan/db/testing';
import { createCallerFactory, createLog } from '@anyuan/service';
import { sql } from 'kysely';
import { readKeys } from '../src/config.ts';
import { type ImportedSchool, importSchool } from '../src/import.ts';
import { createRouter } from '../src/router.ts';

const guard = { id: 's-wang', name: '王建国' };
export const agent = (gate = 'main'): Actor => ({ kind: 'agent', gate });
export const administrator: Actor = { kind: 'person', id: 's-zhou', name: '周敏', role: 'administrator' };
export const teacher: Actor = { kind: 'person', id: 's-liu', name: '刘芳', role: 'teacher' };

const liu = { id: 's-liu', name: '刘芳' };
const weekdays = { days: [1, 2, 3, 4, 5], from: '16:00', to: '17:30' };
export const school: ImportedSchool = {
  children: [
    { id: 'c-1', name: '林一诺', className: '三（2）班', teacher: liu },
    { id: 'c-2', name: '高诗涵', className: '三（2）班', teacher: liu },
    { id: 'c-3', name: '高诗远', className: '一（1）班', teacher: { id: 's-sun', name: '孙丽华' } },
  ],
  guardians: [
    { id: 'g-wang', name: '王秀兰', relation: '奶奶', sex: 'female', idNumber: '11000019560722126X' },
    { id: 'g-lin', name: '林建军', relation: '父亲', sex: 'male' },
    { id: 'g-luo', name: '罗文静', relation: '妈妈', sex: 'female' },
  ],
  cards: [
    { number: '0B00C2C591', last4: '4417', guardian: 'g-wang', status: 'active' },
    { number: '0b00c2c88c', last4: '5180', guardian: 'g-lin', status: 'active' },
    { number: '0B00C2CE4C', last4: '6652', guardian: 'g-luo', status: 'active' },
    { number: '0B00C2B9B3', last4: '1379', guardian: 'g-luo', status: 'expired' },
  ],
  rules: [
    { guardian: 'g-wang', child: 'c-1', ...weekdays },
    { guardian: 'g-lin', child: 'c-1', ...weekdays, validFrom: '2026-09-01', validTo: '2027-01-31' },
    { guardian: 'g-luo', child: 'c-2', ...weekdays },
    { guardian: 'g-luo', child: 'c-3', ...weekdays },
  ],
  bars: [{ guardian: 'g-lin', child: 'c-2' }],
};

export function keyFolder(): { dir: string; listPublicKey: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'anyuan-keys-'));
  writeFileSync(join(dir, 'card.key'), randomBytes(32).toString('hex'));
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(join(dir, 'list-pickup.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return {
    dir,
    listPublicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    remove: () => rmSync(dir, { recursive: true }),
  };
}

class TestClock {
  #now = Date.parse('2026-11-23T08:30:00.000Z');
  now = (): number => this.#now;
  set(moment: string): void {
    this.#now = Date.parse(moment);
  }
}

export async function pickupSite() {
  const database = await testDb();
  const folder = keyFolder();
  const keys = readKeys(folder.dir);
  const clock = new TestClock();
  const db: Db<PickupTables> = openDb({ url: database.url('pickup'), owner: 'pickup' });
  const log = createLog('pickup', 'silent');
  return {
    db,
    clock,
    as: (actor: Actor) => createCallerFactory(createRouter({ db, clock }))({ actor, log }),
    bring: (given: ImportedSchool) => db.tx((trx) => importSchool(trx, given, keys, clock.now())),
    hash: (number: string) => keys.card.hash(number),
    /** What the bus would be told, oldest first. */
    async events(): Promise<{ type: string; data: unknown }[]> {
      const { rows } = await sql<{ type: string; data: unknown }>`
        select entity || '.' || type as type, data from outbox order by position limit 1000`.execute(db.kysely);
      return rows;
    },
    /** An empty school, with the rights of the migrations. */
    async empty() {
      const admin = openDb<PickupTables>({ url: database.adminUrl, owner: 'pickup', max: 1 });
      await sql`truncate children, guardians, cards, card_changes, rules, bars, hand_overs, refusals, outbox`.execute(
        admin.kysely,
      );
      await admin.close();
    },
    async close() {
      await db.close();
      await database.drop();
      folder.remove();
    },
  };
}

type Given = { at?: string; offline?: boolean; gate?: string };
const decided = ({ at = '2026-11-23T08:30:00.000Z', offline = false, gate = 'main' }: Given) => ({
  gate,
  guard,
  at,
  offline,
});

export const handOver = (given: Given & Partial<RecordHandOver> = {}): RecordHandOver => {
  const { at, offline, gate, ...rest } = given;
  return {
    handOver: newId(),
    verdict: newId(),
    guardian: 'g-wang',
    child: 'c-1',
    cardLast4: '4417',
    byEye: false,
    decision: decided({ ...(at ? { at } : {}), ...(offline ? { offline } : {}), ...(gate ? { gate } : {}) }),
    ...rest,
  };
};

export const refusal = (given: Given & Partial<RecordRefusal> = {}): RecordRefusal => ({
  refusal: newId(),
  reason: 'lostCard',
  guardian: 'g-wang',
  children: ['c-1'],
  cardLast4: '2093',
  decision: decided(given),
  ...given,
});
