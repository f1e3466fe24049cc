/**
 * Does this process listen on this port? An answer on the port alone proves nothing when two schools start at the same
 * moment: the other one's program may have been faster. Only Linux tells; elsewhere the answer has to do.
 */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const LISTENING = '0A';

function socketsListening(pid: number, port: number): Set<string> {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0');
  const rows = ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/${pid}/net/${table}`, 'utf8').split('\n').slice(1),
  );
  const found = rows
    .map((row) => row.trim().split(/\s+/))
    .filter(([, local = '', , state]) => {
      return state === LISTENING && local.endsWith(`:${wanted}`);
    });
  return new Set(found.map((fields) => `socket:[${fields[9]}]`));
}

export function ownsPort(pid: number, port: number): boolean {
  if (process.platform !== 'linux') return true;
  try {
    const sockets = socketsListening(pid, port);
    return readdirSync(`/proc/${pid}/fd`).some((fd) => {
      try {
        return sockets.has(readlinkSync(`/proc/${pid}/fd/${fd}`));
      } catch {
        return false;
      }
    });
  } catch {
    return false;
  }
}
