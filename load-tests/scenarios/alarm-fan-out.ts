/**
 * One press, and every device of the school reports: how long to the last of them, in the product and, press by press in
 * turn, on a bare nats-server with the same devices. Started by `run.ts`, which brings both.
 */
import { sleep } from 'k6';
import { Counter, Trend } from 'k6/metrics';
import type { Options } from 'k6/options';
import { now, type Observer, openFleet, openObserver } from 'k6/x/anyuan';
import type { AlarmPlan } from '../lib/plan.ts';
import { openFloor, openProduct, type Side } from '../lib/sides.ts';
import { alarmFanOut } from '../thresholds.ts';

const plan = JSON.parse(open(__ENV.PLAN ?? '')) as AlarmPlan;
const devicesFile = __ENV.DEVICES ?? '';

const PATIENCE_MS = 15_000;
const REST_S = 1;

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
const broken = new Counter('links_broken');
const failed = new Counter('presses_failed');

export const options: Options = {
  scenarios: { button: { executor: 'per-vu-iterations', vus: 1, iterations: 1, maxDuration: '60m', exec: 'button' } },
  thresholds: alarmFanOut.thresholds(plan.devices),
  summaryTrendStats: ['count', 'min', 'p(50)', 'p(99)', 'max'],
};

export function button(): void {
  try {
    const product = openSide(openProduct(plan));
    const floor = openSide(openFloor(plan));
    for (let i = 0; i < plan.warmUps + plan.presses; i++)
      for (const { side, observer } of i % 2 === 0 ? [floor, product] : [product, floor])
        round(side, observer, i - plan.warmUps);
    for (const { side, observer, fleet } of [product, floor]) {
      trends[side.name].doubled.add(observer.repeats());
      broken.add(fleet.broken());
      observer.close();
      fleet.close();
      side.close();
    }
  } catch (error) {
    failed.add(1);
    throw error;
  }
}

function openSide(side: Side) {
  const { url, name, password } = plan.observers[side.name];
  const fleet = openFleet(url, devicesFile);
  return { side, fleet, observer: openObserver(url, name, password, plan.topics.anyReported) };
}

/** @param count below 0: a warm-up, which must lose nothing either but whose time is not kept */
function round(side: Side, observer: Observer, count: number): void {
  const { last, each, answer, lost } = trends[side.name];
  const pressed = now();
  const incident = side.press();
  const answered = now() - pressed;
  const times = observer.all(incident, false, plan.devices, PATIENCE_MS).map((at) => at - pressed);
  lost.add(plan.devices - times.length);
  const lastMs = times.reduce((a, b) => Math.max(a, b), 0);
  if (count >= 0) {
    last.add(lastMs);
    answer.add(answered);
    for (const ms of times) each.add(ms);
  }
  const label = count < 0 ? 'warm-up' : `${count + 1}/${plan.presses}`;
  console.log(`${label} ${side.name}: ${times.length}/${plan.devices} devices, the last after ${lastMs.toFixed(1)} ms`);
  side.standDown(incident);
  const quiet = observer.all(incident, true, times.length, PATIENCE_MS).length;
  if (quiet < times.length) throw new Error(`only ${quiet} of ${times.length} devices fell silent`);
  sleep(REST_S);
}

export const handleSummary = (data: unknown): Record<string, string> => ({
  [__ENV.SUMMARY ?? 'summary.json']: JSON.stringify(data),
});
