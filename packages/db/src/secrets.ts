/**
 * Personal data at rest: AES-256-GCM per field, and a keyed hash to find it by.
 *
 * Promise: a ciphertext opens only with the key and only in its own place (table, row, column are authenticated), so a row
 * copied over another's, or one changed bit, is refused and never shown. Keys live in files outside the database, 32 bytes
 * in hex. The first byte of a ciphertext says how it was made, so that a later key or cipher can stand beside this one.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AppError } from '@anyuan/contracts';

const VERSION = 1;
const NONCE = 12;
const TAG = 16;

export interface Place {
  table: string;
  row: string;
  column: string;
}

export class FieldCipher {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
  }

  static fromKeyFile(path: string): FieldCipher {
    return new FieldCipher(readKey(path));
  }

  encrypt(text: string, place: Place): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.#key, nonce).setAAD(aad(place));
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.of(VERSION), nonce, cipher.getAuthTag(), body]);
  }

  decrypt(sealed: Buffer, place: Place): string {
    if (sealed[0] !== VERSION || sealed.length < 1 + NONCE + TAG) throw new AppError('internal', 'unknown ciphertext');
    const nonce = sealed.subarray(1, 1 + NONCE);
    const tag = sealed.subarray(1 + NONCE, 1 + NONCE + TAG);
    const decipher = createDecipheriv('aes-256-gcm', this.#key, nonce, { authTagLength: TAG })
      .setAAD(aad(place))
      .setAuthTag(tag);
    try {
      return decipher.update(sealed.subarray(1 + NONCE + TAG), undefined, 'utf8') + decipher.final('utf8');
    } catch (cause) {
      throw new AppError('internal', `a ciphertext of ${place.table}.${place.column} does not hold`, { cause });
    }
  }
}

/** HMAC-SHA-256 in hex: an ID or card number has too little entropy for a bare hash. */
export class SearchKey {
  readonly #key: Buffer;

  constructor(key: Buffer) {
    this.#key = key;
  }

  static fromKeyFile(path: string): SearchKey {
    return new SearchKey(readKey(path));
  }

  hash(text: string): string {
    return createHmac('sha256', this.#key).update(text, 'utf8').digest('hex');
  }
}

/** Lengths stand in front, so that no two places read the same. */
const aad = ({ table, row, column }: Place): Buffer =>
  Buffer.from([table, row, column].map((part) => `${Buffer.byteLength(part)}:${part}`).join(''), 'utf8');

function readKey(path: string): Buffer {
  const text = readFileSync(path, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new Error(`${path} must hold 32 bytes in hex`);
  return Buffer.from(text, 'hex');
}
