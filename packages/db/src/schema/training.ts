/** Tables of `training`. */
export type TrainingTables = Record<never, never>;
