import type { VisitView } from '@anyuan/contracts';
import type { IdDocument } from '@anyuan/devices';
import { expect, test } from 'vitest';
import { Desk, type DeskDeps } from './desk.ts';

const NOW = Date.parse('2026-11-23T00:12:30.000Z');
const document = { kind: 'resident', name: '张伟明', sex: 'male', idNumber: '11010519491231002X' } as IdDocument;
const typed = { name: '张伟明', idNumber: '11010519491231002X', sex: 'male' } as const;

function desk(admittedAt: number, gate = 'main') {
  const inside = { gate, number: 'E1123-007', admittedAt: new Date(admittedAt).toISOString() } as VisitView;
  const roll = { find: (name: string, last4: string) => (name === '张伟明' && last4 === '002X' ? inside : undefined) };
  return new Desk({ gate: 'main', clock: { now: () => NOW }, roll } as unknown as DeskDeps);
}

test('whoever was let in here after his card was laid down is known to be inside; whoever was inside before may be registered anew', () => {
  const said = (admittedAt: number, gate?: string) => {
    const at = desk(admittedAt, gate);
    return at.justAdmitted({ presented: at.present(document).id })?.number ?? null;
  };
  expect(said(NOW + 5_000)).toBe('E1123-007');
  expect(said(NOW - 5_000)).toBeNull();
  expect(said(NOW + 5_000, 'east')).toBeNull();
});

test('of somebody who was typed a minute is just now; without a number he is nobody', () => {
  expect(desk(NOW - 50_000).justAdmitted({ typed })?.number).toBe('E1123-007');
  expect(desk(NOW - 70_000).justAdmitted({ typed })).toBeNull();
  expect(desk(NOW).justAdmitted({ typed: { name: '张伟明', phone: '13812345678', sex: 'male' } })).toBeNull();
});
