/**
 * Photos as they come from outside. `imageType` goes by the first bytes, never by a name or a header. `printable` reads as
 * far as the PDF writer would: its PNG reader throws from a callback on a broken stream, which would end the process, and
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

/** What the bytes are, by their first bytes; undefined: neither JPEG nor PNG. */
export function imageType(bytes: Uint8Array): ImageType | undefined {
  if (JPEG.equals(bytes.subarray(0, 3))) return 'image/jpeg';
  return PNG.equals(bytes.subarray(0, 8)) ? 'image/png' : undefined;
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

function jpegHolds(buffer: Buffer): boolean {
  let at = 2;
  while (at < buffer.length) {
    if (buffer[at] !== 0xff) return false;
    const marker = buffer.readUInt8(at + 1);
    if (isFrame(marker)) {
      const [height, width, channels] = [buffer.readUInt16BE(at + 5), buffer.readUInt16BE(at + 7), buffer[at + 9]];
      return height * width > 0 && height * width <= MAX_PIXELS * 4 && [1, 3, 4].includes(channels ?? 0);
    }
    at += 2 + buffer.readUInt16BE(at + 2);
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
