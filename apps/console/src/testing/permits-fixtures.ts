/** Invented permits, vehicles inside, deliveries and a day's log. */
import {
  type GoodsDeliveryView,
  type PermitView,
  type StrangeTap,
  schoolDate,
  type VehicleInside,
  type VehiclePassView,
} from '@anyuan/contracts';
import { idOf } from './drills-fixtures.ts';

export interface PermitsScene {
  permits: PermitView[];
  strange: StrangeTap[];
  inside: VehicleInside[];
  passes: VehiclePassView[];
  deliveries: GoodsDeliveryView[];
}
export const noPermits: PermitsScene = { permits: [], strange: [], inside: [], passes: [], deliveries: [] };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const zhou = { id: 's-zhou', name: '周敏' };
const guard = { id: 's-wang', name: '王建国' };

export function permitsScene(now: number): PermitsScene {
  const ago = (ms: number) => new Date(now - ms).toISOString();
  const base = {
    ...{
      validFrom: '2026-09-01',
      validTo: schoolDate(now + 200 * DAY),
      days: [1, 2, 3, 4, 5],
      from: '06:30',
      to: '18:30',
    },
    ...{ gates: [], suspended: null, state: 'valid' as const, last: null, changedAt: ago(40 * DAY), changedBy: zhou },
  } as const;
  const permit = (n: number, name: string, more: Partial<PermitView>): PermitView => ({
    ...{ ...base, days: [...base.days], gates: [], permit: idOf(n), kind: 'staff', name, firm: '' },
    ...{ cardLast4: null, plates: [] },
    ...more,
  });
  const pass = (n: number, hours: number, plate: string, more: Partial<VehiclePassView>): VehiclePassView => ({
    ...{ pass: idOf(n), plate, outcome: 'in', kind: 'own', label: null, doubt: null, reason: null, gap: null },
    ...{ gate: 'east', guard, at: ago(hours * HOUR), offline: false },
    ...more,
  });
  return {
    permits: [
      permit(970, '刘芳', {
        cardLast4: '0121',
        plates: ['京AD08321'],
        last: { outcome: 'in', gate: 'east', at: ago(2 * HOUR) },
      }),
      permit(971, '校车 1 号', { kind: 'school', plates: ['京A83615'] }),
      permit(972, '赵铁军', {
        kind: 'contractor',
        firm: '青禾保洁服务有限公司',
        cardLast4: '0131',
        validTo: schoolDate(now + 7 * DAY),
      }),
      permit(973, '孙大勇', {
        ...{ kind: 'contractor', firm: '安泰电梯维保', cardLast4: '0132', state: 'suspended' },
        suspended: { at: ago(3 * HOUR), reason: '离职，卡未交回' },
      }),
      permit(974, '青禾粮油', {
        kind: 'supplier',
        firm: '青禾粮油公司',
        plates: ['冀R83X52'],
        state: 'expired',
        validTo: schoolDate(now - 3 * DAY),
      }),
    ],
    strange: [{ tap: idOf(979), gate: 'east', at: ago(20_000), cardLast4: '7731' }],
    inside: [
      {
        pass: idOf(980),
        plate: '冀R7719挂',
        kind: 'delivery',
        label: '青禾食品配送中心',
        gate: 'east',
        since: ago(20 * HOUR),
      },
      { pass: idOf(981), plate: '京AD08321', kind: 'own', label: '刘芳', gate: 'east', since: ago(2 * HOUR) },
    ],
    passes: [
      pass(981, 2, '京AD08321', { label: '刘芳' }),
      pass(982, 3, '京N5K218', { outcome: 'out', kind: 'other', gap: 'noEntry', offline: true }),
      pass(983, 4, '冀R83X52', { outcome: 'refused', label: '青禾粮油', doubt: 'expired', reason: 'permitNotValid' }),
    ],
    deliveries: [
      {
        ...{ delivery: idOf(990), supplier: '青禾乳业', goods: '学生奶', plate: '京B66218' },
        ...{ date: schoolDate(now), from: '10:00', to: '11:00', cameAt: null },
      },
      {
        ...{ delivery: idOf(991), supplier: '文昌教材配送', goods: '', plate: null },
        ...{ date: schoolDate(now), from: '08:00', to: '09:00', cameAt: ago(3 * HOUR) },
      },
    ],
  };
}
