import { catalogues } from '@anyuan/ui/text';
import { describe, expect, it } from 'vitest';
import { addDays, cellWords, gapWords, type MatrixRow, mondayOf, narrowed, rowsOf } from './cells.ts';

const words = catalogues.zh.training;
const cell = (state: 'ok' | 'expiring' | 'expired' | 'missing', due: string | null = null) => ({
  state,
  due,
  evidence: null,
  on: null,
  within: null,
  seconds: null,
});
const row = (name: string, gaps: number): MatrixRow => ({
  person: { id: name, name, roles: ['guard'] },
  gaps,
  cells: [],
});

describe('a cell of the matrix', () => {
  it('says how many days are left, or over', () => {
    expect(cellWords(null, '2026-11-23', words)).toBe('不需要');
    expect(cellWords(cell('ok'), '2026-11-23', words)).toBe('有效');
    expect(cellWords(cell('ok', '2028-03-31'), '2026-11-23', words)).toBe('至 2028-03');
    expect(cellWords(cell('missing'), '2026-11-23', words)).toBe('缺');
    expect(cellWords(cell('expiring', '2026-12-01'), '2026-11-23', words)).toBe('还剩 8 天');
    expect(cellWords(cell('expiring', '2026-11-23'), '2026-11-23', words)).toBe('今天到期');
    expect(cellWords(cell('expired', '2026-11-20'), '2026-11-23', words)).toBe('过期 3 天');
  });

  it('says why somebody may not go on duty', () => {
    const gap = { requirement: 'guard-certificate', title: { zh: '保安员证', en: 'Guard certificate' } };
    expect(gapWords({ ...gap, state: 'expired', due: '2026-11-20' }, '2026-11-23', words)).toBe('过期 3 天');
    expect(gapWords({ ...gap, state: 'missing', due: null }, '2026-11-23', words)).toBe('缺');
  });

  it('finds people by name and by gaps', () => {
    const rows = [row('马超', 2), row('马英', 0), row('何静', 1)];
    const names = (found: MatrixRow[]) => found.map((r) => r.person.name);
    expect(names(rowsOf(rows, 'all', ' 马 '))).toEqual(['马超', '马英']);
    expect(names(rowsOf(rows, 'gaps', ''))).toEqual(['马超', '何静']);
  });

  it('knows the Monday of a week', () => {
    expect(mondayOf('2026-11-23')).toBe('2026-11-23');
    expect(mondayOf('2026-11-29')).toBe('2026-11-23');
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
  });

  it('keeps of a post its people and what is asked of them, and counts their gaps alone', () => {
    const need = (id: string) => ({
      id,
      title: { zh: id, en: id },
      roles: [],
      need: { kind: 'vetting' as const, months: null },
      source: { zh: '', en: '' },
      forDuty: false,
      own: false,
      gaps: 2,
    });
    const guard = { ...row('马超', 1), cells: [cell('missing'), null] };
    const teacher: MatrixRow = {
      person: { id: 't', name: '何静', roles: ['teacher'] },
      gaps: 1,
      cells: [cell('missing'), cell('ok')],
    };
    const matrix = { today: '2026-11-23', requirements: [need('a'), need('b')], rows: [guard, teacher] };
    expect(narrowed(matrix, null).rows).toEqual(matrix.rows);
    const guards = narrowed(matrix, 'guard');
    expect(guards.rows).toEqual([{ ...guard, cells: [cell('missing')] }]);
    expect(guards.requirements).toMatchObject([{ id: 'a', gaps: 1 }]);
  });
});
