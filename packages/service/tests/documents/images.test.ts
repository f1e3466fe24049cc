import { Buffer } from 'node:buffer';
import { imageType } from '@anyuan/service/documents';
import { expect, test } from 'vitest';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);
/** A frame of one pixel, a scan and the end; nothing in the scan. */
const jpeg = Buffer.from('ffd8ffe000044142ffffc0000b080001000101011100ffda0008010100003f0000ffd9', 'hex');
const grown = Buffer.from(png).fill(0xff, 16, 24);
const flat = Buffer.from(png).fill(0, 16, 20);

test('a photo is known by its bytes, and only whole', () => {
  expect(imageType(png)).toBe('image/png');
  expect(imageType(jpeg)).toBe('image/jpeg');
  for (const more of [png, jpeg]) expect(imageType(Buffer.concat([more, Buffer.from('by a camera')]))).toBeDefined();
  for (const whole of [png, jpeg])
    for (let length = 0; length < whole.length - 1; length++)
      expect(imageType(whole.subarray(0, length)), `${length} bytes`).toBeUndefined();
});

test.each([
  ['a list', Buffer.from('a,b\n1,2\n')],
  ['noise', Buffer.from(Array.from({ length: 600 }, (_, i) => (i * 7919) % 251))],
  ['a picture of 4 billion by 4 billion', grown],
  ['a picture without a width', flat],
  ['two ends and nothing between', Buffer.from('ffd8ffd9', 'hex')],
  ['a beginning and noise', Buffer.concat([png.subarray(0, 8), Buffer.alloc(64)])],
])('%s is none', (_, bytes) => {
  expect(imageType(bytes)).toBeUndefined();
});
