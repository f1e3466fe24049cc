/**
 * One child's log: the last start's is kept as `<name>.1.log`, and neither grows beyond the limit. A full disk loses log
 * lines and nothing else. The newest lines stay in memory, for the message about a crash.
 */
import { closeSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const LIMIT_BYTES = 10 * 1024 * 1024;
const TAIL_BYTES = 4_000;

export class LogFile {
  readonly #path: string;
  readonly #limit: number;
  #fd: number | undefined;
  #size = 0;
  #tail = '';

  constructor(path: string, limit = LIMIT_BYTES) {
    this.#path = path;
    this.#limit = limit;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    this.#turn();
  }

  write(chunk: Buffer): void {
    this.#tail = (this.#tail + chunk.toString('utf8')).slice(-TAIL_BYTES);
    if (this.#size + chunk.length > this.#limit) this.#turn();
    this.#size += chunk.length;
    try {
      if (this.#fd !== undefined) writeSync(this.#fd, chunk);
    } catch {
      // The disk is full; the process goes on.
    }
  }

  tail(lines: number): string {
    return this.#tail.trim().split('\n').slice(-lines).join('\n');
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  #turn(): void {
    this.close();
    this.#size = 0;
    try {
      renameSync(this.#path, this.#path.replace(/\.log$/, '.1.log'));
    } catch {
      // The first start has no older one.
    }
    try {
      this.#fd = openSync(this.#path, 'a', 0o600);
    } catch {
      this.#fd = undefined;
    }
  }
}
