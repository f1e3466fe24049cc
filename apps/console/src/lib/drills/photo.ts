/**
 * A photo made small enough for its record, in the browser: a phone's picture has five megabytes, the record takes 300 KiB.
 * Drawing it anew also drops what the camera wrote into it, such as where it was taken.
 */
import { AppError, MAX_PHOTO_BYTES } from '@anyuan/contracts';

const EDGES = [1600, 1280, 1024, 800, 640] as const;
const QUALITIES = [0.82, 0.68, 0.55] as const;

const toBlob = (canvas: HTMLCanvasElement, quality: number): Promise<Blob | null> =>
  new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', quality));

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  return btoa(text);
}

const drawn = (file: Blob): Promise<ImageBitmap | null> => createImageBitmap(file).catch(() => null);

/** By what is in it, not by its name. */
export async function isPicture(file: Blob): Promise<boolean> {
  const picture = await drawn(file);
  picture?.close();
  return picture !== null;
}

/** @returns JPEG as base64, at most `MAX_PHOTO_BYTES`. Rejects with `badInput` when it is no picture. */
export async function shrink(file: Blob): Promise<string> {
  const picture = await drawn(file);
  if (!picture) throw new AppError('badInput', 'no picture');
  const canvas = document.createElement('canvas');
  for (const edge of EDGES) {
    const scale = Math.min(1, edge / Math.max(picture.width, picture.height));
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    for (const quality of QUALITIES) {
      const blob = await toBlob(canvas, quality);
      if (blob && blob.size <= MAX_PHOTO_BYTES) return base64Of(blob);
    }
  }
  throw new AppError('tooLarge', 'a picture that does not get small');
}
