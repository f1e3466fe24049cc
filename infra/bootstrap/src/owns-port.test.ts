import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { ownsPort } from './owns-port.ts';

test('a port belongs to the process that listens on it, while it listens', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  expect(ownsPort(process.pid, port)).toBe(true);
  if (process.platform === 'linux') expect(ownsPort(process.ppid, port)).toBe(false);
  await new Promise((resolve) => server.close(resolve));
  if (process.platform === 'linux') expect(ownsPort(process.pid, port)).toBe(false);
});
