/**
 * A serial port or a pseudo-terminal by path. Of `serialport` only the port is used, never its parsers.
 *
 * Two things its Linux binding does not tell:
 * - A read that returns no bytes after a hang-up is repeated for ever without an event. So the device's node is looked
 *   at once a second; when it has gone, the port is lost.
 * - A port that vanishes in the middle of a close may never call back; the close is not waited for beyond a second.
 */
import { realpathSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { SerialPort } from 'serialport';
import type { ControlLines, Transport, TransportEvents, TransportSpec } from './transport.ts';

const LOOK_EVERY_MS = 1000;
const CLOSE_WAIT_MS = 1000;

export function serialTransport(spec: TransportSpec): Transport {
  let port: SerialPort | undefined;
  let look: NodeJS.Timeout | undefined;
  let gone = false;

  const release = (): Promise<void> =>
    new Promise((resolve) => {
      gone = true;
      clearInterval(look);
      if (!port?.isOpen || port.closing) return resolve();
      const timer = setTimeout(resolve, CLOSE_WAIT_MS);
      port.close(() => {
        clearTimeout(timer);
        resolve();
      });
    });

  return {
    open: (events: TransportEvents) =>
      new Promise((resolve, reject) => {
        const lose = () => {
          if (gone) return;
          void release();
          events.lost();
        };
        port = new SerialPort({ path: spec.path, baudRate: spec.baudRate, autoOpen: false });
        port.on('data', (chunk: Buffer) => events.bytes(chunk));
        port.on('close', lose);
        port.on('end', lose);
        port.on('error', lose);
        port.open((error) => {
          if (error) return reject(error);
          // The caller gave up while it opened.
          if (gone) return void release().then(() => reject(new Error('closed')));
          look = watchNode(spec.path, lose);
          resolve();
        });
      }),
    write: (bytes) =>
      new Promise((resolve, reject) => {
        if (!port?.isOpen) reject(new Error('not open'));
        else port.write(Buffer.from(bytes), (error) => (error ? reject(error) : resolve()));
      }),
    lines: () =>
      new Promise<ControlLines>((resolve, reject) => {
        if (!port?.isOpen) return reject(new Error('not open'));
        port.get((error, lines) => {
          if (error || !lines) reject(error ?? new Error('no lines'));
          else resolve({ cts: lines.cts, dsr: lines.dsr });
        });
      }),
    close: release,
  };
}

/** The node itself, not a link to it: udev may point the link at the next adapter already. */
function watchNode(path: string, onGone: () => void): NodeJS.Timeout | undefined {
  if (!path.startsWith('/')) return undefined;
  let node = path;
  try {
    node = realpathSync(path);
  } catch {
    onGone();
    return undefined;
  }
  return setInterval(() => {
    stat(node).catch(onGone);
  }, LOOK_EVERY_MS).unref();
}
