/** Vitest's global set-up of the project `browser`: the console on a school in memory, built and served once for all files. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Ends with a slash. */
    consoleFixtures: string;
  }
}
const root = new URL('..', import.meta.url).pathname;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outDir = await mkdtemp(join(tmpdir(), 'anyuan-console-'));
  await build({ root, logLevel: 'error', build: { outDir, rolldownOptions: { input: join(root, 'fixtures.html') } } });
  const server = await preview({ root, logLevel: 'error', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  project.provide('consoleFixtures', server.resolvedUrls?.local[0] ?? '');
  return async () => {
    await server.close();
    await rm(outDir, { recursive: true, force: true });
  };
}
