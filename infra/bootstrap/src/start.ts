/** `npm start`: brings the school up, says where it is, keeps a line on its health, and stops it once, on a signal. */
import { say } from '../stage-1/say.mjs';
import { banner, healthLine } from './banner.ts';
import { chooseDataDir } from './data-dir.ts';
import { lanAddress } from './lan-address.ts';
import { parseStart } from './options.ts';
import { type School, startSchool } from './school.ts';
import type { Change } from './supervisor.ts';

export async function start(args: string[]): Promise<number> {
  const since = Date.now();
  const options = parseStart(args);
  const dataDir = chooseDataDir(options.data, process.env, process.getuid?.());
  const enough = new AbortController();
  let school: School | undefined;
  const line = new HealthLine();

  const stopped = new Promise<void>((resolve) => {
    const stop = () => {
      if (enough.signal.aborted) return;
      line.end();
      say('  停止中… stopping…');
      enough.abort();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
    process.on('disconnect', stop);
  });

  const onChange = (change: Change) => {
    if (change.reason && !enough.signal.aborted) line.above(`  ! ${change.name}: ${change.reason}`);
    if (school) line.show(healthLine(school.conditions()));
  };
  try {
    school = await startSchool({ ...options, dataDir }, onChange, enough.signal);
  } catch (error) {
    if (!enough.signal.aborted) throw error;
    say('  已停止 stopped');
    return 0;
  }
  const { run } = school;
  const lan = options.lan ? lanAddress() : null;
  say(
    banner({
      seconds: Math.round((Date.now() - since) / 1000),
      dataDir: run.data,
      kiosk: run.kiosk,
      console: `${run.gateway}/console/`,
      lanConsole: lan ? `http://${lan}:${new URL(run.gateway).port}/console/` : null,
      sim: run.sim,
      demo: options.demo,
    }),
  );
  line.show(healthLine(school.conditions()));
  await stopped;
  await school.stop();
  say('  已停止 stopped');
  return 0;
}

/** The last line of a terminal, rewritten in place; without a terminal a new line for each change. */
class HealthLine {
  readonly #tty = Boolean(process.stdout.isTTY);
  #last = '';

  show(text: string): void {
    if (text === this.#last) return;
    this.#last = text;
    process.stdout.write(this.#tty ? `\r\u001b[2K  ${text}` : `  ${text}\n`);
  }

  above(text: string): void {
    process.stdout.write(this.#tty ? `\r\u001b[2K${text}\n  ${this.#last}` : `${text}\n`);
  }

  end(): void {
    if (this.#tty) process.stdout.write('\n');
  }
}
