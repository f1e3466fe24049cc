import { DeviceEntry } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import { demoDevices } from './demo-devices.ts';

test('a hundred devices, each with a name of its own', () => {
  expect(demoDevices).toHaveLength(100);
  expect(new Set(demoDevices.map((d) => d.device)).size).toBe(100);
  expect(new Set(demoDevices.map((d) => d.name)).size).toBe(100);
  for (const entry of demoDevices) expect(DeviceEntry.parse(entry)).toEqual(entry);
});

test('as many in each zone as the site plan shows', () => {
  const zones = Map.groupBy(demoDevices, (d) => d.zoneName);
  expect(Object.fromEntries([...zones].map(([zone, list]) => [zone, list.length]))).toEqual({
    '教学楼 A': 24,
    '教学楼 B': 22,
    综合楼: 16,
    食堂: 9,
    体育馆: 8,
    操场: 7,
    东门: 6,
    北门: 5,
    西门: 3,
  });
});

test('the devices that the plan names', () => {
  const names = demoDevices.map((d) => d.name);
  expect(names).toEqual(
    expect.arrayContaining(['北门警灯 L-03', '食堂后厨广播 S-31', '体育馆显示屏 D-07', '教学楼 A 一楼东广播 S-01']),
  );
});
