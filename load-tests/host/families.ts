/** A school of many cards: each adult has one card and one child; every fiftieth card was reported lost. */
import type { ImportedSchool } from '@anyuan/pickup';

export interface LoadCard {
  number: string;
  guardian: string;
  lost: boolean;
}

const LOST_EVERY = 50;

export const makeCards = (count: number): LoadCard[] =>
  Array.from({ length: count }, (_, i) => ({
    number: (0x1a00000000 + i * 7919).toString(16).toUpperCase().padStart(10, '0'),
    guardian: `guardian-${i}`,
    lost: i % LOST_EVERY === LOST_EVERY - 1,
  }));

export function familiesOf(cards: readonly LoadCard[]): ImportedSchool {
  const child = (i: number) => `child-${i}`;
  return {
    children: cards.map((_, i) => ({
      id: child(i),
      name: `学生${i}`,
      className: `${(i % 6) + 1}（${(i % 20) + 1}）班`,
      teacher: { id: `teacher-${i % 120}`, name: `教师${i % 120}` },
    })),
    guardians: cards.map(({ guardian }, i) => ({ id: guardian, name: `家长${i}`, relation: '母亲', sex: 'female' })),
    cards: cards.map(({ number, guardian, lost }, i) => ({
      ...{ number, guardian, last4: String(i % 10_000).padStart(4, '0') },
      ...(lost
        ? { status: 'lost' as const, lostAt: new Date(0).toISOString(), lostBy: '家长' }
        : { status: 'active' as const }),
    })),
    rules: cards.map(({ guardian }, i) => ({
      ...{ guardian, child: child(i), days: [1, 2, 3, 4, 5, 6, 7], from: '00:00', to: '23:59' },
    })),
    bars: [],
  };
}
