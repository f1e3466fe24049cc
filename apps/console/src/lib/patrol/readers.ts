/** Signs read by the phone itself. Both readers are missing in many browsers: then their button is, and the keypad stays. */

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface TagRecord {
  recordType: string;
  encoding?: string;
  data?: DataView;
}
interface TagReader extends EventTarget {
  scan(options: { signal: AbortSignal }): Promise<void>;
}
const has = globalThis as {
  BarcodeDetector?: new (options: { formats: string[] }) => Detector;
  NDEFReader?: new () => TagReader;
};

/** A camera is given to pages on HTTPS and localhost only. */
export const canScan = (): boolean => Boolean(has.BarcodeDetector && navigator.mediaDevices);
export const canTouch = (): boolean => Boolean(has.NDEFReader);

const LOOK_MS = 200;

/** Shows the camera in `video` until a QR code is seen or `signal` ends it. Rejects when there is no camera or no leave. */
export async function scanCode(video: HTMLVideoElement, signal: AbortSignal): Promise<string | null> {
  if (!has.BarcodeDetector) throw new Error('no detector');
  const detector = new has.BarcodeDetector({ formats: ['qr_code'] });
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
  try {
    video.srcObject = stream;
    await video.play();
    while (!signal.aborted) {
      const [found] = await detector.detect(video);
      if (found) return found.rawValue;
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
    return null;
  } finally {
    for (const track of stream.getTracks()) track.stop();
  }
}

/** Waits for a tag whose text is the code of a sign. */
export async function touchTag(signal: AbortSignal): Promise<string> {
  if (!has.NDEFReader) throw new Error('no reader');
  const reader = new has.NDEFReader();
  const read = new Promise<string>((done, fail) => {
    reader.addEventListener('reading', (event) => {
      const { message } = event as Event & { message: { records: TagRecord[] } };
      const text = message.records.find((r) => r.recordType === 'text');
      if (text) done(new TextDecoder(text.encoding ?? 'utf-8').decode(text.data));
      else fail(new Error('a tag without text'));
    });
    reader.addEventListener('readingerror', () => fail(new Error('not read')));
  });
  await reader.scan({ signal });
  return read;
}
