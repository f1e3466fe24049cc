/** Keys of a school that lasts as long as its test; apart from the rest, since the benchmark runs without a test runner. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function keyFolder(): { dir: string; listPublicKey: string; remove(): void } {
  const dir = mkdtempSync(join(tmpdir(), 'anyuan-keys-'));
  for (const name of ['id.key', 'id-search.key', 'card.key', 'watch.key'])
    writeFileSync(join(dir, name), randomBytes(32).toString('hex'));
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(join(dir, 'list-gate.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return {
    dir,
    listPublicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    remove: () => rmSync(dir, { recursive: true }),
  };
}
