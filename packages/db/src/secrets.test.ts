import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { FieldCipher, SearchKey } from './secrets.ts';

const dir = mkdtempSync(join(tmpdir(), 'anyuan-keys-'));
const file = (name: string, text: string) => {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
};
afterAll(() => rmSync(dir, { recursive: true }));

const cipher = FieldCipher.fromKeyFile(file('id.key', `${'ab'.repeat(32)}\n`));
const place = { table: 'visitors', row: 'v1', column: 'id_number' };
const number = '11010519491231002X';

test('what was sealed opens in its place, and shows nothing before', () => {
  const sealed = cipher.encrypt(number, place);
  expect(cipher.decrypt(sealed, place)).toBe(number);
  expect(sealed.includes(number)).toBe(false);
  expect(cipher.encrypt(number, place).equals(sealed)).toBe(false);
});

test.each([
  ['another row', { ...place, row: 'v2' }],
  ['another column', { ...place, column: 'phone' }],
  ['another table', { ...place, table: 'staff' }],
  ['parts that only look the same when joined', { table: 'visitors', row: 'v1id', column: '_number' }],
])('a ciphertext is refused in %s', (_, elsewhere) => {
  expect(() => cipher.decrypt(cipher.encrypt(number, place), elsewhere)).toThrow('does not hold');
});

test('any changed or missing byte is refused', () => {
  const sealed = cipher.encrypt(number, place);
  for (let i = 0; i < sealed.length; i++) {
    const changed = Buffer.from(sealed);
    changed[i] = (changed[i] ?? 0) ^ 1;
    expect(() => cipher.decrypt(changed, place), `byte ${i}`).toThrow();
    expect(() => cipher.decrypt(sealed.subarray(0, i), place), `cut at ${i}`).toThrow();
  }
});

test('another key opens nothing', () => {
  const other = FieldCipher.fromKeyFile(file('other.key', 'cd'.repeat(32)));
  expect(() => other.decrypt(cipher.encrypt(number, place), place)).toThrow('does not hold');
});

test('a search hash is the same for the same text and key only', () => {
  const [a, b] = [file('a.key', '01'.repeat(32)), file('b.key', '02'.repeat(32))].map((path) =>
    SearchKey.fromKeyFile(path),
  );
  expect(a?.hash(number)).toMatch(/^[0-9a-f]{64}$/);
  expect(a?.hash(number)).toBe(a?.hash(number));
  expect(a?.hash(number)).not.toBe(b?.hash(number));
});

test('a key file with anything but 32 bytes in hex is refused without showing it', () => {
  const path = file('short.key', 'abcdef');
  expect(() => FieldCipher.fromKeyFile(path)).toThrow(`${path} must hold 32 bytes in hex`);
});
