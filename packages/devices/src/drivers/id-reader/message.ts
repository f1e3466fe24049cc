/**
 * Frames as typed messages. A reply does not say what it answers, so `decodeReply` goes by its shape and the
 * conversation decides whether it was waiting for that. What nobody knows stays `unknown`.
 */
import { encodeFrame } from './frame.ts';

export type Command = 'find' | 'select' | 'read';

const commandBytes: Record<Command, readonly [number, number]> = {
  find: [0x20, 0x01],
  select: [0x20, 0x02],
  read: [0x30, 0x01],
};

export const encodeCommand = (command: Command): Uint8Array => encodeFrame(Uint8Array.from(commandBytes[command]));

/** The status SW3. SW1 and SW2 may carry the card's own status, so nothing is read from them. */
export const SW3 = {
  ok: 0x90,
  found: 0x9f,
  unknownCardType: 0x40,
  readFailed: 0x41,
  selfTestFailed: 0x60,
  unauthorised: 0x66,
  findFailed: 0x80,
  selectFailed: 0x81,
} as const;

export type Reply =
  | { kind: 'found' }
  | { kind: 'selected' }
  /** `text`: 256 bytes, see text-block.ts. `photo`: WLT. */
  | { kind: 'read'; text: Uint8Array; photo: Uint8Array }
  | { kind: 'refused'; code: number }
  | { kind: 'unknown' };

const TEXT_BYTES = 256;
const SERIAL_NUMBER_BYTES = 8;

export function decodeReply(body: Uint8Array): Reply {
  const code = body[2];
  if (code === undefined) return { kind: 'unknown' };
  const data = body.subarray(3);
  if (code === SW3.found) return { kind: 'found' };
  if (code !== SW3.ok) return { kind: 'refused', code };
  if (data.length === SERIAL_NUMBER_BYTES) return { kind: 'selected' };
  return decodeCard(data) ?? { kind: 'unknown' };
}

/** Two lengths (text, photo), or three when the command or the firmware adds fingerprints; then the parts in that order. */
function decodeCard(data: Uint8Array): Reply | undefined {
  if (data.length < 4) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const text = view.getUint16(0);
  const photo = view.getUint16(2);
  if (text !== TEXT_BYTES) return undefined;
  const fingerprint = data.length >= 6 ? view.getUint16(4) : 0;
  const begin = [4, 6].find((lengths) => lengths + text + photo + (lengths === 6 ? fingerprint : 0) === data.length);
  if (begin === undefined) return undefined;
  return {
    kind: 'read',
    // Copies: the frame is a window on the stream's buffer.
    text: new Uint8Array(data.subarray(begin, begin + text)),
    photo: new Uint8Array(data.subarray(begin + text, begin + text + photo)),
  };
}

export function encodeReply(code: number, data: Uint8Array = new Uint8Array()): Uint8Array {
  return encodeFrame(Uint8Array.from([0, 0, code, ...data]));
}
