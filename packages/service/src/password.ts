/**
 * Passwords and PINs: argon2id as OWASP advises (19 MiB, two passes), kept as `salt:hash` in base64url.
 * One hash takes 30 ms of a core; two at a time leave the gate its half while a staff room signs in (promises, section 2).
 */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const PARAMETERS = { parallelism: 1, tagLength: 32, memory: 19_456, passes: 2 };
const AT_ONCE = 2;
const hash = promisify(argon2);

let running = 0;
const queue: (() => void)[] = [];

async function hashed(message: string, nonce: Buffer): Promise<Buffer> {
  if (running >= AT_ONCE) await new Promise<void>((go) => queue.push(go));
  running += 1;
  try {
    return await hash('argon2id', { message, nonce, ...PARAMETERS });
  } finally {
    running -= 1;
    queue.shift()?.();
  }
}

export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16);
  return `${nonce.toString('base64url')}:${(await hashed(password, nonce)).toString('base64url')}`;
}

/** Where nothing is stored the answer is no, after the same time as a wrong password. */
export async function passwordHolds(stored: string | undefined, password: string): Promise<boolean> {
  const [salt, tag = ''] = stored?.split(':') ?? [];
  const made = await hashed(password, salt ? Buffer.from(salt, 'base64url') : randomBytes(16));
  const wanted = Buffer.from(tag, 'base64url');
  return wanted.length === made.length && timingSafeEqual(made, wanted);
}
