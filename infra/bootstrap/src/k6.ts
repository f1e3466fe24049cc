/**
 * Builds k6 for the load tests: 1.8.1 with the devices of `load-tests/k6` inside, versions fixed by its go.sum. A build is
 * named after its sources, so that a changed device is never measured with yesterday's program.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '../stage-1/lock.mjs';
import { cleanEnv, lastLines, runQuietly } from '../stage-1/run-quietly.mjs';
import { step } from '../stage-1/say.mjs';
import { inClone, toolsBin } from './clone.ts';
import { exe } from './go-install.ts';
import { Refusal } from './refusal.ts';

const BUILT = /(?<!_test)\.go$|\bgo\.(mod|sum)$/;

export async function ensureK6(): Promise<string> {
  const source = inClone('load-tests/k6');
  const place = join(toolsBin, exe(`k6-anyuan-${digest(source)}`));
  if (existsSync(place)) return place;
  if ((await runQuietly('go', ['version'])).code !== 0)
    throw new Refusal(
      '负载测试要用 Go 编译 k6：请安装 Go 1.25 以上后重试。\n' +
        'Load tests build k6 with Go: install Go 1.25 or newer and try again.',
    );
  await mkdir(toolsBin, { recursive: true });
  return withLock(join(toolsBin, 'building-k6'), async () => {
    if (existsSync(place)) return place;
    const fresh = join(toolsBin, exe(`new-k6-${process.pid}`));
    const env = cleanEnv({ GOFLAGS: '', GOTOOLCHAIN: process.env.GOTOOLCHAIN ?? 'auto' });
    const build = () => runQuietly('go', ['-C', source, 'build', '-o', fresh, '.'], { env });
    const { code, output } = await step('编译 k6（约一分钟） Building k6 (about a minute)', build);
    if (code !== 0) throw new Refusal(`k6 没有编译成功。 k6 was not built:\n${lastLines(output)}`);
    await rename(fresh, place);
    return place;
  });
}

function digest(source: string): string {
  const hash = createHash('sha256');
  const built = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => BUILT.test(file));
  for (const file of built.sort()) hash.update(file).update(readFileSync(join(source, file)));
  return hash.digest('hex').slice(0, 12);
}
