import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bus } from '@anyuan/bus';
import { type AlarmRaised, GateFile } from '@anyuan/contracts';
import { createLog } from '@anyuan/service';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { AlarmDesk, type AlarmDeskDeps } from './alarm-desk.ts';
import { type Journal, openJournal } from './journal.ts';

const gate = GateFile.parse({ gate: 'east', name: '东门', devices: [] });
let dir: string;
let journal: Journal;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'anyuan-alarm-desk-'));
  journal = openJournal(dir, 'ab'.repeat(32));
});
afterEach(() => {
  journal.close();
  rmSync(dir, { recursive: true });
});

function openDesk(kept: Journal) {
  const published: { subject: string; value: unknown }[] = [];
  const wake = vi.fn();
  const follow = vi.fn();
  const bus = {
    connected: true,
    publish: (subject: string, value: unknown) => published.push({ subject, value }) > 0,
  };
  const deps = {
    ...{ bus: bus as unknown as Bus, school: 'demo', gate, journal: kept, sounders: [], onChange: () => {} },
    sender: { wake } as unknown as AlarmDeskDeps['sender'],
    sirens: { follow, get: () => undefined } as unknown as AlarmDeskDeps['sirens'],
    ...{ clock: { now: () => 1_000_000 }, log: createLog('test', 'silent') },
  } as AlarmDeskDeps;
  return { desk: new AlarmDesk(deps), published, wake, follow };
}

const pressed = { via: 'button', source: 'button-1', by: { id: 'gate-east', name: '东门' } } as const;

test('a press drives the siren and is on disk before it is sent', () => {
  const { desk, wake, follow, published } = openDesk(journal);
  wake.mockImplementation(() => expect(journal.pending(['raise'], 10)).toHaveLength(1));
  const { incident } = desk.press(pressed);
  expect(follow).toHaveBeenCalledWith('actual');
  expect(wake).toHaveBeenCalledOnce();
  expect(journal.pending(['raise'], 10)[0]?.body).toMatchObject({ incident, mode: 'actual' });
  expect(published).toEqual([]);
});

test('with a full disk the siren sounds and the school hears it all the same', () => {
  const full: Journal = {
    ...journal,
    together: () => {
      throw new Error('database or disk is full');
    },
  };
  const { desk, follow, published } = openDesk(full);
  const { incident } = desk.press(pressed);
  expect(follow).toHaveBeenCalledWith('actual');
  expect(published.map(({ value }) => (value as AlarmRaised).incident)).toEqual([incident]);
});
