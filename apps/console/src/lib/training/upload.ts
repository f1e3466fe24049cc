/**
 * A scan or a proof as it is sent: a picture is drawn anew and made small here (`drills/photo.ts`), a PDF goes as it is, up to
 * 300 KiB. Rejects with `badInput` when it is neither, and with `tooLarge`.
 */
import { AppError, type FileUpload, MAX_FILE_BYTES } from '@anyuan/contracts';
import { shrink } from '../drills/photo.ts';

const PDF = 'application/pdf';

export async function uploadOf(file: File): Promise<FileUpload> {
  if (file.type !== PDF) return { type: 'image/jpeg', base64: await shrink(file) };
  return { type: PDF, base64: await base64Of(file) };
}

/** A file as it is. Rejects with `tooLarge` above 300 KiB. */
export async function base64Of(file: File): Promise<string> {
  if (file.size > MAX_FILE_BYTES) throw new AppError('tooLarge', 'a file above 300 KiB');
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}
