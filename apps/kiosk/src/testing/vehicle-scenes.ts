/** Permits at the reader, and vehicles, as short stories. */
import { agreed, cutOff, presented } from './data.ts';
import type { Scene } from './scenes.ts';
import { board, permitTap } from './vehicles.ts';

const LONG = '阿卜杜热合曼·买买提艾力·玉素甫';

export const vehicleScenes: Record<string, Scene> = {
  'permit-in': { events: [permitTap()] },
  'permit-out': { events: [permitTap({ result: 'out' })] },
  'permit-again': { events: [permitTap({ result: 'again' })] },
  'permit-suspended': {
    events: [
      permitTap({
        ...{ result: 'refused', refusal: 'suspended' },
        permit: { ...permitTap().permit, suspendedWhy: '离职，卡未交回' } as ReturnType<typeof permitTap>['permit'],
      }),
    ],
  },
  'permit-hours': { events: [permitTap({ result: 'refused', refusal: 'wrongHours' })] },
  'permit-offline': {
    status: cutOff(),
    events: [
      permitTap({
        ...{ offline: true, byEye: true, asOf: '2026-11-21T23:58:00.000Z' },
        permit: { ...permitTap().permit, name: LONG } as ReturnType<typeof permitTap>['permit'],
      }),
    ],
  },
  'permit-en': { language: 'en', events: [permitTap({ result: 'refused', refusal: 'otherGate' })] },
  vehicles: { touch: ['车辆登记'] },
  'vehicles-typed': { touch: ['车辆登记', '8', '3'] },
  'vehicles-wrong': { touch: ['车辆登记', '1', '2', '3', '字母', 'A', 'B', 'Z', 'Z', 'Z'] },
  'vehicles-province': { touch: ['车辆登记', '其他省'] },
  'vehicles-ends': { touch: ['车辆登记', '1', '2', '3', '4', '警学挂'] },
  'vehicles-own': { touch: ['车辆登记', '8', '3', '6', '校车 1 号'] },
  'vehicles-out': { touch: ['车辆登记', '刘芳'] },
  'vehicles-suspended': { touch: ['车辆登记', '8', '3', '青禾粮油'] },
  'vehicles-unknown': { touch: ['车辆登记', '1', '2', '3', '4', '5', '没有登记过的车'] },
  'vehicles-delivery': { touch: ['车辆登记', '1', '2', '3', '4', '5', '没有登记过的车', '青禾乳业'] },
  'vehicles-turn': { touch: ['车辆登记', '1', '2', '3', '4', '5', '没有登记过的车', '不放行'] },
  'vehicles-inside': { touch: ['车辆登记', '校内车辆'] },
  'vehicles-empty': {
    touch: ['车辆登记', '校内车辆'],
    answers: {
      vehicles: {
        board: async () => ({ ...board(), inside: [], regions: [] }),
        find: async () => ({ matches: [], exact: null }),
        log: async () => Promise.reject(new Error('none')),
      },
    },
  },
  'vehicles-logged': { touch: ['车辆登记', '刘芳', '出校'] },
  'vehicles-admitted': {
    events: [{ type: 'presented', presented: presented() }],
    touch: ['无违禁品', '放行', '车辆', '1', '2', '3', '4', '5', '没有登记过的车'],
    answers: agreed,
  },
  'vehicles-en': { language: 'en', touch: ['Vehicles', '8', '3', '校车 1 号'] },
};
