/**
 * What this gate decided, on its own disk.
 *
 * Promise: `keep` returns after the record is synced (SQLite, WAL, synchronous FULL), so whatever a person was told
 * survives a power cut. Records leave in order, at least once, and are marked only after their owner has confirmed them.
 * Bodies are encrypted (AES-256-GCM, the record's id as associated data): a stolen disk tells no names.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export type RecordKind =
  | 'admit'
  | 'refuse'
  | 'signOut'
  | 'handOver'
  | 'pickupRefusal'
  | 'raise'
  | 'verdict'
  | 'shift'
  | 'attend'
  | 'badge'
  | 'signIn'
  | 'watchHit'
  | 'watchAnswer'
  | 'permitTap'
  | 'vehicle';

export interface JournalRecord {
  seq: number;
  id: string;
  kind: RecordKind;
  body: unknown;
}

export interface Journal {
  /** @param send whether its owner must get it; a verdict and a reprinted badge stay at the gate */
  keep(kind: RecordKind, id: string, body: unknown, at: number, send: boolean): void;
  /** What the work keeps and sets is on disk wholly or not at all, with one sync. */
  together<T>(work: () => T): T;
  /** Oldest first. */
  pending(kinds: readonly RecordKind[], limit: number): JournalRecord[];
  countPending(): number;
  sent(id: string, result: unknown): void;
  /** Its owner will never take it; stays on disk for a person to look at. */
  refused(id: string, code: string): void;
  /** Small facts that must outlive a restart: duty, open incidents, lists. */
  get<T>(key: string): T | undefined;
  set(key: string, value: unknown): void;
  /** Running number within a day, from 1. */
  nextNumber(day: string): number;
  close(): void;
}

export function openJournal(dir: string, keyHex: string): Journal {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const db = new DatabaseSync(join(dir, 'journal.sqlite'));
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS records (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, at INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('local', 'pending', 'sent', 'refused')), body BLOB NOT NULL, result TEXT
    ) STRICT;
    CREATE INDEX IF NOT EXISTS records_pending ON records (seq) WHERE state = 'pending';
    CREATE TABLE IF NOT EXISTS facts (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS numbers (day TEXT PRIMARY KEY, last INTEGER NOT NULL) STRICT;
  `);
  const box = sealer(Buffer.from(keyHex, 'hex'));
  const insert = db.prepare('INSERT OR IGNORE INTO records (id, kind, at, state, body) VALUES (?, ?, ?, ?, ?)');
  const settle = db.prepare('UPDATE records SET state = ?, result = ? WHERE id = ?');
  const waiting = db.prepare(
    `SELECT seq, id, kind, body FROM records
     WHERE state = 'pending' AND kind IN (SELECT value FROM json_each(?)) ORDER BY seq LIMIT ?`,
  );
  const count = db.prepare("SELECT count(*) AS n FROM records WHERE state = 'pending'");
  const next = db.prepare(
    'INSERT INTO numbers (day, last) VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET last = last + 1 RETURNING last',
  );
  const read = db.prepare('SELECT value FROM facts WHERE key = ?');
  const write = db.prepare(
    'INSERT INTO facts (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );

  return {
    keep: (kind, id, body, at, send) => void insert.run(id, kind, at, send ? 'pending' : 'local', box.seal(id, body)),
    together(work) {
      db.exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        if (db.isTransaction) db.exec('ROLLBACK');
        throw error;
      }
    },
    pending(kinds, limit) {
      const rows = waiting.all(JSON.stringify(kinds), limit);
      return rows.map((row) => {
        const id = String(row.id);
        return { seq: Number(row.seq), id, kind: row.kind as RecordKind, body: box.open(id, row.body as Uint8Array) };
      });
    },
    countPending: () => Number(count.get()?.n ?? 0),
    sent: (id, result) => void settle.run('sent', JSON.stringify(result ?? null), id),
    refused: (id, code) => void settle.run('refused', JSON.stringify(code), id),
    get<T>(key: string) {
      const row = read.get(key);
      return row ? (box.open(key, row.value as Uint8Array) as T) : undefined;
    },
    set: (key, value) => void write.run(key, box.seal(key, value)),
    nextNumber: (day) => Number(next.get(day)?.last),
    close: () => db.close(),
  };
}

function sealer(key: Buffer) {
  return {
    seal(name: string, value: unknown): Uint8Array {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(name));
      const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return Buffer.concat([iv, cipher.getAuthTag(), text]);
    },
    open(name: string, sealed: Uint8Array): unknown {
      const bytes = Buffer.from(sealed);
      const opener = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
      opener.setAAD(Buffer.from(name)).setAuthTag(bytes.subarray(12, 28));
      return JSON.parse(Buffer.concat([opener.update(bytes.subarray(28)), opener.final()]).toString('utf8'));
    },
  };
}
