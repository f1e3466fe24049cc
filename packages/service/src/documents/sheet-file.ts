/** From a file's bytes to cells: XLSX by its signature, anything else as CSV. */

export const MAX_SHEET_BYTES = 5 * 1024 * 1024;
export const MAX_SHEET_ROWS = 100_000;
/** A sheet of 5 MB unpacks to some 50 MB; what says more of itself was made to fill the memory. */
const MAX_UNPACKED = 100 * 1024 * 1024;

export const UNREADABLE = ['tooLarge', 'tooManyRows', 'oldExcel', 'notASheet'] as const;
export type Unreadable = (typeof UNREADABLE)[number];

export type SheetCells = (string | number | boolean | Date | null)[][];

export async function read(bytes: Uint8Array): Promise<SheetCells | Unreadable> {
  if (bytes.length > MAX_SHEET_BYTES) return 'tooLarge';
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = buffer.toString('hex', 0, 4);
  if (start === 'd0cf11e0') return 'oldExcel';
  const cells = start === '504b0304' ? await readXlsx(buffer) : readCsv(buffer);
  if (typeof cells === 'string') return cells;
  if (cells.length === 0) return 'notASheet';
  return cells.length > MAX_SHEET_ROWS + 1 ? 'tooManyRows' : cells;
}

async function readXlsx(buffer: Buffer): Promise<SheetCells | Unreadable> {
  if (unpackedSize(buffer) > MAX_UNPACKED) return 'tooLarge';
  const { readSheet } = await import('read-excel-file/node');
  try {
    // Its types name the class of Date instead of a date.
    return (await readSheet(buffer, { trim: false })) as unknown as SheetCells;
  } catch {
    return 'notASheet';
  }
}

/** What the archive's directory says of its entries together. */
function unpackedSize(buffer: Buffer): number {
  const end = buffer.lastIndexOf(Buffer.from('504b0506', 'hex'));
  if (end < 0 || end + 20 > buffer.length) return 0;
  let at = buffer.readUInt32LE(end + 16);
  let size = 0;
  while (at + 46 <= buffer.length && buffer.readUInt32LE(at) === 0x02014b50) {
    size += buffer.readUInt32LE(at + 24);
    at += 46 + buffer.readUInt16LE(at + 28) + buffer.readUInt16LE(at + 30) + buffer.readUInt16LE(at + 32);
  }
  return size;
}

function readCsv(buffer: Buffer): SheetCells | Unreadable {
  const text = decoded(buffer);
  if (text === undefined || text.includes('\0')) return 'notASheet';
  const firstLine = /^[^\r\n]*/.exec(text)?.[0] ?? '';
  const separator = [',', '\t', ';'].find((s) => firstLine.includes(s)) ?? ',';
  const plain = new RegExp(`[^${separator}\\r\\n]*`, 'y');
  // RFC 4180: quotes hold separators, line ends and doubled quotes.
  const quoted = /"[^"]*(?:""[^"]*)*"/y;
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const pattern: RegExp = text[at] === '"' ? quoted : plain;
    pattern.lastIndex = at;
    const cell = pattern.exec(text)?.[0];
    if (cell === undefined) return 'notASheet';
    row.push(pattern === quoted ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    at += cell.length;
    if (text[at] === separator) {
      at += 1;
      if (at < text.length) continue;
      row.push('');
    } else if (at < text.length && text[at] !== '\r' && text[at] !== '\n') return 'notASheet';
    at += text.startsWith('\r\n', at) ? 2 : 1;
    rows.push(row);
    row = [];
    if (rows.length > MAX_SHEET_ROWS + 1) return 'tooManyRows';
  }
  return rows;
}

/** By the byte order mark; without one UTF-8 if it is valid, else what Chinese Excel writes. */
function decoded(buffer: Buffer): string | undefined {
  const mark = buffer.toString('hex', 0, 2);
  const encodings = mark === 'fffe' ? ['utf-16le'] : mark === 'feff' ? ['utf-16be'] : ['utf-8', 'gb18030'];
  for (const encoding of encodings) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(buffer);
    } catch {
      // Not this one.
    }
  }
  return undefined;
}
