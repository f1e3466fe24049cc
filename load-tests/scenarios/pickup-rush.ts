/**
 * The rush at the end of school: taps arrive at their own rate, whether or not the last one was answered. The bytes, the
 * agent's stream and the clock between them are `run.ts`'s; here are the rate and the promises.
 */
import http from 'k6/http';
import { Counter, Trend } from 'k6/metrics';
import type { Options } from 'k6/options';
import type { PickupPlan, Tapped } from '../lib/plan.ts';
import { pickupRush } from '../thresholds.ts';

const plan = JSON.parse(open(__ENV.PLAN ?? '')) as PickupPlan;

const verdict = new Trend('verdict_ms');
const bare = new Trend('bare_ms');
const lost = new Counter('verdicts_lost');
const wrong = new Counter('verdicts_wrong');

export const options: Options = {
  scenarios: {
    taps: {
      executor: 'constant-arrival-rate',
      rate: plan.perSecond,
      timeUnit: '1s',
      duration: `${plan.seconds}s`,
      preAllocatedVUs: 20,
    },
  },
  thresholds: pickupRush.thresholds(),
  summaryTrendStats: ['count', 'min', 'p(50)', 'p(99)', 'max'],
};

export default function tap(): void {
  const answer = http.post(plan.tapUrl);
  const tapped = answer.status === 200 ? (answer.json() as unknown as Tapped) : undefined;
  lost.add(tapped ? 0 : 1);
  wrong.add(tapped && !tapped.right ? 1 : 0);
  if (!tapped) return;
  verdict.add(tapped.verdictMs);
  bare.add(tapped.bareMs);
}

export const handleSummary = (data: unknown): Record<string, string> => ({
  [__ENV.SUMMARY ?? 'summary.json']: JSON.stringify(data),
});
