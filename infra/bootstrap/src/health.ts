/** Is a part at its work? Asked while it starts; false for any kind of silence. */
import type { Bus } from '@anyuan/bus';
import { httpHeaders, subjects } from '@anyuan/contracts';

const PATIENCE_MS = 2_000;

export async function answersHttp(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) });
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
