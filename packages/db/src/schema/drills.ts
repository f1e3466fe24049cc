/** Tables of `drills`. */
export type DrillsTables = Record<never, never>;
