/** The floor of a verdict: keyed hash, look-up in a map, synced insert (SQLite, WAL, FULL). No bytes, no rules, no stream. */
import { createHmac, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { LoadCard } from './families.ts';

export function openBareLoop(dir: string, cards: readonly LoadCard[]) {
  const key = randomBytes(32);
  const hash = (number: string) => createHmac('sha256', key).update(number).digest('hex');
  const known = new Map(cards.map((card) => [hash(card.number), card]));
  const db = new DatabaseSync(join(dir, 'bare.sqlite'));
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE records (seq INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT`);
  const insert = db.prepare('INSERT INTO records (body) VALUES (?)');
  return {
    /** @returns milliseconds */
    decide(number: string): number {
      const begun = performance.now();
      insert.run(JSON.stringify(known.get(hash(number)) ?? null));
      return performance.now() - begun;
    },
    close: () => db.close(),
  };
}
