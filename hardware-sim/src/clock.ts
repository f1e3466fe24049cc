/** Time comes in from outside, so that a test turns the clock by hand instead of waiting. */
export interface Clock {
  now(): number;
  /** @returns cancels it */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: Date.now,
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
