/** Vitest's global set-up of the project `browser`: the kiosk with an agent that tells stories, built and served once for all files. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Ends with a slash. */
    kioskFixtures: string;
  }
}
const root = new URL('../..', import.meta.url).pathname;

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const outDir = await mkdtemp(join(tmpdir(), 'anyuan-kiosk-'));
  await build({ root, logLevel: 'error', build: { outDir, rolldownOptions: { input: join(root, 'fixtures.html') } } });
  const server = await preview({ root, logLevel: 'error', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  project.provide('kioskFixtures', server.resolvedUrls?.local[0] ?? '');
  return async () => {
    await server.close();
    await rm(outDir, { recursive: true, force: true });
  };
}
