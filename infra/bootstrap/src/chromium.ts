/** A browser for the tests and screenshots: one on PATH, else the one that the npm package carries. Null: there is none. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runQuietly } from '../stage-1/run-quietly.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

export async function findChromium(env: NodeJS.ProcessEnv = process.env): Promise<string | null> {
  const given = env.ANYUAN_CHROMIUM;
  if (given && existsSync(given)) return given;
  for (const name of NAMES) {
    for (const dir of (env.PATH ?? '').split(delimiter)) {
      const path = join(dir, name);
      if (existsSync(path) && (await runQuietly(path, ['--version'])).code === 0) return path;
    }
  }
  try {
    const { default: carried } = await import('@sparticuz/chromium');
    return await carried.executablePath();
  } catch {
    return null;
  }
}
