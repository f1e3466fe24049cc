/** Words and looks of a cell of the matrix (E2). Pure: `today` is the answer's own day, so that an old answer stays true. */
import type { Gap, Matrix, MatrixCell, StaffRole } from '@anyuan/contracts';
import type { Catalogue } from '@anyuan/ui';

type Words = Catalogue['training'];
export type MatrixRow = Matrix['rows'][number];
export type MatrixColumn = Matrix['requirements'][number];

const DAY_MS = 86_400_000;
/** Whole days from one school day to another; negative: `to` is over. */
export const daysFrom = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
export const addDays = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
export const mondayOf = (date: string): string => addDays(date, -((new Date(date).getUTCDay() + 6) % 7));

export function cellWords(cell: Pick<MatrixCell, 'state' | 'due'> | null, today: string, words: Words): string {
  if (!cell) return words.cell.notNeeded;
  if (cell.state === 'missing') return words.cell.missing;
  if (cell.state === 'expired') return words.cell.expired(cell.due ? -daysFrom(today, cell.due) : 0);
  if (!cell.due) return words.cell.ok;
  return cell.state === 'expiring'
    ? words.cell.daysLeft(daysFrom(today, cell.due))
    : words.cell.until(cell.due.slice(0, 7));
}

/** Why somebody may not go on duty: 保安员证 过期 12 天. */
export const gapWords = ({ state, due }: Gap, today: string, words: Words): string =>
  state === 'expired' && due ? words.cell.expired(daysFrom(due, today)) : words.cell.missing;

/** By name; a person without gaps is left out when only gaps are asked for. */
export function rowsOf(rows: readonly MatrixRow[], filter: 'all' | 'gaps', search: string): MatrixRow[] {
  const name = search.trim();
  return rows.filter((row) => (filter === 'all' || row.gaps > 0) && row.person.name.includes(name));
}

/** Those who hold a post, with the columns that are asked of any of them; null: everybody. */
export function narrowed({ requirements, rows, today }: Matrix, role: StaffRole | null): Matrix {
  const held = role ? rows.filter(({ person }) => person.roles.includes(role)) : rows;
  const kept = requirements.flatMap((_, c) => (!role || held.some(({ cells }) => cells[c]) ? [c] : []));
  const gapsIn = (c: number) => held.filter(({ cells }) => isGap(cells[c] ?? null)).length;
  return {
    today,
    requirements: requirements.flatMap((one, c) => (kept.includes(c) ? [{ ...one, gaps: gapsIn(c) }] : [])),
    rows: held.map((row) => ({ ...row, cells: kept.map((c) => row.cells[c] ?? null) })),
  };
}
const isGap = (cell: MatrixCell | null): boolean => cell?.state === 'expired' || cell?.state === 'missing';
