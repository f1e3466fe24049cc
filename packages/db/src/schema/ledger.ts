/** Tables of `ledger`. */
export type LedgerTables = Record<never, never>;
