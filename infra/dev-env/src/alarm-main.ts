/**
 * `npm run alarm -- press [--mode test] [--action evacuate] [--kind fire]`: the alarm from the command line, through the
 * gate's agent, so that it takes the same path as a finger on the screen. Without `--mode` it is a test: a real alarm
 * must be asked for by its name.
 */
import { parseArgs } from 'node:util';
import { readRunFile } from '@anyuan/bootstrap';
import { Action, IncidentKind, Mode } from '@anyuan/contracts';
import { openKiosk } from './kiosk-client.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);
const usage =
  '用法 usage: npm run alarm -- press [--mode test|exercise|actual] [--action evacuate|lockdown|shelter|hold|secure] [--kind intrusion|fire|earthquake|help]';

async function press(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      mode: { type: 'string' },
      action: { type: 'string' },
      kind: { type: 'string' },
      data: { type: 'string' },
    },
  });
  const mode = Mode.safeParse(values.mode ?? 'test');
  const action = Action.optional().safeParse(values.action);
  const kind = IncidentKind.optional().safeParse(values.kind);
  if (positionals.join() !== 'press' || !mode.success || !action.success || !kind.success) {
    say(usage);
    return 2;
  }
  const run = readRunFile(process.env.ANYUAN_DATA ?? '');
  if (!run?.kiosk) {
    say('门岗没有在运行，先 npm start。 No gate is running here: npm start first.');
    return 1;
  }
  const kiosk = await openKiosk(run.kiosk);
  const pressed = await kiosk.call.alarm.press.mutate({
    via: 'commandLine',
    mode: mode.data,
    ...(action.data ? { action: action.data } : {}),
    ...(kind.data ? { kind: kind.data } : {}),
  });
  kiosk.close();
  say(
    `${pressed.incident} ${mode.data} ${pressed.reach === 'school' ? '全校 whole school' : '只响本门 this gate only'}`,
  );
  return 0;
}

try {
  process.exitCode = await press();
} catch (error) {
  say(`${usage}\n${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
