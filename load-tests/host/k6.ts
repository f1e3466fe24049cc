/** Runs one scenario in k6 and brings back its summary. Exit code 99 is k6's word for a broken threshold. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '@anyuan/bootstrap';
import { Child } from './child.ts';

const THRESHOLD_BROKEN = 99;
/** At Go's default k6 spends a third of its time on clearing up after its scripts, which is nobody's latency but its own. */
const GOGC = '800';

export interface Metric {
  values: Record<string, number>;
  thresholds?: Record<string, { ok: boolean }>;
}
export type Summary = Record<string, Metric>;

export async function runK6(
  scenario: string,
  dir: string,
  env: Record<string, string>,
  signal: AbortSignal,
): Promise<Summary> {
  const k6 = process.env.ANYUAN_K6;
  if (!k6) throw new Refusal('请用 npm run load 启动，它会备好 k6。 Start it by npm run load, which brings k6.');
  const summary = join(dir, 'summary.json');
  const script = join(import.meta.dirname, '..', 'scenarios', `${scenario}.ts`);
  const child = new Child(k6, ['run', '--quiet', '--no-usage-report', '--log-format', 'raw', '--address', '', script], {
    env: { ...process.env, ...env, SUMMARY: summary, K6_AUTO_EXTENSION_RESOLUTION: 'false', GOGC },
    quiet: false,
  });
  const stop = () => void child.stop();
  signal.addEventListener('abort', stop);
  const code = await child.exited;
  signal.removeEventListener('abort', stop);
  signal.throwIfAborted();
  if (code !== 0 && code !== THRESHOLD_BROKEN) throw new Error(`k6 ended with ${code}`);
  return JSON.parse(readFileSync(summary, 'utf8')).metrics;
}
