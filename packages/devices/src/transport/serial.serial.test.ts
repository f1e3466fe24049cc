/** Real pseudo-terminals: the kernel's own line between a device and the driver, and what happens when it is pulled. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GateDevice } from '@anyuan/contracts';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DeviceEvent } from '../device-events.ts';
import { encodeCard } from '../drivers/card-reader/frame.ts';
import { card, people, replies, requests, residentText } from '../drivers/id-reader/vectors.ts';
import { type Hardware, openHardware } from '../hardware.ts';

const A = '100086F444';
const B = '3C00CE754C';
const BACK_WITHIN_MS = 5000;

let folder: string;
const running: ChildProcessWithoutNullStreams[] = [];
const opened: Hardware[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'anyuan-pty-'));
});

afterEach(async () => {
  await Promise.all(opened.splice(0).map((hardware) => hardware.stop()));
  for (const child of running.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** A pseudo-terminal whose device end is this process, reachable at `path` as udev's links are. */
async function plugIn(path: string) {
  const child = spawn('script', ['-qefc', 'stty raw -echo; tty; exec sleep infinity', '/dev/null']);
  running.push(child);
  child.stdin.on('error', () => {});
  const tty = await new Promise<string>((resolve) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
  });
  symlinkSync(tty, `${path}.new`);
  renameSync(`${path}.new`, path);
  return {
    send: (bytes: Uint8Array) => void child.stdin.write(bytes),
    onBytes: (take: (chunk: Buffer) => void) => void child.stdout.on('data', take),
    unplug: () => {
      rmSync(path);
      child.kill('SIGKILL');
    },
  };
}

function open(device: GateDevice) {
  const events: DeviceEvent[] = [];
  const hardware = openHardware({ devices: [device], onEvent: (event) => events.push(event) });
  opened.push(hardware);
  const state = () => hardware.status()[0]?.state;
  return {
    events,
    hardware,
    becomes: (wanted: string, timeout = BACK_WITHIN_MS) =>
      vi.waitFor(() => expect(state()).toBe(wanted), { timeout, interval: 5 }),
    cards: () => events.flatMap((e) => (e.type === 'card' ? [e.number] : [])),
  };
}

const cardDevice = (path: string): GateDevice => ({
  id: 'card-1',
  driver: 'rdm6300',
  path,
  baudRate: 9600,
  idleMs: 100,
});

/** Plays a reader with a card on it, in chunks as a UART makes them. */
function playReader(line: Awaited<ReturnType<typeof plugIn>>) {
  line.onBytes((request) => {
    if (request.equals(requests.find)) line.send(replies.found);
    else if (request.equals(requests.select)) line.send(replies.selected);
    else if (request.equals(requests.read)) {
      const frame = card(residentText);
      for (let at = 0; at < frame.length; at += 64) line.send(frame.subarray(at, at + 64));
    }
  });
}

describe('a pseudo-terminal', () => {
  it('brings an ID card from the reader', async () => {
    const path = join(folder, 'id');
    playReader(await plugIn(path));
    const { events } = open({ id: 'id-1', driver: 'sdt', path, baudRate: 115200, pollMs: 50 });
    await vi.waitFor(() => expect(events.some((e) => e.type === 'document')).toBe(true), { timeout: 3000 });
    expect(events.find((e) => e.type === 'document')).toMatchObject({
      document: { name: people.resident.name, idNumber: people.resident.idNumber },
    });
  });

  it('that is not there yet is found ≤ 5 s after it came', async () => {
    const path = join(folder, 'card');
    const { becomes, cards, hardware } = open(cardDevice(path));
    await becomes('away');
    expect(hardware.status()[0]).toMatchObject({ fault: 'portLost' });
    const line = await plugIn(path);
    await becomes('ok');
    line.send(encodeCard(A));
    await vi.waitFor(() => expect(cards()).toEqual([A]));
  });

  it('that is pulled in the middle of a frame is away, and back ≤ 5 s after its return', async () => {
    const path = join(folder, 'card');
    const first = await plugIn(path);
    const { becomes, cards } = open(cardDevice(path));
    await becomes('ok');
    first.send(encodeCard(A));
    await vi.waitFor(() => expect(cards()).toEqual([A]));
    first.send(encodeCard(A).subarray(0, 8));
    first.unplug();
    await becomes('away');
    const second = await plugIn(path);
    await becomes('ok');
    second.send(encodeCard(B));
    await vi.waitFor(() => expect(cards()).toEqual([A, B]));
  });

  it('that hangs up while it talks is noticed within 2 s', async () => {
    const path = join(folder, 'card');
    for (let round = 0; round < 5; round++) {
      const line = await plugIn(path);
      const { becomes, cards, hardware } = open(cardDevice(path));
      await becomes('ok');
      const talk = setInterval(() => line.send(encodeCard(A)), 1);
      await vi.waitFor(() => expect(cards()).toContain(A));
      line.unplug();
      clearInterval(talk);
      await becomes('away', 2000);
      await hardware.stop();
    }
  });

  it('has no control lines: a button on it is a fault, not a silent one', async () => {
    const path = join(folder, 'button');
    await plugIn(path);
    const { becomes, hardware } = open({
      id: 'button-1',
      driver: 'panic-button',
      path,
      baudRate: 9600,
      contact: { kind: 'line' },
      debounceMs: 40,
      stuckMs: 10_000,
    });
    await becomes('fault');
    expect(hardware.status()[0]).toMatchObject({ fault: 'noLines' });
  });
});
