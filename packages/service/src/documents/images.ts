/**
 * Photos as they come from outside. `imageType` goes by the bytes, never by a name or a header, and sees that nothing is cut
 * off: what is kept as a photo can be looked at later. `printable` reads as far as the PDF writer would: its PNG reader throws from a callback on a broken stream, which would end the process, and
 * a PNG of 300 kB can unpack to gigabytes.
 */
import { inflateSync } from 'node:zlib';

export const IMAGE_TYPES = ['image/jpeg', 'image/png'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
/** A phone's full screen has 5 million. */
const MAX_PIXELS = 12_000_000;
const CHANNELS: Record<number, number> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** SOF0 to SOF15, without DHT, JPG and DAC. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

/** What the bytes are; undefined: neither a JPEG nor a PNG, or one without a size or an end. */
export function imageType(bytes: Uint8Array): ImageType | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (JPEG.equals(buffer.subarray(0, 3))) return jpegWhole(buffer) ? 'image/jpeg' : undefined;
    return PNG.equals(buffer.subarray(0, 8)) && pngWhole(buffer) ? 'image/png' : undefined;
  } catch {
    // It ends where something should stand.
    return undefined;
  }
}

/** May it stand in a document? False for what is broken, too large to unpack, or an interlaced PNG. */
export function printable(bytes: Uint8Array): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const type = imageType(bytes);
    return type === 'image/jpeg' ? jpegHolds(buffer) : type === 'image/png' && pngHolds(buffer);
  } catch {
    return false;
  }
}

/** Some cameras write a little behind the end. */
const BEHIND = 4_096;
const jpegWhole = (buffer: Buffer): boolean =>
  jpegHolds(buffer) && buffer.subarray(-BEHIND).includes(Buffer.from([0xff, 0xd9]));

function jpegHolds(buffer: Buffer): boolean {
  let at = 2;
  while (at < buffer.length) {
    if (buffer[at] !== 0xff) return false;
    const marker = buffer.readUInt8(at + 1);
    if (isFrame(marker)) {
      const [height, width, channels] = [buffer.readUInt16BE(at + 5), buffer.readUInt16BE(at + 7), buffer[at + 9]];
      return height * width > 0 && height * width <= MAX_PIXELS * 4 && [1, 3, 4].includes(channels ?? 0);
    }
    // A marker may be led in by more of the same.
    at += marker === 0xff ? 1 : 2 + buffer.readUInt16BE(at + 2);
  }
  return false;
}

function pngWhole(buffer: Buffer): boolean {
  const [width, height] = [buffer.readUInt32BE(16), buffer.readUInt32BE(20)];
  if (buffer.toString('latin1', 12, 16) !== 'IHDR' || width * height === 0 || width * height > MAX_PIXELS * 4)
    return false;
  let drawn = false;
  for (let at = 8; at + 12 <= buffer.length; at += 12 + buffer.readUInt32BE(at)) {
    const type = buffer.toString('latin1', at + 4, at + 8);
    if (type === 'IEND') return drawn;
    if (type === 'IDAT') drawn = true;
  }
  return false;
}

function pngHolds(buffer: Buffer): boolean {
  const [width, height] = [buffer.readUInt32BE(16), buffer.readUInt32BE(20)];
  const [bits, colour, interlace] = [buffer.readUInt8(24), buffer.readUInt8(25), buffer.readUInt8(28)];
  const channels = CHANNELS[colour];
  if (!channels || interlace !== 0 || width * height === 0 || width * height > MAX_PIXELS) return false;
  const data: Buffer[] = [];
  let palette = false;
  for (let at = 8; at + 12 <= buffer.length; ) {
    const length = buffer.readUInt32BE(at);
    const type = buffer.toString('latin1', at + 4, at + 8);
    if (type === 'IDAT') data.push(buffer.subarray(at + 8, at + 8 + length));
    if (type === 'PLTE') palette = true;
    if (type === 'IEND') break;
    at += 12 + length;
  }
  const row = 1 + Math.ceil((width * channels * bits) / 8);
  const pixels = inflateSync(Buffer.concat(data), { maxOutputLength: row * height });
  if (pixels.length !== row * height || (colour === 3 && !palette)) return false;
  for (let at = 0; at < pixels.length; at += row) if ((pixels[at] ?? 0) > 4) return false;
  return true;
}
