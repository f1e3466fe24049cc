/** The agent forgets a document after 5 min; a screen that names one is worthless a little earlier, ms. */
export const PRESENTED_MS = 270_000;
