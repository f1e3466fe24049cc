/**
 * Programs that are had as Go source: found on PATH, kept in `.tools/bin`, or built there by `go install`. The Go tool
 * checks every module against the checksum database, so what is built is what its authors published.
 */
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { withLock } from '../stage-1/lock.mjs';
import { cleanEnv, lastLines, runQuietly } from '../stage-1/run-quietly.mjs';
import { say, step } from '../stage-1/say.mjs';
import { toolsBin } from './clone.ts';

export const exe = (name: string): string => (process.platform === 'win32' ? `${name}.exe` : name);

export interface Program {
  name: string;
  /** `github.com/…/v2@v2.15.2` */
  module: string;
  /** Judges what `<program> <versionArg>` prints. */
  versionArg: string;
  fits(output: string): boolean;
}

async function fits(path: string, program: Program): Promise<boolean> {
  if (!existsSync(path)) return false;
  const { code, output } = await runQuietly(path, [program.versionArg]);
  return code === 0 && program.fits(output);
}

export async function findProgram(program: Program): Promise<string | undefined> {
  const places = [...(process.env.PATH ?? '').split(delimiter), toolsBin].map((dir) => join(dir, exe(program.name)));
  for (const place of places) if (await fits(place, program)) return place;
  return undefined;
}

/** Nothing when there is no Go or the build failed: the caller knows what else can be tried. */
export async function goInstall(program: Program, label: string): Promise<string | undefined> {
  if ((await runQuietly('go', ['version'])).code !== 0) return undefined;
  await mkdir(toolsBin, { recursive: true });
  const place = join(toolsBin, exe(program.name));
  return withLock(join(toolsBin, `building-${program.name}`), async () => {
    if (await fits(place, program)) return place;
    const fresh = join(toolsBin, `new-${process.pid}`);
    const env = cleanEnv({ GOBIN: fresh, GOFLAGS: '', GOTOOLCHAIN: process.env.GOTOOLCHAIN ?? 'auto' });
    const { code, output } = await step(label, () => runQuietly('go', ['install', program.module], { env }));
    if (code === 0) await rename(join(fresh, exe(program.name)), place);
    else say(lastLines(output));
    await rm(fresh, { recursive: true, force: true });
    return code === 0 ? place : undefined;
  });
}
