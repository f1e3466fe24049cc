/** The command line of `npm start`; a wrong option is one sentence, never a stack. */
import { parseArgs } from 'node:util';
import { Refusal } from './refusal.ts';

export interface StartOptions {
  port: number;
  data: string | undefined;
  gate: string | undefined;
  demo: boolean;
  /** The demo school with a term behind it; without, as it is on an administrator's first day. */
  term: boolean;
  sim: boolean;
  lan: boolean;
}

const USAGE = '--port N --data DIR --gate FILE --no-demo --no-term --no-sim --lan';

const shape = {
  port: { type: 'string' },
  data: { type: 'string' },
  gate: { type: 'string' },
  'no-demo': { type: 'boolean' },
  'no-term': { type: 'boolean' },
  'no-sim': { type: 'boolean' },
  lan: { type: 'boolean' },
} as const;

export function parseStart(args: string[]): StartOptions {
  const values = read(args);
  const port = Number(values.port ?? 4100);
  if (!Number.isInteger(port) || port < 1 || port > 65_000) {
    throw new Refusal(`--port 要一个 1 到 65000 的数。 --port takes a number from 1 to 65000, not "${values.port}".`);
  }
  for (const name of ['data', 'gate'] as const) {
    if (values[name] === '') throw new Refusal(`--${name} 后面要有路径。 --${name} needs a path.`);
  }
  return {
    port,
    data: values.data,
    gate: values.gate,
    demo: !values['no-demo'],
    term: !values['no-term'],
    sim: !values['no-sim'],
    lan: values.lan ?? false,
  };
}

function read(args: string[]) {
  try {
    return parseArgs({ args, options: shape, strict: true }).values;
  } catch (error) {
    const wrong = error instanceof Error ? error.message.split('. ')[0] : '';
    throw new Refusal(`选项不对，可用的有 ${USAGE}。 Wrong option (${wrong}); there are ${USAGE}.`);
  }
}
