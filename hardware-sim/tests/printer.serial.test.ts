/** The product's driver and the simulated printer on a real pseudo-terminal: what a guard meets with paper, cover and cable. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Block, type Hardware, openHardware } from '@anyuan/devices';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Sim, slipText, startSim } from '../src/index.ts';
import { until } from './helpers.ts';

const badge = (number: string): Block[] => [
  { kind: 'text', text: number, size: 4, align: 'center' },
  { kind: 'text', text: '张伟明', size: 2, align: 'center', bold: true },
  ...Array.from({ length: 8 }, (_, i): Block => ({ kind: 'text', text: `事由 ${i}` })),
  { kind: 'qr', data: number, module: 8, align: 'center' },
  { kind: 'cut' },
];

let dir: string;
let sim: Sim;
let hardware: Hardware;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'anyuan-printer-'));
  sim = await startSim({ runDir: dir, serial: 'pty' });
  const devices = (sim.gateFile?.devices ?? []).filter((d) => d.driver === 'escpos');
  // As fast as the pseudo-terminal is; 9600 baud would only make the test wait.
  hardware = openHardware({ devices: devices.map((d) => ({ ...d, baudRate: 115_200 })), onEvent: () => {} });
  await state('ok');
});
afterEach(async () => {
  await hardware.stop();
  await sim.stop();
  await rm(dir, { recursive: true, force: true });
});

const state = (wanted: string) =>
  until(wanted, () => [hardware.status()[0]?.state, hardware.status()[0]?.fault].includes(wanted as never));
const print = (number: string) =>
  hardware.printer('printer-1')?.print(badge(number)) ?? Promise.reject(new Error('no printer'));
const cutSlips = () => sim.slips().filter(({ cut }) => cut);
const begun = () => until('the first lines', () => (sim.slips().at(-1)?.rows.length ?? 0) >= 2);

test('a badge comes out, in Chinese, with its code', async () => {
  expect(await print('E1123-007')).toEqual({ printed: true });
  const text = slipText(cutSlips()[0] ?? expect.fail('nothing was cut'));
  expect([text[0], text[1], text.at(-1)]).toEqual(['E1123-007', '张伟明', '[QR E1123-007]']);
});

test('no paper: nothing is sent; with paper the same badge is printed', async () => {
  await sim.fault('printer-1', 'paperOut');
  expect(await print('E1123-001')).toEqual({ printed: false, fault: 'paperOut', cut: false });
  expect(sim.slips()).toEqual([]);
  await sim.clear('printer-1');
  expect(await print('E1123-001')).toEqual({ printed: true });
  expect(cutSlips()).toHaveLength(1);
});

test('the cover is opened in the middle, and shut again', async () => {
  const result = print('E1123-002');
  await begun();
  await sim.fault('printer-1', 'coverOpen');
  expect(await result).toEqual({ printed: false, fault: 'coverOpen', cut: true });
  await sim.clear('printer-1');
  expect(await print('E1123-002')).toEqual({ printed: true });
  expect(slipText(sim.slips().at(-1) ?? expect.fail('no slip')).at(-1)).toBe('[QR E1123-002]');
});

test('the cable is pulled in the middle: the job is over at once, and the next one is printed when it is back', async () => {
  const result = print('E1123-003');
  await begun();
  await sim.unplug('printer-1');
  expect(await result).toEqual({ printed: false, fault: 'portLost', cut: true });
  expect(await print('E1123-003')).toEqual({ printed: false, fault: 'portLost', cut: false });
  await sim.plug('printer-1');
  await state('ok');
  expect(await print('E1123-003')).toEqual({ printed: true });
});

test('a jammed cutter, freed, is told to go on with the next badge', async () => {
  await sim.fault('printer-1', 'cutterJam');
  expect(await print('E1123-004')).toEqual({ printed: false, fault: 'cutterFault', cut: true });
  await sim.clear('printer-1');
  expect(await print('E1123-004')).toEqual({ printed: true });
});

test('a printer that hangs is told within 3 s', async () => {
  await sim.fault('printer-1', 'stick');
  const asked = Date.now();
  expect(await print('E1123-005')).toEqual({ printed: false, fault: 'noAnswer', cut: false });
  expect(Date.now() - asked).toBeLessThan(3000);
  await sim.clear('printer-1');
  expect(await print('E1123-005')).toEqual({ printed: true });
});
