/** Which rows of a long table are in the page: those in view and a screenful of keys beside them. Pure. */
export interface InView {
  /** First row, and the one after the last. */
  from: number;
  to: number;
  /** What the rows that are left out would take, in pixels. */
  before: number;
  after: number;
}

/** So many more at each end, so that an arrow key that is held down never runs out of rows. */
const BESIDE = 8;

/** @param row height of each in pixels; @param top how far the box is scrolled; @param height of the box, 0 before it is known */
export function inView({ rows, row, top, height }: { rows: number; row: number; top: number; height: number }): InView {
  const from = Math.max(0, Math.min(rows, Math.floor(top / row)) - BESIDE);
  const to = Math.min(rows, Math.ceil((top + height) / row) + BESIDE);
  return { from, to, before: from * row, after: Math.max(0, rows - to) * row };
}
