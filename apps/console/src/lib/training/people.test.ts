import type { StaffMember } from '@anyuan/contracts';
import { describe, expect, it } from 'vitest';
import { found, isCardNumber, isPhone, isToken, practices } from './people.ts';

const person = (id: string, name: string, roles: StaffMember['roles']): StaffMember => ({
  id,
  name,
  roles,
  phone: null,
  hasCard: false,
  employedFrom: null,
  leftOn: null,
});

describe('finding a person', () => {
  const all = [person('s-ma', '马超', ['guard']), person('s-he', '何静', ['teacher', 'headTeacher'])];
  const names = (search: string, role: Parameters<typeof found>[2] = null) =>
    found(all, search, role).map((p) => p.name);

  it('goes by name, by staff number, and by post', () => {
    expect(names(' 马 ')).toEqual(['马超']);
    expect(names('S-HE')).toEqual(['何静']);
    expect(names('', 'headTeacher')).toEqual(['何静']);
    expect(names('马', 'headTeacher')).toEqual([]);
  });
});

describe('what was practised in drills', () => {
  it('names every skill, with the newest and the fastest time', () => {
    const of = (skill: 'pressed' | 'led', seconds: number | null, at: string) => ({
      id: at,
      drill: 'd',
      skill,
      seconds,
      at,
    });
    const done = [
      of('pressed', 9, '2026-03-01'),
      of('pressed', 4, '2026-05-01'),
      of('pressed', 6, '2026-09-01'),
      of('led', null, '2026-09-01'),
    ];
    expect(practices(done).map(({ skill, times, last, fastest }) => [skill, times, last?.at ?? null, fastest])).toEqual(
      [
        ['pressed', 3, '2026-09-01', 4],
        ['led', 1, '2026-09-01', null],
        ['counted', 0, null, null],
        ['fork', 0, null, null],
      ],
    );
  });
});

describe('what a person types', () => {
  it('is what the service takes', () => {
    expect(['s-liu', 'A1', '-x', '刘', ''].map(isToken)).toEqual([true, true, false, false, false]);
    expect(['00a1B2c3d4', '12345', '00a1B2c3dg'].map(isCardNumber)).toEqual([true, false, false]);
    expect(['138 0013-8000', '+8613800138000', '12', 'x'].map(isPhone)).toEqual([true, true, false, false]);
  });
});
