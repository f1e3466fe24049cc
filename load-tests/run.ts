/**
 * `npm run load -- <scenario>`: measures what is promised under load. Each scenario starts a school of its own in a
 * temporary folder and leaves nothing behind, also after Ctrl-C. Exit code: 0 every promise kept, 1 not, 2 not understood.
 */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal } from '@anyuan/bootstrap';
import { runAlarmFanOut } from './host/alarm-fan-out.ts';
import { type Outcome, report, type Sizes } from './host/outcome.ts';
import { runPickupRush } from './host/pickup-rush.ts';
import { watchStolen } from './host/stolen.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const USAGE = `npm run load -- <scenario> [--smoke]
  alarm-fan-out   一次按压到所有设备报告 press → every device's report    [--devices 100,1000] [--presses 40]
  pickup-rush     放学高峰：刷卡到判定 card → verdict at one gate          [--seconds 60]`;

interface Job {
  run(size: Sizes, dir: string, signal: AbortSignal): Promise<Outcome>;
  size: Sizes;
}

/** Nothing, when the command line makes no sense. */
function jobsOf(args: string[]): Job[] | undefined {
  const options = {
    devices: { type: 'string', default: '100,1000' },
    presses: { type: 'string', default: '40' },
    seconds: { type: 'string', default: '60' },
    smoke: { type: 'boolean', default: false },
    data: { type: 'string' },
  } as const;
  const parsed = (() => {
    try {
      return parseArgs({ args, allowPositionals: true, options });
    } catch {
      return undefined;
    }
  })();
  if (parsed?.positionals.length !== 1) return undefined;
  const { smoke, ...given } = parsed.values;
  const devices = smoke ? [10] : given.devices.split(',').map(Number);
  const size = {
    ...{ presses: smoke ? 2 : Number(given.presses), warmUps: smoke ? 1 : 3 },
    ...{ perSecond: 20, seconds: smoke ? 5 : Number(given.seconds) },
  };
  const wrong = [...devices, size.presses, size.seconds].some((n) => !Number.isInteger(n) || n < 1 || n > 20_000);
  if (wrong) return undefined;
  switch (parsed.positionals[0]) {
    case 'alarm-fan-out':
      return devices.map((count) => ({ run: runAlarmFanOut, size: { ...size, devices: count } }));
    case 'pickup-rush':
      return [{ run: runPickupRush, size: { ...size, devices: 0 } }];
    default:
      return undefined;
  }
}

async function main(): Promise<number> {
  const jobs = jobsOf(process.argv.slice(2));
  if (!jobs) {
    say(USAGE);
    return 2;
  }
  const enough = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => enough.abort());
  let kept = true;
  for (const { run, size } of jobs) {
    const dir = mkdtempSync(join(tmpdir(), 'anyuan-load-'));
    // Started by root, Postgres runs as another user, who must be able to pass through.
    chmodSync(dir, 0o711);
    try {
      const stolen = watchStolen();
      const outcome = await run(size, dir, enough.signal);
      kept = report(outcome, stolen()) && kept;
    } catch (error) {
      if (enough.signal.aborted) {
        say('  已停止 stopped');
        return 1;
      }
      if (!(error instanceof Refusal)) throw error;
      say(error.message);
      return 1;
    } finally {
      rmSync(dir, { recursive: true, force: true });
    }
  }
  return kept ? 0 : 1;
}

process.exitCode = await main();
