/** What stands on the paper, and its picture: an SVG in the printer's own dots (8 a millimetre). Pure. */

export type Align = 'left' | 'center' | 'right';
export interface Run {
  text: string;
  wide: number;
  high: number;
  bold: boolean;
}
export type Row =
  | { kind: 'line'; align: Align; runs: Run[] }
  | { kind: 'qr'; align: Align; data: string; module: number; matrix: number[][] }
  /** `bits`: rows of 0 and 1. */
  | { kind: 'raster'; align: Align; bits: number[][] }
  | { kind: 'feed'; lines: number };

export interface Slip {
  n: number;
  rows: Row[];
  /** Off the roll; the last one may still hang in the printer. */
  cut: boolean;
}

export const HEAD_DOTS = 576;
const MARGIN = 32;
const CELL = 12;
const LINE = 30;

export const isWide = (char: string): boolean => (char.codePointAt(0) ?? 0) >= 0x80;
export const cells = (run: Run): number =>
  [...run.text].reduce((sum, char) => sum + (isWide(char) ? 2 : 1) * run.wide, 0);

/** The words alone, line by line, for a person at a command line and for tests. */
export const slipText = ({ rows }: Slip): string[] =>
  rows.flatMap((row) =>
    row.kind === 'line' ? [row.runs.map((r) => r.text).join('')] : row.kind === 'qr' ? [`[QR ${row.data}]`] : [],
  );

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
const startOf = (align: Align, dots: number): number =>
  MARGIN + { left: 0, center: Math.floor((HEAD_DOTS - dots) / 2), right: HEAD_DOTS - dots }[align];

function glyphs(run: Run, x: number, base: number): string {
  let at = x;
  return [...run.text]
    .map((char) => {
      const wide = isWide(char);
      const width = CELL * run.wide * (wide ? 2 : 1);
      // The cell is drawn at 1:1 and stretched, as the print head does it.
      const place = `translate(${at} ${base}) scale(${run.wide} ${run.high})`;
      at += width;
      if (char === ' ') return '';
      return `<text transform="${place}" font-size="${wide ? 24 : 20}"${run.bold ? ' font-weight="700"' : ''}>${escaped(char)}</text>`;
    })
    .join('');
}

function squares(bits: readonly number[][], x: number, y: number, side: number): string {
  const path = bits.flatMap((row, r) =>
    row.flatMap((dark, c) => (dark ? [`M${x + c * side} ${y + r * side}h${side}v${side}h-${side}z`] : [])),
  );
  return `<path d="${path.join('')}"/>`;
}

/** @returns height in dots, and the drawing */
function drawn(row: Row, y: number): [number, string] {
  switch (row.kind) {
    case 'feed':
      return [row.lines * LINE, ''];
    case 'line': {
      const high = Math.max(1, ...row.runs.map((run) => run.high));
      let x = startOf(row.align, row.runs.reduce((sum, run) => sum + cells(run), 0) * CELL);
      const parts = row.runs.map((run) => {
        const part = glyphs(run, x, y + 21 * high);
        x += cells(run) * CELL;
        return part;
      });
      return [24 * high + (LINE - 24), parts.join('')];
    }
    case 'qr': {
      const side = row.matrix.length * row.module;
      return [side + 8, squares(row.matrix, startOf(row.align, side), y + 4, row.module)];
    }
    case 'raster':
      return [row.bits.length, squares(row.bits, startOf(row.align, row.bits[0]?.length ?? 0), y, 1)];
  }
}

export function slipSvg({ rows, cut, n }: Slip): string {
  let y = 24;
  const parts = rows.map((row) => {
    const [height, part] = drawn(row, y);
    y += height;
    return part;
  });
  const width = HEAD_DOTS + 2 * MARGIN;
  const height = y + 16;
  const edge = cut
    ? `<path d="M0 ${height - 1}H${width}" stroke="#7d7568" stroke-width="2" stroke-dasharray="10 8"/>`
    : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${n}"><rect width="${width}" height="${height}" fill="#fffefa"/><g fill="#1c1f22" font-family="'Noto Sans Mono CJK SC','Noto Sans CJK SC','Noto Sans SC',monospace">${parts.join('')}</g>${edge}</svg>`;
}
