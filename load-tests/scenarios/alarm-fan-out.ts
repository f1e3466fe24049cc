/**
 * One press, and every device of the school reports: how long to the last of them, in the product and, press by press in
 * turn, on a bare nats-server with the same devices. Started by `run.ts`, which brings both.
 */
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import { Counter, Trend } from 'k6/metrics';
import type { Options } from 'k6/options';
import { Device } from '../lib/device.ts';
import { Link, now, sleep } from '../lib/link.ts';
import { Observer, rollCall } from '../lib/observer.ts';
import type { AlarmPlan, PlannedDevice } from '../lib/plan.ts';
import { openFloor, openProduct, type Side } from '../lib/sides.ts';
import { alarmFanOut } from '../thresholds.ts';

const plan = JSON.parse(open(__ENV.PLAN ?? '')) as AlarmPlan;
const devicesFile = __ENV.DEVICES ?? '';
const roster = new SharedArray<PlannedDevice>('devices', () => JSON.parse(open(devicesFile)));

const PATIENCE_MS = 15_000;
const GATHER_MS = 180_000;
const REST_MS = 2_000;

const trends = {
  product: {
    last: new Trend('product_press_to_last_ms'),
    each: new Trend('product_press_to_each_ms'),
    answer: new Trend('product_press_answered_ms'),
    lost: new Counter('product_lost'),
    doubled: new Counter('product_doubled'),
  },
  floor: {
    last: new Trend('floor_press_to_last_ms'),
    each: new Trend('floor_press_to_each_ms'),
    answer: new Trend('floor_press_answered_ms'),
    lost: new Counter('floor_lost'),
    doubled: new Counter('floor_doubled'),
  },
};
const failed = new Counter('presses_failed');

const once = { executor: 'per-vu-iterations', iterations: 1, maxDuration: '60m', gracefulStop: '5s' } as const;
export const options: Options = {
  scenarios: {
    devices: { ...once, vus: plan.vus, exec: 'devices' },
    button: { ...once, vus: 1, exec: 'button' },
  },
  thresholds: alarmFanOut.thresholds(plan.devices),
  summaryTrendStats: ['count', 'min', 'p(50)', 'p(99)', 'max'],
};

/** A VU's share of the devices, twice: at the school and on the floor. They live until the button says stop. */
export async function devices(): Promise<void> {
  const share = exec.scenario.iterationInTest;
  const mine: Device[] = [];
  let stop = () => {};
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  const onStop = { topics: [plan.topics.stop], onMessage: () => stop() };
  const control = new Link({ url: plan.floorUrl, name: `control-${share}`, password: 'none', ...onStop });
  await control.ready;
  for (let i = share; i < plan.devices; i += plan.vus) {
    const { name, password, topics } = roster[i] as PlannedDevice;
    for (const url of [plan.deviceUrl, plan.floorUrl]) {
      const device = new Device(url, name, password, topics);
      mine.push(device);
      await device.ready;
    }
  }
  await stopped;
  for (const device of mine) device.close();
  control.close();
}

export async function button(): Promise<void> {
  const { anyHealth, anyReported } = plan.topics;
  const rolls = [
    await rollCall(plan.observers.productRoll, anyHealth),
    await rollCall(plan.observers.floorRoll, anyHealth),
  ];
  const floor = await openFloor(plan);
  try {
    for (const everybody of rolls) await everybody(plan.devices, GATHER_MS);
    const product = await openProduct(plan);
    const { product: hearsProduct, floor: hearsFloor } = plan.observers;
    const observers = {
      product: await Observer.open(hearsProduct, anyReported),
      floor: await Observer.open(hearsFloor, anyReported),
    };
    for (let i = 0; i < plan.warmUps + plan.presses; i++)
      for (const side of i % 2 === 0 ? [floor, product] : [product, floor])
        await round(side, observers[side.name], i - plan.warmUps);
    for (const side of ['product', 'floor'] as const) {
      trends[side].doubled.add(observers[side].repeats);
      observers[side].close();
    }
  } catch (error) {
    failed.add(1);
    throw error;
  } finally {
    floor.close();
  }
}

/** @param count below 0: a warm-up, which must lose nothing either but whose time is not kept */
async function round(side: Side, observer: Observer, count: number): Promise<void> {
  const { last, each, answer, lost } = trends[side.name];
  const pressed = now();
  const incident = await side.press();
  const answered = now() - pressed;
  const { first } = await observer.all(incident, 'acts', plan.devices, PATIENCE_MS);
  lost.add(plan.devices - first.size);
  const times = [...first.values()].map((at) => at - pressed);
  const lastMs = times.reduce((a, b) => Math.max(a, b), 0);
  if (count >= 0) {
    last.add(lastMs);
    answer.add(answered);
    for (const ms of times) each.add(ms);
  }
  const label = count < 0 ? 'warm-up' : `${count + 1}/${plan.presses}`;
  console.log(`${label} ${side.name}: ${first.size}/${plan.devices} devices, the last after ${lastMs.toFixed(1)} ms`);
  await side.standDown(incident);
  const { first: quiet } = await observer.all(incident, 'quiet', first.size, PATIENCE_MS);
  if (quiet.size < first.size) throw new Error(`only ${quiet.size} of ${first.size} devices fell silent`);
  await sleep(REST_MS);
}

export const handleSummary = (data: unknown): Record<string, string> => ({
  [__ENV.SUMMARY ?? 'summary.json']: JSON.stringify(data),
});
