import fc from 'fast-check';
import { expect, test } from 'vitest';
import { classCounts, type Mark, type Report, type Roll, resultOf } from './roll-count.ts';

const liu = { id: 's-liu', name: '刘芳' };
const start = Date.parse('2026-11-24T02:00:00.000Z');
const classes = ['c1', 'c2'].map((id) => ({ class: id, name: id, teacher: liu, place: '操场东侧' }));
const pupils = [1, 2, 3, 4].map((n) => ({ pupil: `p${n}`, class: n < 3 ? 'c1' : 'c2', number: n, name: `学生${n}` }));
let serial = 0;
const mark = (pupil: string, state: Mark['state'], second: number, id = `m${serial++}`): Mark => ({
  ...{ id, pupil, state, by: liu, note: '' },
  at: start + second * 1_000,
});
const report = (id: string, second: number): Report => ({ class: id, at: start + second * 1_000, by: liu });
const roll = (marks: Mark[], reports: Report[] = []): Roll => ({ startedAt: start, classes, pupils, marks, reports });

test('nobody is present who was not marked', () => {
  const counts = classCounts(roll([]));
  expect(counts.map((c) => [c.pupils, c.present, c.missing, c.elsewhere, c.seconds])).toEqual([
    [2, 0, 0, 0, null],
    [2, 0, 0, 0, null],
  ]);
  expect(resultOf(counts, 120)).toMatchObject({ wholeSeconds: null, met: null, expected: 4, unmarked: 4 });
});

test('a pupil counts once, by the latest mark', () => {
  const [c1] = classCounts(roll([mark('p1', 'missing', 30), mark('p1', 'present', 70), mark('p1', 'missing', 20)]));
  expect(c1).toMatchObject({ present: 1, missing: 0 });
});

test('a class has its time by the first report after which nobody of it was unmarked', () => {
  const marks = [mark('p1', 'present', 40), mark('p2', 'elsewhere', 65), mark('p2', 'present', 100)];
  const reports = [report('c1', 50), report('c1', 80), report('c1', 120)];
  const [c1] = classCounts(roll(marks, reports));
  expect(c1).toMatchObject({ seconds: 80, reportedAt: '2026-11-24T02:00:50.000Z', reportedBy: '刘芳' });
});

test('the school is out when the last class is; the target is met or not', () => {
  const marks = pupils.map((p, i) => mark(p.pupil, 'present', 30 + i));
  const counts = classCounts(roll(marks, [report('c1', 60), report('c2', 97)]));
  expect(resultOf(counts, 120)).toMatchObject({ wholeSeconds: 97, met: true, present: 4, unmarked: 0 });
  expect(resultOf(counts, 90)).toMatchObject({ met: false });
  expect(resultOf(classCounts(roll(marks, [report('c1', 60)])), 120)).toMatchObject({ wholeSeconds: null, met: null });
});

test('in any order and however often they come, the same marks give the same counts', () => {
  const marks = fc.array(
    fc.record({
      pupil: fc.constantFrom('p1', 'p2', 'p3', 'p4'),
      state: fc.constantFrom('present', 'missing', 'elsewhere'),
      second: fc.integer({ min: 0, max: 200 }),
    }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(marks, fc.array(fc.nat()), (given, order) => {
      const all = given.map((m, i) =>
        mark(m.pupil, m.state as Mark['state'], m.second, `m${String(i).padStart(3, '0')}`),
      );
      const shuffled = all
        .map((m, i) => ({ m, key: order[i % Math.max(1, order.length)] ?? i }))
        .sort((a, b) => a.key - b.key)
        .map(({ m }) => m);
      const reports = [report('c1', 100), report('c2', 150)];
      const counts = classCounts(roll(all, reports));
      expect(classCounts(roll([...shuffled, ...all], reports))).toEqual(counts);
      const { present, missing, elsewhere, unmarked, expected } = resultOf(counts, 120);
      expect(present + missing + elsewhere + unmarked).toBe(expected);
    }),
  );
});
