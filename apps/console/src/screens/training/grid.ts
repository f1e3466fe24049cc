/**
 * A table as a grid: one stop of the Tab key, arrows from cell to cell, Enter or a click opens one. Listeners stand on the
 * table alone: a button in each cell would cost more than the whole table. A long table names its rows by `data-row`.
 */
type Open = (row: number, column: number) => void;

const STEPS: Record<string, [rows: number, columns: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

export function grid(table: HTMLTableElement, open: Open) {
  const cellOf = (target: EventTarget | null) =>
    target instanceof Element ? target.closest<HTMLTableCellElement>('tbody td') : null;
  const rowOf = (cell: HTMLTableCellElement) => cell.parentElement as HTMLTableRowElement;
  const beside = (cell: HTMLTableCellElement, by: number) => {
    const { nextElementSibling, previousElementSibling } = rowOf(cell);
    const row = by === 0 ? rowOf(cell) : by > 0 ? nextElementSibling : previousElementSibling;
    return row instanceof HTMLTableRowElement ? row : undefined;
  };
  const press = (cell: HTMLTableCellElement) =>
    open(Number(rowOf(cell).dataset.row ?? rowOf(cell).sectionRowIndex), cell.cellIndex - 1);
  const go = (cell: HTMLTableCellElement | null | undefined) => {
    if (cell?.tagName !== 'TD') return;
    cell.tabIndex = -1;
    cell.focus();
  };
  const onKey = (event: KeyboardEvent) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    const step = STEPS[event.key];
    if (step) go(beside(cell, step[0])?.cells[cell.cellIndex + step[1]]);
    else if (event.key === 'Enter' || event.key === ' ') press(cell);
    else return;
    event.preventDefault();
  };
  const onClick = (event: MouseEvent) => {
    const cell = cellOf(event.target);
    if (!cell) return;
    go(cell);
    press(cell);
  };
  /** While a cell has the focus the table is no stop of its own, or Shift+Tab would never leave it. */
  const onFocus = (event: FocusEvent) => {
    if (event.target === table) go(table.querySelector<HTMLTableCellElement>('tbody td'));
    else if (cellOf(event.target)) table.tabIndex = -1;
  };
  const onBlur = () => {
    table.tabIndex = 0;
  };
  table.tabIndex = 0;
  table.addEventListener('keydown', onKey);
  table.addEventListener('click', onClick);
  table.addEventListener('focusout', onBlur);
  table.addEventListener('focusin', onFocus);
}
