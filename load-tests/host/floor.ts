/**
 * The floor: a bare nats-server without sign-in, on which the same devices do the same. MQTT insists on JetStream for its
 * sessions; it gets a store in memory (`/dev/shm` where there is one), and nothing at QoS 0 is ever written there.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureNatsServer } from '@anyuan/bootstrap';
import { Child } from './child.ts';
import { freePort } from './free-port.ts';
import { until } from './own-school.ts';

export async function onFloor<T>(work: (url: string) => Promise<T>): Promise<T> {
  const dir = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'anyuan-floor-'));
  const [client, mqtt] = [await freePort(), await freePort()];
  const config = join(dir, 'nats.conf');
  writeFileSync(
    config,
    `server_name: floor
host: 127.0.0.1
port: ${client}
jetstream { store_dir: ${JSON.stringify(join(dir, 'store'))} }
mqtt { host: 127.0.0.1, port: ${mqtt} }
`,
  );
  const server = new Child(process.env.ANYUAN_NATS_SERVER ?? (await ensureNatsServer()), ['-c', config], {
    quiet: true,
  });
  try {
    await until('the floor listens', 10_000, () => listens(mqtt));
    return await work(`mqtt://127.0.0.1:${mqtt}`);
  } finally {
    await server.stop();
    rmSync(dir, { recursive: true, force: true });
  }
}

const listens = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
