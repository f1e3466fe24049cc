/**
 * Scans and photos. What calls itself a picture must be one, whole, so that nothing is ever sent back as something that a
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
import { type ImageType, imageType } from '@anyuan/service/documents';
import type { Context } from 'hono';

type OtherType = Exclude<FileType, ImageType>;
const BEGINS: Record<OtherType, readonly (readonly [at: number, hex: string])[]> = {
  'image/webp': [
    [0, '52494646'],
    [8, '57454250'],
  ],
  'application/pdf': [[0, '255044462d']],
};

const begins = (bytes: Buffer, type: OtherType): boolean =>
  BEGINS[type].every(([at, hex]) => bytes.subarray(at, at + hex.length / 2).toString('hex') === hex);

export function bytesOf({ type, base64 }: FileUpload): Buffer {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length > MAX_FILE_BYTES) throw new AppError('tooLarge', 'a file above 300 KiB');
  if (type === 'image/jpeg' || type === 'image/png' ? imageType(bytes) !== type : !begins(bytes, type))
    throw new AppError('badInput', 'a file that is not of its type');
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
