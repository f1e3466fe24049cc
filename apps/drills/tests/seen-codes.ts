/**
 * What a camera would read off a printed page: the filled rectangles of its drawing are painted on white, and a decoder that
 * knows nothing of how they came there looks at the picture, held over one code after the other.
 */
import { inflateSync } from 'node:zlib';
import jsqr from 'jsqr';

/** A CommonJS package whose function is its own default. */
const decode = jsqr as unknown as typeof jsqr.default;

type Matrix = readonly [number, number, number, number, number, number];
const times = ([a, b, c, d, e, f]: Matrix, [g, h, i, j, k, l]: Matrix): Matrix => [
  ...([a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j] as const),
  ...([e * g + f * i + k, e * h + f * j + l] as const),
];

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
  grey: number;
}

/** Codes page by page. */
export function codesOn(pdf: Uint8Array): string[][] {
  const pages = drawingsOf(pdf).map(boxesOf);
  return pages.map((boxes) => boxes.filter(isGround).map((ground) => read(boxes, ground)));
}

function drawingsOf(pdf: Uint8Array): string[] {
  const bytes = Buffer.from(pdf);
  const drawings: string[] = [];
  for (let at = bytes.indexOf('stream\n'); at >= 0; at = bytes.indexOf('stream\n', at + 1)) {
    if (bytes.toString('latin1', at - 3, at) === 'end') continue;
    try {
      const drawing = inflateSync(bytes.subarray(at + 7)).toString('latin1');
      if (/\bre\b/.test(drawing)) drawings.push(drawing);
    } catch {
      // A font or another part that is no drawing.
    }
  }
  return drawings;
}

const HEIGHT = 841.89;

/** In the order in which they are painted, from the page's upper left corner, in points. */
function boxesOf(drawing: string): Box[] {
  const boxes: Box[] = [];
  let state: { at: Matrix; grey: number } = { at: [1, 0, 0, 1, 0, 0], grey: 0 };
  const before: (typeof state)[] = [];
  let path: number[][] = [];
  let numbers: number[] = [];
  for (const word of drawing.split(/\s+/)) {
    const number = Number(word);
    if (word !== '' && Number.isFinite(number)) {
      numbers.push(number);
      continue;
    }
    const [a = 0, b = 0, c = 0] = numbers;
    if (word === 'q') before.push(state);
    if (word === 'Q') state = before.pop() ?? state;
    if (word === 'cm') state = { ...state, at: times(numbers as unknown as Matrix, state.at) };
    if (word === 'scn' || word === 'rg') state = { ...state, grey: (a + b + c) / 3 };
    if (word === 're') path.push(numbers);
    if (word === 'f' || word === 'f*') for (const rectangle of path) boxes.push(boxOf(rectangle, state));
    if (/^[fSBnb]\*?$/.test(word)) path = [];
    numbers = [];
  }
  return boxes;
}

function boxOf([x = 0, y = 0, w = 0, h = 0]: number[], { at, grey }: { at: Matrix; grey: number }): Box {
  const [one, other] = [times([1, 0, 0, 1, x, y], at), times([1, 0, 0, 1, x + w, y + h], at)];
  const [left = 0, right = 0] = [one[4], other[4]].sort((p, q) => p - q);
  const [top = 0, bottom = 0] = [HEIGHT - one[5], HEIGHT - other[5]].sort((p, q) => p - q);
  return { left, right, top, bottom, grey };
}

const WIDTH = 595.28;
/** The white square that a code is drawn on, all of it on the paper. */
const isGround = ({ left, right, top, bottom, grey }: Box): boolean =>
  grey === 1 && left > 0 && right < WIDTH && right - left > 100 && Math.abs(right - left - (bottom - top)) < 1;

const AROUND = 24;
const SCALE = 3;

function read(boxes: readonly Box[], ground: Box): string {
  const size = Math.ceil((ground.right - ground.left + 2 * AROUND) * SCALE);
  const picture = new Uint8ClampedArray(size * size * 4).fill(255);
  const px = (at: number, from: number) => Math.min(size, Math.max(0, Math.round((at - from + AROUND) * SCALE)));
  for (const { left, right, top, bottom, grey } of boxes)
    for (let row = px(top, ground.top); row < px(bottom, ground.top); row++)
      for (let column = px(left, ground.left); column < px(right, ground.left); column++)
        picture.fill(Math.round(grey * 255), (row * size + column) * 4, (row * size + column) * 4 + 3);
  return decode(picture, size, size)?.data ?? '';
}
