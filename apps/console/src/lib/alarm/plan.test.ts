import { describe, expect, it } from 'vitest';
import { incident } from '../../testing/fixtures.ts';
import { fitted, type Plan, type PlanInput, planOf, sideOf } from './plan.ts';

const NOW = Date.parse('2026-11-24T00:16:20.000Z');
const more = (n: number) => `还有 ${n} 台`;
const zone = (id: string, name: string, expected: number, reported = expected) => ({
  zone: id,
  name,
  expected,
  reported,
  slowestMs: 400,
});
const lacking = (zoneId: string, n: number): PlanInput['missing'] =>
  Array.from({ length: n }, (_, i) => ({
    device: `${zoneId}-${i}`,
    kind: 'siren',
    name: `很长名字的设备放在走廊尽头 ${i}`,
    zone: zoneId,
    zoneName: zoneId,
    asked: 1,
    online: 'online',
    fault: null,
  }));

interface Box {
  what: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Everything that may not lie on anything else: blocks with their tags, and labels as high as their line. */
const boxesOf = (plan: Plan): Box[] => [
  ...(plan.compass ? [{ what: 'compass', x: plan.compass.x - 8, y: plan.compass.y, width: 16, height: 44 }] : []),
  ...plan.blocks.flatMap((b) => [
    { what: b.zone, x: b.x, y: b.y - (b.origin ? 28 : 0), width: b.width, height: b.height + (b.origin ? 28 : 0) },
    ...b.labels.map((l) => ({ what: `${b.zone} label`, x: l.x, y: l.y - 14, width: widthOf(l.text), height: 18 })),
  ]),
];
const widthOf = (text: string) => [...text].reduce((w, c) => w + (c.charCodeAt(0) > 0x2e7f ? 15 : 8.7), 0);
const overlap = (a: Box, b: Box) =>
  a.x < b.x + b.width - 0.01 &&
  b.x < a.x + a.width - 0.01 &&
  a.y < b.y + b.height - 0.01 &&
  b.y < a.y + a.height - 0.01;

function expectTidy(plan: Plan) {
  const boxes = boxesOf(plan);
  for (const [i, a] of boxes.entries()) {
    expect(a.x, a.what).toBeGreaterThanOrEqual(0);
    expect(a.x + a.width, a.what).toBeLessThanOrEqual(plan.width + 0.01);
    expect(a.y, a.what).toBeGreaterThanOrEqual(0);
    expect(a.y + a.height, a.what).toBeLessThanOrEqual(plan.height + 0.01);
    for (const b of boxes.slice(i + 1)) expect(overlap(a, b), `${a.what} on ${b.what}`).toBe(false);
  }
  for (const block of plan.blocks)
    for (const s of block.squares) {
      expect(s.x).toBeGreaterThanOrEqual(block.x);
      expect(s.x + s.size).toBeLessThanOrEqual(block.x + block.width);
      expect(s.y + s.size).toBeLessThanOrEqual(block.y + block.height);
    }
}

const WIDTHS = [280, 358, 480, 619, 620, 752, 1100];
const campuses: Record<string, PlanInput> = {
  'the school of the fixtures': incident(NOW),
  'one zone': { zones: [zone('a', '教学楼', 3, 1)], missing: lacking('a', 2), place: { zone: 'a', name: '教学楼' } },
  'gates only': {
    zones: [zone('main-gate', '校门', 4, 3), zone('back-gate', '后门', 2)],
    missing: lacking('main-gate', 1),
    place: { zone: 'main-gate', name: '校门' },
  },
  'gates on every side, more than one of them': {
    zones: [
      ...['north', 'south', 'west', 'east'].flatMap((side) =>
        [1, 2, 3].map((n) => zone(`${side}-gate-${n}`, `${side} gate ${n}`, 9, 6)),
      ),
      zone('a', '教学楼', 40, 30),
    ],
    missing: ['north', 'south', 'west', 'east'].flatMap((side) =>
      [1, 2, 3].flatMap((n) => lacking(`${side}-gate-${n}`, 3)),
    ),
    place: { zone: 'west-gate-2', name: 'west' },
  },
  'thirty buildings, each with a long name and much missing': {
    zones: Array.from({ length: 30 }, (_, i) => zone(`b${i}`, `第${i}教学楼以及实验室综合大楼`, 5 + i * 9, i)),
    missing: Array.from({ length: 30 }, (_, i) => lacking(`b${i}`, 7)).flat(),
    place: { zone: 'b4', name: '四' },
  },
  'a place that is no zone': {
    zones: [zone('a', '教学楼', 3)],
    missing: [],
    place: { zone: 'office', name: '办公室' },
  },
};

describe('the plan by rule', () => {
  for (const [name, campus] of Object.entries(campuses))
    it(`lays nothing on anything else: ${name}`, () => {
      for (const width of WIDTHS) expectTidy(planOf(campus, width, more));
    });

  it('shows every zone once and a square a device, the missing last', () => {
    const campus = incident(NOW);
    const plan = planOf(campus, 752, more);
    expect(plan.blocks.map((b) => b.zone).sort()).toEqual(campus.zones.map((z) => z.zone).sort());
    for (const block of plan.blocks) {
      expect(block.squares).toHaveLength(block.expected);
      expect(block.squares.map((s) => s.missing)).toEqual(block.squares.map((_, i) => i >= block.reported));
    }
  });

  it('names the missing without repeating the zone, and says how many it could not name', () => {
    const plan = planOf(incident(NOW), 752, more);
    expect(plan.blocks.flatMap((b) => b.labels.map((l) => l.text)).sort()).toEqual(
      ['后厨广播 S-31', '显示屏 D-07', '警灯 L-03'].sort(),
    );
    const crowded = planOf({ ...incident(NOW), missing: lacking('gym', 6) }, 752, more);
    expect(crowded.blocks.find((b) => b.zone === 'gym')?.labels[1]?.text).toBe('还有 5 台');
  });

  it('marks the place of the incident, and none when it is no zone of the school', () => {
    expect(
      planOf(incident(NOW), 752, more)
        .blocks.filter((b) => b.origin)
        .map((b) => b.zone),
    ).toEqual(['north-gate']);
    const nowhere = campuses['a place that is no zone'];
    expect(nowhere && planOf(nowhere, 752, more).blocks.some((b) => b.origin)).toBe(false);
  });

  it('draws a share instead of squares that could not be told apart', () => {
    const plan = planOf(
      { zones: [zone('a', '楼', 900, 450)], missing: [], place: { zone: 'x', name: 'x' } },
      752,
      more,
    );
    expect(plan.blocks[0]).toMatchObject({ squares: [], bar: { share: 0.5 } });
  });

  it('puts gates on the wall of their side and says where north is only if a gate does', () => {
    expect(sideOf({ zone: 'z', name: '北门' })).toEqual({ side: 'north', named: true });
    expect(sideOf({ zone: 'east-gate', name: 'Tor' })).toEqual({ side: 'east', named: true });
    expect(sideOf({ zone: 'main', name: '大门' })).toEqual({ side: 'south', named: false });
    expect(sideOf({ zone: 'canteen', name: '食堂' })).toBeNull();
    expect(sideOf({ zone: 'north-building', name: '北楼' })).toBeNull();
    const plain = campuses['one zone'];
    expect(plain && planOf(plain, 752, more).compass).toBeNull();
    expect(planOf(incident(NOW), 752, more).compass).not.toBeNull();
  });
});

it('cuts a label that is too long, whole signs only', () => {
  expect(fitted('警灯', 200)).toBe('警灯');
  expect(fitted('食堂后厨广播', 60)).toBe('食堂后…');
  expect(fitted('𠮷𠮷𠮷𠮷𠮷', 50)).toBe('𠮷𠮷…');
});
