/** The simulator's settings, from the environment and the command line, parsed once. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DeviceEntry, Token } from '@anyuan/contracts';
import { z } from 'zod';
import type { SimOptions } from './sim.ts';
import { demoDevices } from './swarm/demo-devices.ts';

const DEFAULT_PORT = 4801;

const Env = z.object({
  SIM_PORT: z.coerce.number().int().min(0).max(65_535).default(DEFAULT_PORT),
  SIM_RUN_DIR: z.string().min(1).default('.sim'),
  SIM_GATE_FILE_OUT: z.string().min(1).optional(),
  SIM_ADDRESS_FILE: z.string().min(1).optional(),
  SIM_SERIAL: z.enum(['on', 'auto', 'pty', 'tcp', 'off']).default('on'),
  SIM_SWARM: z.coerce.number().int().min(0).max(demoDevices.length).default(demoDevices.length),
  MQTT_URL: z
    .string()
    .regex(/^mqtts?:\/\//, 'mqtt://host:port')
    .optional(),
  DEVICE_JWTS: z.string().min(1).optional(),
  ANYUAN_SCHOOL: Token.default('demo'),
});

const Jwts = z.record(z.string(), z.string());

export class BadConfig extends Error {
  override readonly name = 'BadConfig';
}

/** @throws BadConfig with words for a person */
export async function readConfig(env: NodeJS.ProcessEnv): Promise<SimOptions> {
  const parsed = Env.safeParse(env);
  if (!parsed.success) {
    throw new BadConfig(parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n'));
  }
  const e = parsed.data;
  const devices = demoDevices.slice(0, e.SIM_SWARM);
  const jwts = e.DEVICE_JWTS === undefined ? {} : { jwts: await readJwts(e.DEVICE_JWTS, devices) };
  const swarm =
    e.MQTT_URL === undefined || e.SIM_SWARM === 0
      ? {}
      : { swarm: { url: e.MQTT_URL, school: e.ANYUAN_SCHOOL, devices, ...jwts } };
  return {
    port: e.SIM_PORT,
    runDir: e.SIM_RUN_DIR,
    gateFileOut: e.SIM_GATE_FILE_OUT ?? join(e.SIM_RUN_DIR, 'gate.json'),
    serial: e.SIM_SERIAL === 'on' ? 'auto' : e.SIM_SERIAL,
    ...(e.SIM_ADDRESS_FILE === undefined ? {} : { addressFile: e.SIM_ADDRESS_FILE }),
    ...swarm,
  };
}

async function readJwts(path: string, devices: readonly DeviceEntry[]): Promise<Record<string, string>> {
  const jwts = await readFile(path, 'utf8')
    .then((text) => Jwts.parse(JSON.parse(text)))
    .catch((cause: unknown) => {
      throw new BadConfig(`DEVICE_JWTS: ${path} can't be read as { "<device>": "<jwt>" }`, { cause });
    });
  const missing = devices.filter(({ device }) => jwts[device] === undefined).map(({ device }) => device);
  if (missing.length > 0) throw new BadConfig(`DEVICE_JWTS: no token for ${missing.join(', ')}`);
  return jwts;
}
