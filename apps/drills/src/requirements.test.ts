import type { Rule } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import { daysOf, type TermCalendar } from './calendar.ts';
import { clashesOf, type KnownDrill, stateOf } from './requirements.ts';
import { applies, RULES } from './rules.ts';

const term = { from: '2026-09-01', to: '2027-01-22' };
const days = daysOf({ term, exams: [], ownDays: [], confirmed: [{ from: '2027-01-01', to: '2027-01-22' }] });
const rule = (id: string): Rule => {
  const found = RULES.find((r) => r.id === id);
  if (!found) throw new Error(id);
  return found;
};
const drill = (kind: KnownDrill['kind'], date: string, over: Partial<KnownDrill> = {}): KnownDrill => ({
  id: `${kind}-${date}`,
  kind,
  date,
  status: 'planned',
  proven: false,
  ...over,
});
const took = (kind: KnownDrill['kind'], date: string) => drill(kind, date, { status: 'ended', proven: true });
const state = (id: string, drills: KnownDrill[], today = '2026-11-24') =>
  stateOf(rule(id), { term, days, drills, today });

test('not scheduled, scheduled, done, overdue', () => {
  expect(state('violence-term', []).state).toBe('notScheduled');
  expect(state('violence-term', [drill('violence', '2026-12-03')]).state).toBe('scheduled');
  expect(state('violence-term', [took('violence', '2026-11-20')]).state).toBe('done');
  expect(state('violence-term', [], '2027-01-23')).toMatchObject({ state: 'overdue', duties: [{ late: 1 }] });
});

test('nothing is done without a record of the drill', () => {
  const ended = drill('violence', '2026-11-20', { status: 'ended' });
  expect(state('violence-term', [ended]).state).toBe('notScheduled');
});

test('a drill that was planned and never begun stops counting when its day is over', () => {
  const planned = drill('violence', '2026-11-20');
  expect(state('violence-term', [planned], '2026-11-20').state).toBe('scheduled');
  expect(state('violence-term', [planned], '2026-11-21').state).toBe('notScheduled');
});

test('a drill whose day became a holiday, an exam or no day of the term stops counting, until it is moved', () => {
  const on = (date: string, over: Partial<TermCalendar>) => {
    const drills = [drill('violence', date)];
    const calendar = { term, exams: [], ownDays: [], confirmed: [], ...over };
    const owing = { term: calendar.term, days: daysOf(calendar), drills, today: '2026-11-24' };
    return [stateOf(rule('violence-term'), owing).state, clashesOf(owing).map((c) => c.why)];
  };
  const holiday = [{ date: '2026-12-03', kind: 'holiday' as const, name: '校庆' }];
  expect(on('2026-12-03', {})).toEqual(['scheduled', []]);
  expect(on('2026-12-03', { ownDays: holiday })).toEqual(['notScheduled', ['holiday']]);
  expect(on('2026-12-04', { ownDays: holiday })).toEqual(['scheduled', []]);
  const exams = [{ name: '期末考试', from: '2026-12-01', to: '2026-12-04' }];
  expect(on('2026-12-03', { exams })).toEqual(['notScheduled', ['exam']]);
  expect(on('2026-12-03', { term: { ...term, to: '2026-12-02' } })).toEqual(['notScheduled', ['outsideTerm']]);
});

test('a cancelled drill counts for nothing', () => {
  expect(state('violence-term', [drill('violence', '2026-12-03', { status: 'cancelled' })]).state).toBe('notScheduled');
});

test('by a date within the term: late from the day after, and a later date does not make it in time', () => {
  const late = state('bus-term', [drill('bus', '2026-12-03')]);
  expect(late.duties[0]).toMatchObject({ latest: '2026-10-31', state: 'overdue', late: 24 });
  expect(state('bus-term', [], '2026-10-31').state).toBe('notScheduled');
  expect(state('bus-term', [took('bus', '2026-11-20')]).state).toBe('done');
});

test('every month by itself: one evacuation of either kind', () => {
  const drills = [
    took('earthquake', '2026-09-10'),
    took('fire', '2026-10-15'),
    took('earthquake', '2026-11-12'),
    drill('earthquake', '2026-12-10'),
  ];
  const { state: whole, duties } = state('evacuation-month', drills);
  expect(duties.map((d) => [d.period.from, d.state])).toEqual([
    ['2026-09-01', 'done'],
    ['2026-10-01', 'done'],
    ['2026-11-01', 'done'],
    ['2026-12-01', 'scheduled'],
    ['2027-01-01', 'notScheduled'],
  ]);
  expect(whole).toBe('notScheduled');
});

test('a month with hardly any school owes nothing, and that is said', () => {
  const short = { from: '2026-08-28', to: '2026-10-31' };
  const found = stateOf(rule('button-month'), {
    term: short,
    days: daysOf({ term: short, exams: [], ownDays: [], confirmed: [] }),
    drills: [],
    today: '2026-08-28',
  });
  expect(found.exempt).toEqual([{ from: '2026-08-28', to: '2026-08-31', schoolDays: 2 }]);
  expect(found.duties.map((d) => d.period.from)).toEqual(['2026-09-01', '2026-10-01']);
});

test('no rule names its source by a code of ours', () => {
  for (const { source } of RULES) expect(source).not.toMatch(/[A-H]\d/);
});

test('which rules a school has depends on what it is', () => {
  const facts = { kind: 'primary', pupils: 1_200, staff: 80, boarders: 0, buses: 0, newPupils: 0, floors: 4 } as const;
  const ids = (over: object) => RULES.filter((r) => applies(r, { ...facts, ...over })).map((r) => r.id);
  expect(ids({})).toEqual([
    'violence-term',
    'earthquake-term',
    'fire-term',
    'evacuation-month',
    'stampede-term',
    'button-month',
  ]);
  expect(ids({ kind: 'kindergarten' })).toContain('evacuation-quarter');
  expect(ids({ kind: 'kindergarten' })).not.toContain('evacuation-month');
  expect(ids({ buses: 2, boarders: 300, newPupils: 200 })).toEqual(
    expect.arrayContaining(['bus-term', 'boarders-term', 'new-pupils']),
  );
});
