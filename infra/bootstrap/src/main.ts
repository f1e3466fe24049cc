/** The second stage, on Node 24: one command of package.json after the other goes through here. */
import { say } from '../stage-1/say.mjs';
import { Refusal } from './refusal.ts';

const commands: Record<string, (args: string[]) => Promise<number>> = {
  start: async (args) => (await import('./start.ts')).start(args),
  test: async (args) => (await import('./test.ts')).test({ browser: true }, args),
  check: async (args) => (await import('./test.ts')).test({ browser: false }, args),
  tour: async (args) => (await import('./tool.ts')).tool('tour', args),
  sim: async (args) => (await import('./tool.ts')).tool('sim', args),
  alarm: async (args) => (await import('./tool.ts')).tool('alarm', args),
  load: async (args) => (await import('./tool.ts')).tool('load', args),
  screenshots: async (args) => (await import('./tool.ts')).tool('screenshots', args),
};

const [name = '', ...args] = process.argv.slice(2);
try {
  const command = commands[name];
  if (!command)
    throw new Refusal(`没有这个命令。 There is no command "${name}"; there are ${Object.keys(commands).join(' ')}.`);
  process.exitCode = await command(args);
} catch (error) {
  const known = error instanceof Error && ['Refusal', 'ChildFailed'].includes(error.name);
  say(`\n${known ? error.message : error instanceof Error ? error.stack : String(error)}`);
  process.exitCode = 1;
}
// Whatever still waits for something (a bus that never came, the channel to the first stage) must not keep the command.
process.exit();
