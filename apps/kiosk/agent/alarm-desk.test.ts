import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bus } from '@anyuan/bus';
import { type AlarmRaised, GateFile, type IncidentView } from '@anyuan/contracts';
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

const siren = { id: 'siren-1', kind: 'siren' } as AlarmDeskDeps['sounders'][number];

function openDesk(kept: Journal) {
  const said = vi.fn((_subject: string, _report: unknown) => true);
  const raise = vi.fn(async (_: AlarmRaised) => true);
  const wake = vi.fn();
  const follow = vi.fn();
  const deps = {
    ...{
      bus: { connected: true, publish: said } as unknown as Bus,
      school: 'demo',
      gate,
      journal: kept,
      sounders: [siren],
      onChange: () => {},
    },
    sender: { raise, wake } as unknown as AlarmDeskDeps['sender'],
    sirens: { follow, get: () => ({ doing: 'quiet' }) } as unknown as AlarmDeskDeps['sirens'],
    ...{ clock: { now: () => 1_000_000 }, log: createLog('test', 'silent') },
  } as AlarmDeskDeps;
  return { desk: new AlarmDesk(deps), raise, wake, follow, said };
}

const pressed = { via: 'button', source: 'button-1', by: { id: 'gate-east', name: '东门' } } as const;

test('a press drives the siren, then the school, then the disk, and is answered after that', async () => {
  const { desk, raise, wake, follow } = openDesk(journal);
  raise.mockImplementation(async () => {
    expect(follow).toHaveBeenCalledWith('actual');
    expect(journal.pending(['raise'], 10)).toEqual([]);
    return new Promise<boolean>(() => {});
  });
  const { incident } = await desk.press(pressed);
  expect(raise).toHaveBeenCalledOnce();
  expect(journal.pending(['raise'], 10)[0]?.body).toMatchObject({ incident, mode: 'actual' });
  expect(wake).not.toHaveBeenCalled();
});

test('what the stream has is not sent again; what it has not stays with the journal', async () => {
  const { desk, raise, wake } = openDesk(journal);
  await desk.press(pressed);
  await vi.waitFor(() => expect(journal.countPending()).toBe(0));
  raise.mockResolvedValue(false);
  await desk.press({ ...pressed, source: 'button-2' });
  await vi.waitFor(() => expect(wake).toHaveBeenCalledOnce());
  expect(journal.countPending()).toBe(1);
});

test('with a full disk the siren sounds and the school hears it all the same', async () => {
  const full: Journal = {
    ...journal,
    together: () => {
      throw new Error('database or disk is full');
    },
  };
  const { desk, raise, follow } = openDesk(full);
  const { incident } = await desk.press(pressed);
  expect(follow).toHaveBeenCalledWith('actual');
  expect(raise.mock.calls[0]?.[0].incident).toBe(incident);
});

test('a gate that was away when an alarm ended still says that its siren is quiet', () => {
  const { desk, said } = openDesk(journal);
  const device = { device: 'east-siren-1' } as IncidentView['stillSounding'][number];
  desk.show({ incident: 'i', status: 'stoodDown', mode: 'exercise', stillSounding: [device] } as IncidentView);
  expect(said.mock.calls[0]?.[1]).toMatchObject({ incident: 'i', doing: 'quiet', mode: 'exercise' });
});
