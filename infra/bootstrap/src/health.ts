/** Is a part at its work? Asked while it starts; false for any kind of silence. */
import type { Bus } from '@anyuan/bus';
import { httpHeaders, subjects } from '@anyuan/contracts';
import { ownsPort } from './owns-port.ts';

const PATIENCE_MS = 2_000;

/** On this machine, and from the process that we started. */
export async function answersHttp(pid: number, port: number, path: string): Promise<boolean> {
  if (!ownsPort(pid, port)) return false;
  try {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}

/** A service has no port: its health is a request on the bus. */
export async function answersOnBus(bus: Bus, school: string, service: string): Promise<boolean> {
  try {
    const reply = await bus.request(subjects.http(school, service, 'launcher'), new Uint8Array(), {
      timeoutMs: PATIENCE_MS,
      headers: { [httpHeaders.method]: 'GET', [httpHeaders.path]: '/health' },
    });
    return reply.header(httpHeaders.status) === '200';
  } catch {
    return false;
  }
}
