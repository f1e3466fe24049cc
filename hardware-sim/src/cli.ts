/**
 * The simulator's command line: each command is one act at the running simulator.
 * An unknown name ends with the known ones and exit code 1; so does a simulator that does not answer.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Act } from './acts.ts';
import type { Listing } from './http.ts';
import type { SimState } from './sim.ts';

const USAGE = `sim tap <card> [--keep] [--hold ms]        刷接送卡      hold an RFID card to the reader
sim present <person> [--keep] [--hold ms]  放身份证      lay an ID card on the reader
sim remove                                 拿走          take ID card and RFID card away
sim scan <text>                            扫码          show a QR code to the scanner
sim press [--keep] [--hold ms]             按报警按钮    press the panic button
sim release                                松开          let it go
sim unplug <device> | plug <device>        拔线、插线    id-1 card-1 qr-1 siren-1 strobe-1 door-1 button-1 printer-1
sim fault <device> <fault> [--ms n]        制造故障      delay drop corrupt garbage stick cut unplug plug
                                                         printer-1: paperLow paperOut coverOpen cutterJam
sim swarm <silent|cut|stuck|clear> <device>…             an alarm device of the school, such as l-03
sim clear [device]                         全部恢复      everything whole again
sim list                                   有哪些名字    persons, cards, devices
sim status [--json]                        现在怎样      what each device does
Options: --port n, --data DIR (holds sim.json); or ANYUAN_SIM_URL`;

class CommandError extends Error {
  override readonly name = 'CommandError';
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    keep: { type: 'boolean' },
    hold: { type: 'string' },
    ms: { type: 'string' },
    port: { type: 'string' },
    data: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  },
});

try {
  await run(positionals);
} catch (error) {
  console.error(error instanceof CommandError ? error.message : String(error));
  process.exitCode = 1;
}

async function run([command, ...rest]: string[]): Promise<void> {
  if (command === undefined || command === 'help' || values.help === true) return console.log(USAGE);
  const base = await address();
  if (command === 'list') return printList(await call(base, '/api/list'));
  if (command === 'status') {
    const state = await call<SimState>(base, '/api/state');
    return values.json === true ? console.log(JSON.stringify(state, null, 2)) : printStatus(state);
  }
  for (const act of actsOf(command, rest)) {
    await call(base, '/api/act', act);
    console.log(`ok ${[command, ...rest].join(' ')}`);
  }
}

function actsOf(command: string, rest: string[]): Act[] {
  const hold = {
    ...(values.keep === true ? { keep: true } : {}),
    ...(values.hold === undefined ? {} : { holdMs: millis(values.hold) }),
  };
  const first = (what: string): string => {
    if (rest[0] === undefined) throw new CommandError(`sim ${command}: ${what} is missing\n\n${USAGE}`);
    return rest[0];
  };
  switch (command) {
    case 'tap':
      return [{ act: 'tap', card: first('card'), ...hold }];
    case 'present':
      return [{ act: 'present', person: first('person'), ...hold }];
    case 'scan':
      return [{ act: 'scan', text: first('text') }];
    case 'press':
      return [{ act: 'press', ...hold }];
    case 'remove':
    case 'release':
      return [{ act: command }];
    case 'unplug':
    case 'plug':
      return [{ act: command, device: first('device') }];
    case 'clear':
      return [{ act: 'clear', ...(rest[0] === undefined ? {} : { device: rest[0] }) }];
    case 'fault': {
      const device = first('device');
      if (rest[1] === undefined) throw new CommandError(`sim fault ${device}: which fault?\n\n${USAGE}`);
      return [
        {
          act: 'fault',
          device,
          fault: rest[1] as Extract<Act, { act: 'fault' }>['fault'],
          ...(values.ms === undefined ? {} : { ms: millis(values.ms) }),
        },
      ];
    }
    case 'swarm': {
      const fault = first('silent, cut, stuck or clear');
      const devices = rest.slice(1);
      if (devices.length === 0) throw new CommandError(`sim swarm ${fault}: which device, such as l-03?`);
      return devices.map((device) =>
        fault === 'clear' || fault === 'heal'
          ? { act: 'clear', device }
          : { act: 'fault', device, fault: fault as Extract<Act, { act: 'fault' }>['fault'] },
      );
    }
    default:
      throw new CommandError(`no command "${command}"\n\n${USAGE}`);
  }
}

function millis(text: string): number {
  const ms = Number(text);
  if (!Number.isInteger(ms) || ms < 0) throw new CommandError(`"${text}" is no number of milliseconds`);
  return ms;
}

async function address(): Promise<string> {
  if (values.port !== undefined) return `http://127.0.0.1:${values.port}`;
  const given = process.env.ANYUAN_SIM_URL;
  if (given !== undefined && values.data === undefined) return given;
  const folder = values.data ?? process.env.ANYUAN_DATA ?? process.env.SIM_RUN_DIR ?? '.sim';
  try {
    const { url } = JSON.parse(await readFile(join(folder, 'sim.json'), 'utf8')) as { url: string };
    return url;
  } catch {
    throw new CommandError(
      `no simulator found: ${join(folder, 'sim.json')} is missing. Is it running? Else give --port.`,
    );
  }
}

async function call<T>(base: string, path: string, act?: Act): Promise<T> {
  const init =
    act === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(act) };
  const response = await fetch(base + path, init).catch(() => {
    throw new CommandError(`the simulator does not answer at ${base}`);
  });
  const body = (await response.json().catch(() => ({}))) as { message?: string };
  if (!response.ok) throw new CommandError(body.message ?? `the simulator answered ${response.status}`);
  return body as T;
}

function printList({ persons, cards, devices, swarm }: Listing): void {
  const rows = (
    list: { key: string; note: string; noteEn: string; last4: string; name?: string; title?: string }[],
  ): string =>
    list
      .map(
        (r) => `  ${r.key.padEnd(16)}${r.last4}  ${[r.name ?? r.title, r.note, r.noteEn].filter(Boolean).join('，')}`,
      )
      .join('\n');
  console.log(`身份证 ID cards\n${rows(persons)}\n\n卡 cards\n${rows(cards)}`);
  console.log(
    `\n本门设备 devices of the gate\n  ${devices.join(' ')}\n\n全校警报设备 alarm devices\n  ${swarm.map((d) => d.device).join(' ')}`,
  );
}

function printStatus(state: SimState): void {
  for (const d of state.gate) {
    const words = [
      d.plugged ? '' : 'unplugged',
      d.on === undefined ? '' : d.on ? 'on' : 'off',
      d.holds ?? '',
      ...d.faults,
    ];
    console.log(`${d.device.padEnd(10)}${words.filter(Boolean).join(', ') || 'ready'}`);
  }
  const counts = Object.entries(state.swarm.counts).map(([doing, n]) => `${doing} ${n}`);
  console.log(`swarm     ${state.swarm.devices.length}: ${counts.join(', ') || 'none'}`);
}
