/**
 * Builds the two screens, only when something that they are made of has changed. A build is put in place by a rename, so
 * that a running gateway never serves half of one; when a build fails the older one stays.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '../stage-1/lock.mjs';
import { cleanEnv, lastLines, runQuietly } from '../stage-1/run-quietly.mjs';
import { step } from '../stage-1/say.mjs';
import { inClone } from './clone.ts';
import { Refusal } from './refusal.ts';

type Screen = 'kiosk' | 'console';

const STAMP = '.anyuan-build';

/** All that a screen's bundle may hold; the lock file stands for the packages. */
const madeOf = (screen: Screen) => [
  inClone('apps', screen),
  inClone('packages/ui'),
  inClone('packages/contracts'),
  inClone('pnpm-lock.yaml'),
];
const PASSED_OVER = new Set(['node_modules', 'dist', '.turbo']);

async function addTo(hash: ReturnType<typeof createHash>, path: string): Promise<void> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
  if (!entries) {
    hash.update(`${path}\n`).update(await readFile(path));
    return;
  }
  for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!PASSED_OVER.has(entry.name) && !/\.test\.ts$/.test(entry.name)) await addTo(hash, join(path, entry.name));
  }
}

async function fingerprint(screen: Screen): Promise<string> {
  const hash = createHash('sha256');
  for (const path of madeOf(screen)) await addTo(hash, path);
  return hash.digest('hex');
}

/** Folder of the built screen. */
export async function buildScreen(screen: Screen, signal: AbortSignal): Promise<string> {
  const app = inClone('apps', screen);
  const dist = join(app, 'dist');
  return withLock(inClone('.tools', `building-${screen}`), async () => {
    const wanted = await fingerprint(screen);
    const built = await readFile(join(dist, STAMP), 'utf8').catch(() => '');
    if (built === wanted) return dist;
    const fresh = inClone('.tools', `screen-${screen}`);
    await rm(fresh, { recursive: true, force: true });
    const vite = join(app, 'node_modules/vite/bin/vite.js');
    const args = [vite, 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn'];
    const { code, output } = await step(`编译界面 Building the screen ${screen}`, () =>
      runQuietly(process.execPath, args, { cwd: app, env: cleanEnv({ NO_COLOR: '1' }), signal }),
    );
    signal.throwIfAborted();
    if (code !== 0) {
      throw new Refusal(`界面 ${screen} 编译失败。 The screen "${screen}" could not be built:\n${lastLines(output)}`);
    }
    await writeFile(join(fresh, STAMP), wanted);
    const old = inClone('.tools', `screen-${screen}-old`);
    await rm(old, { recursive: true, force: true });
    await mkdir(app, { recursive: true });
    if (existsSync(dist)) await rename(dist, old);
    await rename(fresh, dist);
    await rm(old, { recursive: true, force: true });
    return dist;
  });
}
