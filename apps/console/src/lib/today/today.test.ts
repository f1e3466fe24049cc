import { describe, expect, it } from 'vitest';
import { channelIds, channelsScene } from '../../testing/channels-fixtures.ts';
import { drill, findings, idOf, termDay, termView } from '../../testing/drills-fixtures.ts';
import { devices } from '../../testing/fixtures.ts';
import { hazards } from '../../testing/hazards-fixtures.ts';
import { patrolsScene } from '../../testing/patrol-fixtures.ts';
import { staffingOf, trainingScene } from '../../testing/training-fixtures.ts';
import { GROUPS, type TodayInput, todayRows } from './today.ts';

const NOW = Date.parse('2026-11-24T02:00:00.000Z');
const DAY = 86_400_000;
const nothing: TodayInput = {
  term: null,
  rules: [],
  drills: [],
  clashes: [],
  findings: [],
  hazards: [],
  devices: [],
  patrols: null,
  reminders: [],
  staffing: null,
  channels: [],
  contradictions: 0,
};
const keys = (input: Partial<TodayInput>, now = NOW) => {
  const rows = todayRows({ ...nothing, ...input }, now);
  return Object.fromEntries(GROUPS.map((g) => [g, rows[g].map((r) => r.key)]));
};

describe('what must be done today', () => {
  it('is nothing when nothing is known', () => {
    expect(keys({})).toEqual({ late: [], due: [], missing: [] });
  });

  it('puts a hazard where its own date puts it', () => {
    expect(keys({ hazards: hazards(NOW) })).toEqual({
      late: [`hazard ${idOf(601)}`],
      due: [`hazard ${idOf(603)}`, `hazard ${idOf(604)}`, `hazard ${idOf(605)}`],
      missing: [`hazard ${idOf(602)}`],
    });
  });

  it('names a channel that fails, late after a day; not one that works or is switched off', () => {
    const { channels } = channelsScene(NOW);
    expect(keys({ channels })).toEqual({ late: [], due: [`channel ${channelIds.office}`], missing: [] });
    expect(keys({ channels }, NOW + DAY).late).toEqual([`channel ${channelIds.office}`]);
    expect(keys({ channels: channels.map((c) => ({ ...c, enabled: false })) }).due).toEqual([]);
  });

  it('asks for a rule only in its own period, and calls it late by days', () => {
    const { late, missing } = todayRows({ ...nothing, rules: termView(NOW).rules }, NOW);
    expect(late.map((r) => [r.key, r.late > 0])).toEqual([['duty bus-term', true]]);
    expect(missing.every((r) => r.kind === 'duty' && r.late === 0)).toBe(true);
  });

  it('shows a drill from a week before its day, and as late when the day went by without it', () => {
    const planned = drill(NOW, 1, { date: termDay(NOW, 14, 3), status: 'planned' });
    const held = Date.parse(`${planned.date}T02:00:00Z`);
    const at = (days: number) => keys({ drills: [planned] }, held + days * DAY);
    expect(at(-8)).toEqual({ late: [], due: [], missing: [] });
    expect(at(-8).due).toEqual([]);
    const clashes = [{ drill: planned.id, why: 'holiday' as const }];
    expect(keys({ drills: [planned], clashes }, held - 8 * DAY).due).toEqual([`drill ${planned.id}`]);
    expect(at(-7).due).toEqual([`drill ${planned.id}`]);
    expect(at(0).due).toEqual([`drill ${planned.id}`]);
    expect(at(1).late).toEqual([`drill ${planned.id}`]);
    expect(keys({ drills: [{ ...planned, status: 'running' }] }, held + DAY).due).toEqual([`drill ${planned.id}`]);
  });

  it('names a finding only while its next step is nobody else’s row', () => {
    const { missing } = todayRows({ ...nothing, findings: findings(NOW) }, NOW);
    expect(missing.every((r) => r.kind === 'finding' && r.next !== null)).toBe(true);
    expect(new Set(missing.map((r) => r.key)).size).toBe(missing.length);
  });

  it('groups devices by their place, and calls late what is away for a day', () => {
    const all = devices(NOW).filter((d) => d.online === 'offline');
    const [first] = all;
    if (!first) throw new Error('the scene has no device that is away');
    expect(keys({ devices: all }).late).toEqual([]);
    expect(keys({ devices: all }, NOW + 2 * DAY).late).toContain(`devices ${first.zone}`);
  });

  it('knows missed rounds and posts, certificates, and guards who are missing or not in date', () => {
    const { day } = patrolsScene(NOW);
    const { reminders } = trainingScene(NOW);
    const rows = todayRows({ ...nothing, patrols: day, reminders, staffing: staffingOf(NOW) }, NOW);
    expect(new Set(GROUPS.flatMap((g) => rows[g].map((r) => r.kind)))).toEqual(
      new Set(['round', 'certificate', 'guards', 'unproven']),
    );
  });

  it('begins in a new school with what must be told first', () => {
    const staffing = { ...staffingOf(NOW), headcount: null, required: [], shortage: 0, notInDate: [] };
    expect(keys({ term: false, staffing }).missing).toEqual(['unset headcount', 'unset term']);
    expect(keys({ term: true }).missing).toEqual([]);
  });

  it('has the latest at the top', () => {
    const { late } = todayRows({ ...nothing, hazards: hazards(NOW), rules: termView(NOW).rules }, NOW);
    expect(late.map((r) => r.late)).toEqual([...late.map((r) => r.late)].sort((a, b) => b - a));
  });
});
