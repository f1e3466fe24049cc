/**
 * The hundred alarm devices of the demo school, by zone: the simulated swarm is made from this list, and the alarm
 * service's roster is seeded from it. Numbers run per kind through the whole school.
 */
import type { DeviceEntry } from '@anyuan/contracts';

const zoneNames = {
  'gate-east': '东门',
  'gate-north': '北门',
  'gate-west': '西门',
  'building-a': '教学楼 A',
  'building-b': '教学楼 B',
  'main-building': '综合楼',
  canteen: '食堂',
  gym: '体育馆',
  playground: '操场',
} as const;
type Zone = keyof typeof zoneNames;

const floors = ['一楼', '二楼', '三楼', '四楼'];
const corridors = floors.flatMap((floor) => ['东', '中', '西'].map((side) => `${floor}${side}`));

/** Kind → zone → where in the zone. The order gives the numbers. */
const sirens: [Zone, readonly string[]][] = [
  ['building-a', corridors],
  ['building-b', corridors.slice(0, 11)],
  ['main-building', ['大厅', '二楼', '三楼', '四楼', '图书馆', '会议室', '档案室']],
  ['canteen', ['后厨', '大厅', '二楼', '卸货口']],
  ['gym', ['主馆', '看台', '更衣室', '器材室']],
  ['playground', ['主席台', '东侧', '西侧', '南侧', '北侧']],
  ['gate-east', ['', '岗亭']],
  ['gate-north', ['', '岗亭']],
  ['gate-west', ['']],
];

const lamps: [Zone, readonly string[]][] = [
  ['gate-east', ['', '岗亭']],
  ['gate-north', ['', '岗亭']],
  ['gate-west', ['']],
  ['building-a', [...floors, '东梯', '西梯']],
  ['building-b', [...floors, '东梯', '西梯']],
  ['main-building', floors],
  ['canteen', ['大厅', '后厨']],
  ['gym', ['主馆', '入口']],
  ['playground', ['东侧', '西侧']],
];

const displays: [Zone, readonly string[]][] = [
  ['gate-east', ['', '岗亭']],
  ['gate-north', ['']],
  ['canteen', ['大厅', '二楼', '入口']],
  ['gym', ['', '入口']],
  ['gate-west', ['']],
  ['building-a', [...floors, '大厅', '办公室']],
  ['building-b', [...floors, '大厅']],
  ['main-building', ['大厅', '三楼', '四楼', '图书馆', '会议室']],
];

function numbered(
  kind: 'siren' | 'lamp' | 'display',
  letter: string,
  word: string,
  places: [Zone, readonly string[]][],
): DeviceEntry[] {
  return places
    .flatMap(([zone, spots]) => spots.map((spot) => ({ zone, spot })))
    .map(({ zone, spot }, i) => {
      const number = `${letter}-${String(i + 1).padStart(2, '0')}`;
      // One space between a Latin letter and Hanzi: 教学楼 A 一楼东广播.
      const place = zoneNames[zone].replace(/(?<=[A-Z])$/, ' ') + spot;
      return {
        device: number.toLowerCase(),
        kind,
        name: `${place}${word} ${number}`,
        zone,
        zoneName: zoneNames[zone],
        answers: true,
      };
    });
}

export const demoDevices: readonly DeviceEntry[] = [
  ...numbered('siren', 'S', '广播', sirens),
  ...numbered('lamp', 'L', '警灯', lamps),
  ...numbered('display', 'D', '显示屏', displays),
];
