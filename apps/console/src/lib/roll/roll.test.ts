import type { ClassRoll, DrillView, RollMark, RollState } from '@anyuan/contracts';
import { describe, expect, it } from 'vitest';
import type { Thing } from '../outbox/queue.ts';
import { elapsedOf, isStale, laneOf, nextDrill, type RollThing, sheetOf } from './roll.ts';

const drill = (rest: Partial<DrillView> = {}): DrillView => ({
  ...{ id: 'd-1', term: 't-1', kind: 'fire', date: '2026-11-23', time: '10:00', announced: true, targetSeconds: 120 },
  ...{ lead: { id: 'p-1', name: '周敏' }, observers: [], status: 'running', mode: 'exercise', plan: null },
  ...{ incident: null, alarmHeardAt: null, startedAt: '2026-11-23T02:00:00.000Z', endedAt: null, cancelReason: null },
  ...{ verifies: [], findings: 0, result: null, lacks: null },
  ...rest,
});
const at = (second: number) => `2026-11-23T02:00:${String(second).padStart(2, '0')}.000Z`;

function roll(states: (RollState | null)[], reportedAt: string | null = null): ClassRoll {
  const entry = (state: RollState | null, i: number) => ({
    ...{ id: `k-${i}`, number: i + 1, name: `学生${i}`, state, at: state ? at(10) : null, by: null, note: '' },
  });
  return {
    drill: drill(),
    class: {
      ...{ class: 'c-1', name: '三(2)班', teacher: { id: 't', name: '刘芳' }, place: '操场', pupils: states.length },
      ...{ present: 0, missing: 0, elsewhere: 0, seconds: null, reportedAt, reportedBy: null },
    },
    pupils: states.map(entry),
    at: at(20),
  };
}
const waits = (body: Omit<RollMark, 'id' | 'note'>, of = 'c-1'): Thing<RollThing> => ({
  ...{ id: `m-${body.pupil}-${body.at}`, person: 't', lane: laneOf('d-1', of), at: Date.parse(body.at) },
  body: { kind: 'mark', drill: 'd-1', class: of, mark: { id: 'm', note: '', ...body } },
});
const counts = (r: ClassRoll, w: Thing<RollThing>[]) => {
  const { missing, unmarked, elsewhere, present } = sheetOf(r, w);
  return [missing.length, unmarked.length, elsewhere.length, present.length];
};

describe('the roll on the phone', () => {
  it('is what the server said, with the own marks on top', () => {
    expect(counts(roll(['present', null, 'missing', 'elsewhere']), [])).toEqual([1, 1, 1, 1]);
    const found = waits({ pupil: 'k-2', state: 'present', at: at(30) });
    expect(counts(roll(['present', null, 'missing', 'elsewhere']), [found])).toEqual([0, 1, 1, 2]);
    expect(sheetOf(roll(['missing']), [waits({ pupil: 'k-0', state: 'present', at: at(30) })]).present[0]?.waits).toBe(
      true,
    );
  });

  it('counts a pupil once, by the latest mark, and leaves the later word of another phone', () => {
    const twice = [
      waits({ pupil: 'k-0', state: 'missing', at: at(30) }),
      waits({ pupil: 'k-0', state: 'present', at: at(31) }),
    ];
    expect(counts(roll([null, null]), twice)).toEqual([0, 1, 0, 1]);
    expect(counts(roll(['missing']), [waits({ pupil: 'k-0', state: 'present', at: at(5) })])).toEqual([1, 0, 0, 0]);
  });

  it('takes no mark of another class, and none of a pupil that it does not know', () => {
    expect(counts(roll([null]), [waits({ pupil: 'k-0', state: 'present', at: at(30) }, 'c-2')])).toEqual([0, 1, 0, 0]);
    expect(counts(roll([null]), [waits({ pupil: 'k-9', state: 'present', at: at(30) })])).toEqual([0, 1, 0, 0]);
  });

  it('knows whether anything was marked after the report', () => {
    expect(sheetOf(roll(['present']), []).reportedAt).toBeNull();
    expect(sheetOf(roll(['present'], at(12)), []).changed).toBe(false);
    const after = [waits({ pupil: 'k-0', state: 'missing', at: at(40) })];
    expect(sheetOf(roll(['present'], at(12)), after).changed).toBe(true);
    const report: Thing<RollThing> = {
      ...{ id: 'r', person: 't', lane: laneOf('d-1', 'c-1'), at: 0 },
      body: { kind: 'report', drill: 'd-1', class: 'c-1', report: { id: 'r', at: at(41) } },
    };
    expect(sheetOf(roll(['present'], at(12)), [...after, report])).toMatchObject({
      reportedAt: at(41),
      changed: false,
    });
  });
});

describe('the drill', () => {
  it('runs until it is over', () => {
    const now = Date.parse(at(37)) + 60_000;
    expect(elapsedOf(drill(), now)).toBe(97_000);
    expect(elapsedOf(drill({ endedAt: at(50) }), now)).toBe(50_000);
    expect(elapsedOf(drill({ startedAt: null }), now)).toBe(0);
  });

  it('is announced only when it was said to all, and next means the next', () => {
    const planned = { status: 'planned', startedAt: null } as const;
    const list = [
      drill({ ...planned, id: 'past', date: '2026-11-20' }),
      drill({ ...planned, id: 'secret', date: '2026-11-24', announced: false }),
      drill({ ...planned, id: 'later', date: '2026-11-26' }),
      drill({ ...planned, id: 'soon', date: '2026-11-25' }),
    ];
    expect(nextDrill(list, '2026-11-23')?.id).toBe('soon');
    expect(nextDrill(list.slice(0, 2), '2026-11-23')).toBeNull();
  });

  it('is kept for a day', () => {
    expect(isStale(roll([]), Date.parse(at(0)) + 23 * 3_600_000)).toBe(false);
    expect(isStale(roll([]), Date.parse(at(0)) + 25 * 3_600_000)).toBe(true);
  });
});
