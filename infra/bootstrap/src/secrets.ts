/**
 * The school's secrets, each in a file of its own under `<data>/keys` (0700, files 0600). Made once, never changed here:
 * with another `id.key` every stored ID number would be lost. A process is told the paths of those that it needs.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const readIfThere = (file: string): string | undefined =>
  existsSync(file) ? readFileSync(file, 'utf8') : undefined;

/** Whole or not at all: a start that is cut off must not leave half a key. */
export function writePrivate(file: string, text: string): void {
  const fresh = `${file}.new`;
  writeFileSync(fresh, text, { mode: 0o600, flush: true });
  chmodSync(fresh, 0o600);
  renameSync(fresh, file);
}

export function keep(file: string, make: () => string): string {
  const kept = readIfThere(file);
  if (kept !== undefined) return kept.trim();
  const made = make();
  writePrivate(file, `${made}\n`);
  return made.trim();
}

const hex32 = () => randomBytes(32).toString('hex');
const password = () => randomBytes(24).toString('base64url');

/** AES and HMAC keys: ID numbers, their search hash, card numbers, persons on the watchlist, the agent's journal. */
const SYMMETRIC = ['id.key', 'id-search.key', 'card.key', 'watch.key', 'agent.key', 'auth.secret'];
/** Owners of the lists that travel signed to every gate. */
const SIGNERS = ['list-gate', 'list-pickup'];

export interface Secrets {
  dir: string;
  file(name: string): string;
  /** Of a database role. */
  passwordOf(role: string): string;
}

export function prepareSecrets(dir: string): Secrets {
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  chmodSync(dir, 0o700);
  const file = (name: string) => join(dir, name);
  for (const name of SYMMETRIC) keep(file(name), hex32);
  for (const name of SIGNERS) {
    if (existsSync(file(`${name}.pub`))) continue;
    const pair = generateKeyPairSync('ed25519');
    writePrivate(file(`${name}.key`), pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    writePrivate(file(`${name}.pub`), pair.publicKey.export({ type: 'spki', format: 'pem' }).toString());
  }
  return { dir, file, passwordOf: (role) => keep(file(`db-${role}.password`), password) };
}
