/**
 * Scans and photos. What calls itself a picture must begin like one, so that nothing is ever sent back as something that a
 * browser would run; the type that goes out is one of four, from our own table.
 */
import { Buffer } from 'node:buffer';
import {
  type Actor,
  AppError,
  type FileType,
  type FileUpload,
  MAX_FILE_BYTES,
  type Permission,
  permissionsOf,
} from '@anyuan/contracts';
import type { AppEnv } from '@anyuan/service';
import type { Context } from 'hono';

const BEGINS: Record<FileType, readonly (readonly [at: number, hex: string])[]> = {
  'image/jpeg': [[0, 'ffd8ff']],
  'image/png': [[0, '89504e470d0a1a0a']],
  'image/webp': [
    [0, '52494646'],
    [8, '57454250'],
  ],
  'application/pdf': [[0, '255044462d']],
};

export function bytesOf({ type, base64 }: FileUpload): Buffer {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > MAX_FILE_BYTES) throw new AppError('tooLarge', 'a file above 300 KiB');
  const fits = BEGINS[type].every(([at, hex]) => bytes.subarray(at, at + hex.length / 2).toString('hex') === hex);
  if (!fits) throw new AppError('badInput', 'a file that is not of its type');
  return bytes;
}

/** One stored file to an actor with this permission; throws `AppError`, which the app turns into its status. */
export async function answerFile(
  c: Context<AppEnv>,
  permission: Permission,
  find: (actor: Actor) => Promise<{ type: string; bytes: Uint8Array } | undefined>,
): Promise<Response> {
  const { actor } = c.env;
  if (!actor) throw new AppError('notSignedIn', 'a file');
  if (!permissionsOf(actor).includes(permission)) throw new AppError('forbidden', 'a file');
  const file = await find(actor);
  if (!file) throw new AppError('notFound', 'no such file');
  return new Response(new Uint8Array(file.bytes), { headers: { 'content-type': file.type } });
}
