import { DRILL_KINDS, type DrillKind, type Duty, type Period, type Rule } from '@anyuan/contracts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, daysOf, type NationalDays, type TermCalendar, weekdayOf, within } from './calendar.ts';
import { type PlanInput, planTerm } from './planner.ts';
import { type KnownDrill, stateOf } from './requirements.ts';
import { applies, RULES } from './rules.ts';

interface School {
  calendar: TermCalendar;
  rules: readonly Rule[];
  drills: readonly KnownDrill[];
  today: string;
  national?: NationalDays;
}

function inputOf({ calendar, rules, drills, today, national }: School): PlanInput {
  const days = daysOf(calendar, national);
  const duties = rules.flatMap((rule) => stateOf(rule, { term: calendar.term, days, drills, today }).duties);
  const taken = drills.filter((d) => d.status !== 'cancelled').map((d) => d.date);
  return { days, rules, duties, taken, today };
}

const autumn: TermCalendar = {
  term: { from: '2026-09-01', to: '2027-01-22' },
  exams: [{ name: '期末考试', from: '2027-01-11', to: '2027-01-15' }],
  ownDays: [{ date: '2027-01-01', kind: 'holiday', name: '元旦' }],
  confirmed: [{ from: '2027-01-01', to: '2027-01-22' }],
};
const facts = { kind: 'primary', pupils: 1_200, staff: 80, boarders: 0, buses: 2, newPupils: 200, floors: 4 } as const;
const primary: School = {
  calendar: autumn,
  rules: RULES.filter((r) => applies(r, facts)),
  drills: [],
  today: '2026-08-31',
};

test("a primary school's whole term: every rule met, a drill a day at most, no exam or holiday touched", () => {
  const input = inputOf(primary);
  const { drills, unmet } = planTerm(input);
  expect(unmet).toEqual([]);
  expect(new Set(drills.map((d) => d.date)).size).toBe(drills.length);
  for (const { date } of drills) expect(input.days.find((d) => d.date === date)?.kind).toBe('schoolDay');
  // Five months of evacuation and of button tests, one each of violence, bus and stampede: nothing is drilled twice for two rules.
  expect(drills).toHaveLength(13);
  const gaps = drills.slice(1).map((d, i) => (Date.parse(d.date) - Date.parse(drills[i]?.date ?? '')) / 86_400_000);
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(3);
});

test('planned again after it was scheduled, nothing more is proposed', () => {
  const { drills } = planTerm(inputOf(primary));
  const scheduled = drills.map(
    ({ kind, date }, i): KnownDrill => ({ id: `${i}`, kind, date, status: 'planned', proven: false }),
  );
  expect(planTerm(inputOf({ ...primary, drills: scheduled }))).toEqual({ drills: [], unmet: [] });
});

test('what is late already goes to the first free days, before anything else', () => {
  const { drills } = planTerm(inputOf({ ...primary, today: '2026-11-23' }));
  const first = (rule: string) => drills.find((d) => d.late.includes(rule))?.date;
  expect([first('bus-term'), first('new-pupils')].sort()).toEqual(['2026-11-24', '2026-11-25']);
  expect(drills[2]?.date).not.toBe('2026-11-26');
});

test('a year whose holidays nobody knows is named, and its days are not used', () => {
  const { drills, unmet } = planTerm(inputOf({ ...primary, calendar: { ...autumn, ownDays: [], confirmed: [] } }));
  expect(drills.every((d) => d.date < '2027')).toBe(true);
  expect(unmet.map((u) => [u.rule, u.period.from, u.why])).toEqual([
    ['button-month', '2027-01-01', 'calendarUnknown'],
    ['evacuation-month', '2027-01-01', 'calendarUnknown'],
  ]);
});

test('too late, exams all through, more drills than days: each is said by its name', () => {
  const short: TermCalendar = {
    term: { from: '2026-11-02', to: '2026-11-13' },
    exams: [{ name: '考试', from: '2026-11-04', to: '2026-11-13' }],
    ownDays: [],
    confirmed: [],
  };
  const rule = (id: string, kinds: DrillKind[], count = 1, within?: number): Rule => ({
    ...{ id, name: id, kinds, per: 'term', count, when: {}, force: 'school', source: '' },
    ...(within ? { within } : {}),
  });
  const rules = [rule('a', ['fire'], 3)];
  const why = (given: Partial<School>) =>
    planTerm(inputOf({ calendar: short, rules, drills: [], today: '2026-11-01', ...given })).unmet.map((u) => [
      u.missing,
      u.why,
    ]);
  expect(why({})).toEqual([[1, 'crowded']]);
  expect(why({ today: '2026-11-03' })).toEqual([[3, 'exams']]);
  expect(why({ today: '2026-11-13' })).toEqual([[3, 'past']]);
  expect(why({ calendar: { ...short, term: { from: '2026-11-07', to: '2026-11-08' }, exams: [] } })).toEqual([
    [3, 'noSchoolDay'],
  ]);
});

const dates = (from: string, length: number) => Array.from({ length }, (_, i) => addDays(from, i));

/** Terms of a few days up to half a year, anywhere between 2026 (known) and 2027 (not), with everything that can be in one. */
const schools = (maxDays: number): fc.Arbitrary<School> =>
  fc
    .record({ start: fc.integer({ min: 0, max: 500 }), length: fc.integer({ min: 1, max: maxDays }) })
    .chain(({ start, length }) => {
      const from = addDays('2026-02-01', start);
      const all = dates(from, length + 1);
      const day = fc.constantFrom(...all);
      return fc.record({
        calendar: fc.record({
          term: fc.constant({ from, to: addDays(from, length) }),
          exams: fc.array(
            day.chain((d) => fc.integer({ min: 0, max: 6 }).map((n) => ({ name: '考试', from: d, to: addDays(d, n) }))),
            { maxLength: 3 },
          ),
          ownDays: fc.array(
            fc.record({ date: day, kind: fc.constantFrom('schoolDay', 'holiday'), name: fc.constant('') }),
            {
              maxLength: 8,
            },
          ),
          confirmed: fc.constantFrom<Period[]>([], [{ from: '2027-01-01', to: '2027-12-31' }]),
        }),
        rules: fc
          .array(
            fc.record(
              {
                name: fc.constant('规则'),
                kinds: fc.uniqueArray(fc.constantFrom(...DRILL_KINDS.slice(0, 4)), { minLength: 1, maxLength: 3 }),
                per: fc.constantFrom('term', 'month', 'quarter'),
                count: fc.integer({ min: 1, max: 3 }),
                when: fc.constant({}),
                within: fc.integer({ min: 1, max: 100 }),
                force: fc.constantFrom('law', 'guide', 'school'),
                source: fc.constant(''),
              },
              { requiredKeys: ['name', 'kinds', 'per', 'count', 'when', 'force', 'source'] },
            ),
            { maxLength: 6 },
          )
          .map((rules) => rules.map((rule, i) => ({ ...rule, id: `r${i}` }))),
        drills: fc.array(
          fc.record({
            id: fc.uuid(),
            kind: fc.constantFrom(...DRILL_KINDS.slice(0, 4)),
            date: day,
            status: fc.constantFrom('planned', 'ended', 'cancelled'),
            proven: fc.boolean(),
          }),
          { maxLength: 5 },
        ),
        today: fc.integer({ min: -10, max: length + 3 }).map((n) => addDays(from, n)),
      }) as fc.Arbitrary<School>;
    });

/** A drill that is planned after its last day counts only when no day is left in time. */
const owed = (input: PlanInput, duty: Duty, today: string) =>
  duty.count -
  duty.done.length -
  duty.scheduled.length -
  (lastOf(input, duty, today) === duty.latest ? 0 : duty.scheduledLate.length);

test('for any calendar: every duty is met by what is proposed, or named as unmet', () => {
  fc.assert(
    fc.property(schools(180), (school) => {
      const input = inputOf(school);
      const { drills, unmet } = planTerm(input);
      const usable = new Set(
        input.days
          .filter((d) => (d.kind === 'schoolDay' || d.kind === 'makeUp') && d.date > school.today)
          .map((d) => d.date),
      );
      expect(new Set(drills.map((d) => d.date)).size).toBe(drills.length);
      for (const { date } of drills) {
        expect(usable.has(date)).toBe(true);
        expect(input.taken).not.toContain(date);
      }
      for (const duty of input.duties) {
        const given = unmet.find((u) => u.rule === duty.rule && u.period.from === duty.period.from);
        const until = lastOf(input, duty, school.today);
        const serving = drills.filter((p) => isOf(school, duty, p) && p.date <= until);
        expect(Math.max(0, owed(input, duty, school.today) - serving.length)).toBe(given?.missing ?? 0);
        if (owed(input, duty, school.today) < 1) continue;
        for (const { date, late } of serving) expect(late.includes(duty.rule)).toBe(date > duty.latest);
      }
    }),
    { numRuns: 500 },
  );
});

const isOf = ({ rules }: School, duty: Duty, drill: { kind: DrillKind; date: string }) =>
  rules.find((r) => r.id === duty.rule)?.kinds.includes(drill.kind) && within(drill.date, duty.period);

const freeDays = (input: PlanInput, today: string) =>
  input.days.filter(
    (d) => (d.kind === 'schoolDay' || d.kind === 'makeUp') && d.date > today && !input.taken.includes(d.date),
  );

/** In time while any day is left for it, else late. */
const lastOf = (input: PlanInput, duty: Duty, today: string) =>
  freeDays(input, today).some((d) => d.date >= duty.period.from && d.date <= duty.latest)
    ? duty.latest
    : duty.period.to;

test('for any short calendar: what is called impossible is impossible, by trying everything', () => {
  fc.assert(
    fc.property(schools(8), (school) => {
      const input = inputOf(school);
      const { unmet } = planTerm(input);
      for (const { rule: id, period, missing, why } of unmet) {
        const duty = input.duties.find((d) => d.rule === id && d.period.from === period.from);
        if (!duty) throw new Error('a duty of its own making');
        const last = lastOf(input, duty, school.today);
        const window = input.days.filter(
          (d) => d.date > school.today && d.date >= duty.period.from && d.date <= last && !input.taken.includes(d.date),
        );
        const usable = window.filter((d) => d.kind === 'schoolDay' || d.kind === 'makeUp');
        if (why === 'past') expect(last <= school.today).toBe(true);
        else if (why === 'crowded') expect(anyWay(school, input, unmet, duty, missing)).toBe(false);
        else expect(usable).toEqual([]);
      }
    }),
    { numRuns: 500 },
  );
});

/** Tries every kind on every free day: can all duties that are met, and one drill more of this one, be met together? */
function anyWay(
  school: School,
  input: PlanInput,
  unmet: { rule: string; period: { from: string }; missing: number }[],
  duty: Duty,
  missing: number,
): boolean {
  const kinds = DRILL_KINDS.slice(0, 4);
  const wanted = input.duties
    .map((d) => {
      const given = unmet.find((u) => u.rule === d.rule && u.period.from === d.period.from)?.missing ?? 0;
      return {
        duty: d,
        count: Math.max(0, owed(input, d, school.today)) - given + (d === duty ? Math.min(1, missing) : 0),
      };
    })
    .filter(({ count }) => count > 0);
  const days = freeDays(input, school.today);
  expect(days.length).toBeLessThanOrEqual(7);
  const chosen: (DrillKind | null)[] = [];
  const met = () =>
    wanted.every(({ duty: d, count }) => {
      const fits = chosen.filter((kind, i) => {
        const date = days[i]?.date ?? '';
        return kind && isOf(school, d, { kind, date }) && date <= lastOf(input, d, school.today);
      });
      return fits.length >= count;
    });
  const tryAll = (): boolean => {
    if (chosen.length === days.length) return met();
    return [null, ...kinds].some((kind) => {
      chosen.push(kind);
      const found = tryAll();
      chosen.pop();
      return found;
    });
  };
  return tryAll();
}

test('weekends that work are the last to be used', () => {
  const { drills } = planTerm(inputOf(primary));
  expect(drills.every((d) => weekdayOf(d.date) <= 5)).toBe(true);
});
