/**
 * What this gate decided, on its own disk.
 *
 * Promise: `keep` returns after the record is synced (SQLite, WAL, synchronous FULL), so whatever a person was told
 * survives a power cut. Records leave in order, at least once, and are marked only after their owner has confirmed them.
 * Bodies are encrypted (AES-256-GCM, the record's id as associated data): a stolen disk tells no names.
 *
 * A disk that takes nothing (full, broken) is a refusal with a word of its own, `notKept`: nothing was decided, and nothing
 * that stood is given up for what is new. It is tried again by itself (`tend`), and what was only known and not decided
 * (`remember`) waits in memory until then. Sent records go after 30 days, what stays at the gate after 180 (least data);
 * what its owner has not got, or will not take, stays.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError, type KioskStatus } from '@anyuan/contracts';

export type RecordKind =
  | 'admit'
  | 'refuse'
  | 'signOut'
  | 'undoAdmit'
  | 'returnItems'
  | 'handOver'
  | 'pickupRefusal'
  | 'raise'
  | 'verdict'
  | 'shiftBegin'
  | 'shiftChecks'
  | 'shiftEnd'
  | 'equipment'
  | 'attend'
  | 'badge'
  | 'signIn'
  | 'clock'
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

export type StorageState = KioskStatus['storage']['state'];

const DAY_MS = 86_400_000;
const SENT_KEPT_MS = 30 * DAY_MS;
const LOCAL_KEPT_MS = 180 * DAY_MS;
const SWEEP_EVERY_MS = 3_600_000;
/** Some hundred thousand records: time enough to call somebody, bytes. */
const LOW_ROOM = 256 * 1024 * 1024;
const NO_ROOM = 1024 * 1024;
/** Given back before the file is opened: a gate that starts again on a full disk must come up, or its alarm would not, bytes. */
const RESERVE = 2 * 1024 * 1024;

export interface Journal {
  /**
   * @param send whether its owner must get it; a verdict and a reprinted badge stay at the gate
   * @throws AppError `notKept`: the disk takes nothing
   */
  keep(kind: RecordKind, id: string, body: unknown, at: number, send: boolean): void;
  /** What the work keeps and sets is on disk wholly or not at all, with one sync; within another one it is part of that. */
  together<T>(work: () => T): T;
  /** Puts memory back as it was if what is kept together just now is not kept after all. */
  ifLost(undo: () => void): void;
  /** Oldest first. */
  pending(kinds: readonly RecordKind[], limit: number): JournalRecord[];
  /** All of them, unopened. */
  pendingIds(kinds: readonly RecordKind[]): string[];
  countPending(): number;
  countRefused(): number;
  sent(id: string): void;
  /** Its owner will never take it; stays on disk for a person to look at. */
  refused(id: string, code: string): void;
  /** Small facts that must outlive a restart: duty, open incidents, lists. */
  get<T>(key: string): T | undefined;
  set(key: string, value: unknown): void;
  /** Facts that are merely known, all of them at once: while the disk takes nothing they wait in memory. */
  remember(facts: Record<string, unknown>): void;
  /** How the disk stands, and how much room is left. Called every few seconds: it also clears up, and tries again after a failure. */
  tend(now: number): StorageState;
  /** Running number within a day, from 1. */
  nextNumber(day: string): number;
  close(): void;
}

export function openJournal(dir: string, keyHex: string): Journal {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const reserve = join(dir, 'reserve');
  rmSync(reserve, { force: true });
  const db = new DatabaseSync(join(dir, 'journal.sqlite'));
  let broken: Extract<StorageState, 'full' | 'failing'> | undefined;
  let sweptAt = Number.NEGATIVE_INFINITY;
  const owed = new Map<string, unknown>();
  const undos: (() => void)[] = [];
  db.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS records (
      seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, at INTEGER NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('local', 'pending', 'sent', 'refused')), body BLOB NOT NULL, result TEXT
    ) STRICT;
    CREATE INDEX IF NOT EXISTS records_pending ON records (seq) WHERE state = 'pending';
    CREATE INDEX IF NOT EXISTS records_refused ON records (seq) WHERE state = 'refused';
    CREATE INDEX IF NOT EXISTS records_done ON records (state, at) WHERE state IN ('sent', 'local');
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
  const waitingIds = db.prepare(
    "SELECT id FROM records WHERE state = 'pending' AND kind IN (SELECT value FROM json_each(?)) ORDER BY seq",
  );
  const count = db.prepare('SELECT count(*) AS n FROM records WHERE state = ?');
  const next = db.prepare(
    'INSERT INTO numbers (day, last) VALUES (?, 1) ON CONFLICT (day) DO UPDATE SET last = last + 1 RETURNING last',
  );
  const read = db.prepare('SELECT value FROM facts WHERE key = ?');
  const write = db.prepare(
    'INSERT INTO facts (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );

  /** Answers that an earlier edition kept. */
  const clear = db.prepare("UPDATE records SET result = NULL WHERE state = 'sent' AND result IS NOT NULL");
  const forget = db.prepare("DELETE FROM records WHERE state = ? AND state IN ('sent', 'local') AND at < ?");
  const room = () => {
    const { bavail, bsize } = statfsSync(dir);
    return bavail * bsize;
  };

  /** Whatever writes. Once it went well, the disk is well. */
  function written<T>(work: () => T): T {
    try {
      const result = work();
      if (!db.isTransaction) broken = undefined;
      return result;
    } catch (error) {
      if (!isOfDisk(error)) throw error;
      broken = room() < NO_ROOM ? 'full' : 'failing';
      throw new AppError('notKept', `the disk is ${broken}`, { cause: error });
    }
  }

  function together<T>(work: () => T): T {
    if (db.isTransaction) return work();
    undos.length = 0;
    try {
      written(() => db.exec('BEGIN IMMEDIATE'));
      const result = work();
      written(() => db.exec('COMMIT'));
      broken = undefined;
      return result;
    } catch (error) {
      // A full disk may have ended it already.
      if (db.isTransaction) db.exec('ROLLBACK');
      for (const undo of undos.reverse()) undo();
      throw error;
    } finally {
      undos.length = 0;
    }
  }

  const set = (key: string, value: unknown) => {
    written(() => write.run(key, box.seal(key, value)));
    const due = owed.get(key);
    if (owed.delete(key) && db.isTransaction) undos.push(() => owed.set(key, due));
  };
  const setAll = (facts: Record<string, unknown>) => {
    for (const [key, value] of Object.entries(facts)) set(key, value);
  };

  function clearUp(now: number): void {
    if (Math.abs(now - sweptAt) < SWEEP_EVERY_MS) return;
    written(() => clear.run());
    written(() => forget.run('sent', now - SENT_KEPT_MS));
    written(() => forget.run('local', now - LOCAL_KEPT_MS));
    sweptAt = now;
  }

  function setAside(): void {
    try {
      if (!existsSync(reserve)) writeFileSync(reserve, Buffer.alloc(RESERVE), { mode: 0o600 });
    } catch {
      rmSync(reserve, { force: true });
    }
  }
  setAside();

  return {
    keep: (kind, id, body, at, send) =>
      void written(() => insert.run(id, kind, at, send ? 'pending' : 'local', box.seal(id, body))),
    together,
    ifLost: (undo) => void (db.isTransaction && undos.push(undo)),
    pending(kinds, limit) {
      const rows = waiting.all(JSON.stringify(kinds), limit);
      return rows.map((row) => {
        const id = String(row.id);
        return { seq: Number(row.seq), id, kind: row.kind as RecordKind, body: box.open(id, row.body as Uint8Array) };
      });
    },
    pendingIds: (kinds) => waitingIds.all(JSON.stringify(kinds)).map((row) => String(row.id)),
    countPending: () => Number(count.get('pending')?.n ?? 0),
    countRefused: () => Number(count.get('refused')?.n ?? 0),
    // Not with its owner's answer: that names people, in clear.
    sent: (id) => void written(() => settle.run('sent', null, id)),
    refused: (id, code) => void written(() => settle.run('refused', JSON.stringify(code), id)),
    get<T>(key: string) {
      if (owed.has(key)) return owed.get(key) as T;
      const row = read.get(key);
      return row ? (box.open(key, row.value as Uint8Array) as T) : undefined;
    },
    set,
    remember(facts) {
      if (db.isTransaction) return setAll(facts);
      try {
        together(() => setAll(facts));
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        for (const [key, value] of Object.entries(facts)) owed.set(key, value);
      }
    },
    tend(now) {
      try {
        if (broken || owed.size > 0) {
          const waits = Object.fromEntries(owed);
          together(() => setAll({ ...waits, tended: now }));
        }
        clearUp(now);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
      }
      if (broken) return broken;
      const left = room();
      if (left >= LOW_ROOM) setAside();
      return left < NO_ROOM ? 'full' : left < LOW_ROOM ? 'low' : 'ok';
    },
    nextNumber: (day) => Number(written(() => next.get(day))?.last),
    close: () => db.close(),
  };
}

/** SQLITE_READONLY, IOERR, CORRUPT, FULL, CANTOPEN: not the record is wrong but what it should be written on. */
const DISK_ERRORS = new Set([8, 10, 11, 13, 14]);
const isOfDisk = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && DISK_ERRORS.has(Number(error.errcode) & 0xff);

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
