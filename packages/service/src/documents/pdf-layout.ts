/** From a document as data to pdfmake's definition. All measures in points, 1/72 inch. */
import type { CanvasElement, Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { printable } from './images.ts';
import type { PrintedBlock, PrintedCard, PrintedColumn, PrintedDocument, PrintedSign } from './pdf.ts';

const A4 = { portrait: { width: 595.28, height: 841.89 }, landscape: { width: 841.89, height: 595.28 } };
const MARGIN = 40;
const FOOT = 36;
const BAND = 22;
const SIZE = { title: 17, heading: 12, text: 10, table: 9, foot: 8 };
const LINE = 1.4;
const CELL = { x: 4, y: 3 };
const INK = '#1c2023';
const RULE = '#8a8478';
const RULE_WIDTH = 0.5;
const HEAD = '#ece7db';
const PATTERNS = { hatch: '#6b2a91', chequer: '#3c4b57' };
const CARD = { height: 190, padding: 12, title: 16, text: 12, line: 18, letters: 400 };
/** The code some 50 mm wide, with four modules of white around it: read from half a metre, also by an old phone. */
const SIGN = { height: 276, title: 18, over: 11, qr: 132, code: 14, text: 10 };
const IMAGE = { width: 240, height: 200 };

type Shown = (text: string) => string;

export function layOut(document: PrintedDocument, shown: Shown): TDocumentDefinitions {
  const { orientation, title, subtitles, band, body, signatures, words, at } = document;
  const page = A4[orientation];
  const inside = { width: page.width - 2 * MARGIN, height: page.height - 2 * MARGIN - FOOT };
  const images: Record<string, string> = {};
  return {
    pageSize: 'A4',
    pageOrientation: orientation,
    pageMargins: [MARGIN, band ? MARGIN + BAND : MARGIN, MARGIN, MARGIN + FOOT / 2],
    language: 'zh-CN',
    info: { title: shown(title), creator: 'Anyuan', producer: 'Anyuan', creationDate: new Date(at) },
    defaultStyle: { fontSize: SIZE.text, color: INK, lineHeight: LINE / 1.45 },
    images,
    ...(band ? { header: () => bandOf(shown(band.text), band.pattern, inside.width) } : {}),
    footer: (current, of) => ({
      columns: [
        { text: shown(title), width: '*' },
        { text: words.page(current, of), width: 'auto', alignment: 'right' },
      ],
      margin: [MARGIN, 14, MARGIN, 0],
      fontSize: SIZE.foot,
    }),
    content: [
      { text: shown(title), fontSize: SIZE.title, bold: true, alignment: 'center', margin: [0, 0, 0, 4] },
      ...subtitles.map((text): Content => ({ text: shown(text), alignment: 'center', margin: [0, 0, 0, 2] })),
      { text: '', margin: [0, 0, 0, 6] },
      ...body.flatMap((block) => contentOf(block, { shown, inside, images, words })),
      ...(signatures.length > 0 ? [signing(signatures.map(shown))] : []),
    ],
  };
}

interface Room {
  shown: Shown;
  inside: { width: number; height: number };
  images: Record<string, string>;
  words: PrintedDocument['words'];
}

function contentOf(block: PrintedBlock, room: Room): Content[] {
  const { shown } = room;
  switch (block.kind) {
    case 'heading':
      return [{ text: shown(block.text), fontSize: SIZE.heading, bold: true, margin: [0, 10, 0, 4] }];
    case 'text':
      return [{ text: shown(block.text), margin: [0, 0, 0, 6] }];
    case 'facts':
      return factsOf(block.facts, block.columns ?? 1, room);
    case 'table':
      return tableOf(block.columns, block.rows, room);
    case 'cards':
      return cardsOf(block.cards, room);
    case 'signs':
      return signsOf(block.signs, room);
    case 'images':
      return imagesOf(block.images, room);
  }
}

function factsOf(facts: readonly (readonly [string, string])[], columns: 1 | 2, room: Room): Content[] {
  if (facts.length === 0) return [];
  const cells = facts.map(([name, value]): [TableCell, TableCell] => [
    { text: room.shown(name), fillColor: HEAD, bold: true },
    { text: room.shown(value) },
  ]);
  const rows: TableCell[][] = [];
  for (let i = 0; i < cells.length; i += columns) {
    const row = cells.slice(i, i + columns).flat();
    rows.push(row.length === 2 * columns ? row : [...row, '', '']);
  }
  const widths = columns === 1 ? [90, '*'] : [80, '*', 80, '*'];
  return [{ table: { widths, body: rows }, layout: RULED, margin: [0, 2, 0, 8] }];
}

function tableOf(
  columns: readonly PrintedColumn[],
  rows: readonly (readonly (string | number | null)[])[],
  { shown, inside, words }: Room,
): Content[] {
  const shares = columns.reduce((sum, { width }) => sum + width, 0);
  const free = inside.width - columns.length * 2 * CELL.x - (columns.length + 1) * RULE_WIDTH;
  const widths = columns.map(({ width }) => (free * width) / shares);
  const texts = rows.map((row) => columns.map((_, i) => shown(String(row[i] ?? ''))));
  const head = columns.map(({ title, align = 'left' }): TableCell => {
    return { text: shown(title), bold: true, fillColor: HEAD, alignment: align };
  });
  const cells = texts.map((row) => row.map((text, i): TableCell => ({ text, alignment: columns[i]?.align ?? 'left' })));
  const empty: TableCell[] = [{ text: words.nothing, colSpan: columns.length }, ...columns.slice(1).map(() => '')];
  // pdfmake drops a row that must not break and is taller than its page, without a word.
  const tall = texts.some((row) => row.some((text, i) => heightOf(text, widths[i] ?? 1) > inside.height / 2));
  return [
    {
      table: { headerRows: 1, dontBreakRows: !tall, widths, body: [head, ...(cells.length > 0 ? cells : [empty])] },
      layout: RULED,
      fontSize: SIZE.table,
      margin: [0, 2, 0, 8],
    },
  ];
}

/** From above: a Hanzi takes its full size, a Latin letter or a digit two thirds. */
function heightOf(text: string, width: number): number {
  const lines = text.split('\n').map((line) => {
    let wide = 0;
    for (const character of line) wide += SIZE.table * (character.charCodeAt(0) < 0x2e80 ? 0.67 : 1);
    return Math.ceil((wide * 1.1) / Math.max(width - SIZE.table, SIZE.table)) || 1;
  });
  return lines.reduce((sum, n) => sum + n, 0) * SIZE.table * LINE * 1.1;
}

function cardsOf(cards: readonly PrintedCard[], { shown }: Room): Content[] {
  const cells = cards.map(({ title, under, text, foot }): TableCell => {
    return {
      stack: [
        { text: shown(title), fontSize: CARD.title, bold: true, margin: [0, 0, 0, 4] },
        { text: shown(under), fontSize: CARD.text, bold: true, margin: [0, 0, 0, 8] },
        { text: shown(text), fontSize: CARD.text, margin: [0, 0, 0, 8] },
        { text: shown(foot), fontSize: SIZE.foot },
      ],
    };
  });
  const body: TableCell[][] = [];
  for (let i = 0; i < cells.length; i += 2) body.push([cells[i] ?? '', cells[i + 1] ?? '']);
  if (body.length === 0) return [];
  const lettersOf = (lines: string) => lines.length + lines.split('\n').length * CARD.line;
  const tall = cards.some(({ title, under, text }) => lettersOf(`${title}\n${under}\n${text}`) > CARD.letters);
  return [{ table: { widths: ['*', '*'], heights: CARD.height, dontBreakRows: !tall, body }, layout: CUT }];
}

function signsOf(signs: readonly PrintedSign[], { shown, inside }: Room): Content[] {
  const width = inside.width / 2 - 2 * CARD.padding - 1;
  const anywhere = { wordBreak: 'break-all' as const };
  const cells = signs.map(({ title, over, code, text }): TableCell => {
    return {
      stack: [
        { text: shown(over), fontSize: SIGN.over, margin: [0, 0, 0, 2] },
        { text: shown(title), fontSize: SIGN.title, bold: true, ...anywhere },
        { qr: code, fit: SIGN.qr, eccLevel: 'M', padding: 4, alignment: 'center', foreground: 'black' },
        { text: shown(code), fontSize: SIGN.code, bold: true, margin: [0, 0, 0, 6], ...anywhere },
        { text: shown(text), fontSize: SIGN.text },
      ],
      alignment: 'center',
    };
  });
  const body: TableCell[][] = [];
  for (let i = 0; i < cells.length; i += 2) body.push([cells[i] ?? '', cells[i + 1] ?? '']);
  if (body.length === 0) return [];
  return [{ table: { widths: [width, width], heights: SIGN.height, dontBreakRows: true, body }, layout: CUT }];
}

/** Two beside each other, each with its caption, never apart from it. */
function imagesOf(given: readonly { bytes: Uint8Array; caption: string }[], room: Room): Content[] {
  const cells = given.map(({ bytes, caption }): Content => {
    const text = {
      text: room.shown(caption),
      fontSize: SIZE.table,
      margin: [0, 2, 0, 8] as [number, number, number, number],
    };
    if (!printable(bytes)) return { stack: [{ text: room.shown(room.words.brokenImage) }, text] };
    const name = `image-${Object.keys(room.images).length}`;
    room.images[name] = `data:image;base64,${Buffer.from(bytes).toString('base64')}`;
    return { stack: [{ image: name, fit: [IMAGE.width, IMAGE.height] }, text] };
  });
  const pairs: Content[] = [];
  for (let i = 0; i < cells.length; i += 2) {
    pairs.push({ columns: [cells[i] ?? '', cells[i + 1] ?? ''], columnGap: 16, unbreakable: true });
  }
  return pairs;
}

/** A word that stays on its line, and a line to write on that takes what is left. */
const signing = (names: readonly string[]): Content => ({
  table: {
    widths: names.flatMap(() => ['auto', '*']),
    body: [
      names.flatMap((text) => [
        { text, noWrap: true, border: [false, false, false, false] },
        { text: '', border: [false, false, false, true] },
      ]),
    ],
  },
  layout: { hLineWidth: () => 0.7, hLineColor: () => INK, paddingRight: () => 6 },
  margin: [0, 18, 0, 0],
});

/** Violet stripes or slate squares to either side of the word: what must not pass for real is known without colour too. */
function bandOf(text: string, pattern: keyof typeof PATTERNS, width: number): Content {
  const places = Array.from({ length: 12 }, (_, i) => [14 + i * 14, width - 14 - i * 14]).flat();
  const marks = places.map((x) => (pattern === 'hatch' ? stripe(x) : square(x)));
  return {
    stack: [
      { canvas: [{ type: 'rect', x: 0, y: 0, w: width, h: BAND, color: PATTERNS[pattern] }, ...marks] },
      { text, bold: true, fontSize: 13, color: 'white', alignment: 'center', relativePosition: { x: 0, y: -BAND + 2 } },
    ],
    margin: [MARGIN, MARGIN - BAND, MARGIN, 0],
  };
}

function stripe(x: number): CanvasElement {
  const corners = [
    [x - 9, BAND],
    [x - 4, BAND],
    [x + 9, 0],
    [x + 4, 0],
  ] as const;
  return { type: 'polyline', closePath: true, color: 'white', points: corners.map(([cx, cy]) => ({ x: cx, y: cy })) };
}

function square(x: number): CanvasElement {
  return { type: 'rect', x: x - 4, y: (Math.round(x / 14) % 2) * 11 + 1, w: 9, h: 9, color: 'white' };
}

const dashed = () => ({ dash: { length: 4, space: 3 } });
const CUT = {
  hLineWidth: () => 0.7,
  vLineWidth: () => 0.7,
  hLineColor: () => RULE,
  vLineColor: () => RULE,
  hLineStyle: dashed,
  vLineStyle: dashed,
  paddingLeft: () => CARD.padding,
  paddingRight: () => CARD.padding,
  paddingTop: () => CARD.padding,
  paddingBottom: () => CARD.padding,
};

const RULED = {
  hLineWidth: () => RULE_WIDTH,
  vLineWidth: () => RULE_WIDTH,
  hLineColor: () => RULE,
  vLineColor: () => RULE,
  paddingLeft: () => CELL.x,
  paddingRight: () => CELL.x,
  paddingTop: () => CELL.y,
  paddingBottom: () => CELL.y,
};
