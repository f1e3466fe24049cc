import type { Need, Requirement, StaffRole } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import { addDays } from './dates.ts';
import { type Evidence, gapsOf, matrixOf } from './matrix.ts';
import { REQUIREMENTS } from './requirements.ts';

const TODAY = '2026-11-23';
const need = (id: string, roles: StaffRole[], what: Need): Requirement => ({
  id,
  title: { zh: id, en: id },
  roles,
  need: what,
  source: { zh: '通知', en: 'notices' },
  forDuty: true,
});
const certificate = need('certificate', ['guard'], { kind: 'certificate', what: 'guardCertificate' });
const fact = (given: Partial<Evidence> = {}): Evidence => ({
  id: 'e-1',
  person: 's-wang',
  kind: 'certificate',
  what: 'guardCertificate',
  on: '2024-01-01',
  until: null,
  seconds: null,
  ...given,
});
const guard = { id: 's-wang', roles: ['guard'] as StaffRole[] };
const cellOf = (requirement: Requirement, evidence: Evidence[], today = TODAY) =>
  matrixOf([guard], [requirement], evidence, today).rows[0]?.cells[0];

test.each([
  [91, 'ok', null],
  [90, 'expiring', 90],
  [31, 'expiring', 90],
  [30, 'expiring', 30],
  [8, 'expiring', 30],
  [7, 'expiring', 7],
  [0, 'expiring', 7],
  [-1, 'expired', null],
])('a certificate whose last day is in %i days is %s', (days, state, within) => {
  const until = addDays(TODAY, days);
  expect(cellOf(certificate, [fact({ until })])).toMatchObject({ state, within, due: until });
});

test('without an end it holds for ever; without any it is missing; for another role it is not needed', () => {
  expect(cellOf(certificate, [fact()])).toMatchObject({ state: 'ok', due: null });
  expect(cellOf(certificate, [])).toMatchObject({ state: 'missing', evidence: null });
  expect(cellOf(need('cook', ['cook'], certificate.need), [fact()])).toMatchObject({ state: 'notNeeded' });
});

test("somebody else's certificate, or one of another kind, proves nothing", () => {
  expect(cellOf(certificate, [fact({ person: 's-li' })])).toMatchObject({ state: 'missing' });
  expect(cellOf(certificate, [fact({ what: 'driver' })])).toMatchObject({ state: 'missing' });
});

test('of several the one that lasts longest decides', () => {
  const cell = cellOf(certificate, [
    fact({ id: 'old', until: '2026-12-01' }),
    fact({ id: 'new', until: '2029-12-01' }),
    fact({ id: 'older', until: '2025-12-01' }),
  ]);
  expect(cell).toMatchObject({ state: 'ok', evidence: { id: 'new' } });
});

test('a course is due again after its months, a skill too; without a period once is enough', () => {
  const course = (months: number | null) => need('c', ['guard'], { kind: 'course', what: 'guard-regular', months });
  const attended = fact({ kind: 'course', what: 'guard-regular', on: '2026-05-23' });
  expect(cellOf(course(6), [attended])).toMatchObject({ state: 'expiring', due: TODAY, within: 7 });
  expect(cellOf(course(6), [attended], '2026-11-24')).toMatchObject({ state: 'expired' });
  expect(cellOf(course(null), [attended], '2040-01-01')).toMatchObject({ state: 'ok', due: null });
  const fork = need('f', ['guard'], { kind: 'skill', what: 'fork', months: 6 });
  const cell = cellOf(fork, [fact({ kind: 'skill', what: 'fork', on: '2026-11-01', seconds: 12.5 })]);
  expect(cell).toMatchObject({ state: 'ok', due: '2027-05-01', evidence: { seconds: 12.5 } });
});

test('what is dated later proves nothing today', () => {
  expect(cellOf(certificate, [fact({ on: '2026-11-24' })])).toMatchObject({ state: 'missing' });
});

test('gaps are counted by person and by requirement, and named', () => {
  const vetting = need('vetting', ['guard', 'cook'], { kind: 'vetting', months: 12 });
  const people = [guard, { id: 's-cook', roles: ['cook'] as StaffRole[] }];
  const { rows, gaps } = matrixOf(people, [certificate, vetting], [fact({ until: '2026-11-22' })], TODAY);
  expect(rows.map((row) => row.gaps)).toEqual([2, 1]);
  expect(gaps).toEqual([1, 2]);
  expect(gapsOf([certificate, vetting], rows[0]?.cells ?? [])).toMatchObject([
    { requirement: 'certificate', state: 'expired', due: '2026-11-22' },
    { requirement: 'vetting', state: 'missing', due: null },
  ]);
});

test('built-in requirements have ids of their own, a source, and keep a guard from duty by certificate and vetting only', () => {
  expect(new Set(REQUIREMENTS.map(({ id }) => id)).size).toBe(REQUIREMENTS.length);
  for (const { source, roles } of REQUIREMENTS) {
    // Words for people, in the language of each: no row of a document, no Chinese in the English.
    for (const words of [source.zh, source.en]) expect(words).not.toMatch(/[A-H]\d/);
    expect(source.zh).toMatch(/\p{Script=Han}/u);
    expect(source.en).not.toMatch(/\p{Script=Han}/u);
    expect(roles.length).toBeGreaterThan(0);
  }
  expect(REQUIREMENTS.filter(({ forDuty }) => forDuty).map(({ id }) => id)).toEqual([
    'guard-certificate',
    'guard-vetting',
  ]);
});
