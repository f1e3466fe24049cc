/** Invented vehicles, permits and what the agent answers about them. */
import { type KioskEvent, normalPlate, type VehicleFound } from '@anyuan/contracts';
import type { VehicleBoard, VehicleClient } from '../lib/vehicles.ts';
import { at, id, NOW } from './data.ts';

const HOUR = 3_600_000;
const found = (plate: string, more: Partial<VehicleFound> = {}): VehicleFound => ({
  ...{ plate, by: { as: 'other' }, kind: 'other', permitKind: null, label: null, firm: null },
  ...{ doubt: 'unknown', detail: null, inside: null },
  ...more,
});
const permit = (of: string) => ({ by: { as: 'own', permit: of }, kind: 'own', doubt: null }) as const;
const bus = '0199e1a4-5e10-7000-8000-000000000701';
export const known: VehicleFound[] = [
  found('京A83615', { ...permit(bus), permitKind: 'school', label: '校车 1 号', firm: '', detail: '06:30–18:00' }),
  found('京AD08321', {
    ...{ ...permit(bus), permitKind: 'staff', label: '刘芳', firm: '', detail: '06:30–18:00' },
    inside: { since: at(2 * HOUR), gate: 'main' },
  }),
  found('冀R83X52', {
    ...{ ...permit(bus), permitKind: 'supplier', label: '青禾粮油', firm: '青禾粮油公司' },
    ...{ doubt: 'suspended', detail: '合同到期，等新合同' },
  }),
];
export const board = (): VehicleBoard => ({
  regions: ['京A', '冀R'],
  inside: [
    { pass: id(), plate: '京AD08321', kind: 'own', label: '刘芳', gate: 'main', since: at(2 * HOUR) },
    { pass: id(), plate: '京N5K218', kind: 'visitor', label: '张伟明', gate: 'west', since: at(HOUR) },
    { pass: id(), plate: '冀R7719挂', kind: 'delivery', label: '青禾食品配送中心', gate: 'main', since: at(20 * HOUR) },
  ],
  expected: [
    {
      ...{ delivery: id(), supplier: '青禾乳业', goods: '学生奶', plate: null, date: '2026-11-23' },
      ...{ from: '10:00', to: '11:00', doubt: 'early' },
    },
    {
      ...{ delivery: id(), supplier: '文昌教材配送', goods: '练习册', plate: null, date: '2026-11-23' },
      ...{ from: '08:00', to: '09:00', doubt: null },
    },
  ],
});

export function scriptedVehicles(
  asked: (call: keyof VehicleClient, input: unknown) => void,
  answers: () => Partial<VehicleClient> | undefined,
): VehicleClient {
  return {
    board: () => {
      asked('board', undefined);
      return answers()?.board?.() ?? Promise.resolve(board());
    },
    find: async (typed) => {
      asked('find', typed);
      const rest = normalPlate(typed).slice(2);
      const matches = rest.length < 2 ? known.slice(1, 2) : known.filter(({ plate }) => plate.slice(2).includes(rest));
      const exact =
        /^京A[0-9A-Z]{5}$/.test(typed) && !matches.some(({ plate }) => plate === typed) ? found(typed) : null;
      return { matches, exact };
    },
    log: async (input) => {
      asked('log', input);
      return { id: id(), synced: true };
    },
  };
}

type PermitEvent = Extract<KioskEvent, { type: 'permit' }>;
export const permitTap = (more: Partial<PermitEvent> = {}): PermitEvent => ({
  ...{ type: 'permit', at: at(0), result: 'in', refusal: null, byEye: false, offline: false, asOf: at(4_000, NOW) },
  permit: {
    ...{ permit: bus, kind: 'contractor', name: '赵铁军', firm: '青禾保洁服务有限公司' },
    ...{ validTo: '2027-01-31', from: '06:30', to: '18:00', suspendedWhy: null },
  },
  ...more,
});
