/** Time comes in: nothing that decides reads the machine's clock by itself. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}
export const systemClock: Clock = { now: () => Date.now() };
export const iso = (ms: number): string => new Date(ms).toISOString();
