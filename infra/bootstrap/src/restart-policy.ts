/** When a part that died is started again. Pure: deaths and the time come in, a delay comes out. It never gives up. */

const FIRST_MS = 250;
const LONGEST_MS = 15_000;
/** A part that lived this long starts with a clean slate. */
const CALM_MS = 60_000;

export interface RestartState {
  /** Deaths in a row without a calm minute between them. */
  deaths: number;
  startedAt: number;
}

export const firstStart = (now: number): RestartState => ({ deaths: 0, startedAt: now });

export function afterDeath(state: RestartState, now: number): { state: RestartState; delayMs: number } {
  const deaths = now - state.startedAt >= CALM_MS ? 1 : state.deaths + 1;
  const delayMs = Math.min(FIRST_MS * 2 ** (deaths - 1), LONGEST_MS);
  return { state: { deaths, startedAt: now + delayMs }, delayMs };
}
