/**
 * The promises that decide the exit code, and nothing else holds a figure. Read by k6 and by `run.ts`.
 * Absolute times hold for two cores over loopback with the load generator on the same machine; ratios compare with the
 * floor that was measured in the same run, press by press.
 */

export interface Ratio {
  product: string;
  floor: string;
  statistic: 'p(50)' | 'p(99)' | 'max';
  /** Undefined: reported, not promised. */
  atMost?: number;
}

/** Up to this many devices a school is promised the figures below; above it they are reported. */
const PROMISED_DEVICES = 1_000;
/** With fewer, the floor is so fast that a ratio compares nothing but the doors of the two sides. */
const COMPARED_DEVICES = 100;

export const alarmFanOut = {
  thresholds: (devices: number): Record<string, string[]> => ({
    // A device that has not reported within a second is asked, and then answers twice: right, but not what is promised.
    ...(devices <= PROMISED_DEVICES ? { product_press_to_last_ms: ['p(99)<=150'], product_doubled: ['count==0'] } : {}),
    product_lost: ['count==0'],
    floor_lost: ['count==0'],
    links_broken: ['count==0'],
    presses_failed: ['count==0'],
  }),
  ratios: (devices: number): Ratio[] => {
    const promised = devices >= COMPARED_DEVICES && devices <= PROMISED_DEVICES;
    const pair = { product: 'product_press_to_last_ms', floor: 'floor_press_to_last_ms' };
    return [
      { ...pair, statistic: 'p(50)' },
      { ...pair, statistic: 'p(99)', ...(promised ? { atMost: 2 } : {}) },
      { ...pair, statistic: 'max' },
    ];
  },
};

export const pickupRush = {
  thresholds: (): Record<string, string[]> => ({
    verdict_ms: ['p(99)<=5'],
    verdicts_lost: ['count==0'],
    verdicts_wrong: ['count==0'],
    dropped_iterations: ['count==0'],
  }),
  ratios: (): Ratio[] => [
    { product: 'verdict_ms', floor: 'bare_ms', statistic: 'p(50)' },
    { product: 'verdict_ms', floor: 'bare_ms', statistic: 'p(99)' },
    { product: 'verdict_ms', floor: 'bare_ms', statistic: 'max' },
  ],
};
