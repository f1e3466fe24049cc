/**
 * The site plan, drawn by rule from nothing but the zones: gates stand on the wall of the side their name tells (a gate
 * without a side stands below, where a school's main gate usually is), everything else fills a grid inside. A block holds
 * a square a device, the missing last; their names stand below it in space that the block's own row keeps free, so that
 * no label can overlap anything. It is a scheme and says so; a surveyed plan would be another drawing.
 */
import type { IncidentView } from '@anyuan/contracts';

export interface Square {
  x: number;
  y: number;
  size: number;
  missing: boolean;
}

export interface Label {
  x: number;
  y: number;
  text: string;
}

export interface Block {
  zone: string;
  name: string;
  gate: boolean;
  origin: boolean;
  x: number;
  y: number;
  width: number;
  height: number;
  reported: number;
  expected: number;
  squares: Square[];
  /** Stands in for the squares when there are too many to tell apart: the share that reported, 0 to 1. */
  bar: { x: number; y: number; width: number; height: number; share: number } | null;
  /** From the first missing square (or the bar's end) down to the labels. */
  leader: { x: number; from: number; to: number } | null;
  labels: Label[];
}

export interface Plan {
  width: number;
  height: number;
  wall: { x: number; y: number; width: number; height: number };
  blocks: Block[];
  /** North is up only when the gates say so. */
  compass: { x: number; y: number } | null;
}

type Side = 'north' | 'south' | 'west' | 'east';
type Zone = IncidentView['zones'][number];
export type PlanInput = Pick<IncidentView, 'zones' | 'missing' | 'place'>;

const PAD = 12;
const HEAD = 40;
const TAG = 28;
const LABEL = 22;
const LABEL_TYPE = 15;
const NAME_TYPE = 17;
const LEADER = 12;
const MAX_LABELS = 2;
const BAR = 12;
const GATE_WIDTH = 150;
const NARROW = 620;
/** Arrow and letter below the north wall. */
const COMPASS = 64;

const SIDES: readonly [Side, RegExp][] = [
  ['north', /^(北|north\b|n-)/i],
  ['south', /^(南|south\b|s-)/i],
  ['west', /^(西|west\b|w-)/i],
  ['east', /^(东|east\b|e-)/i],
];

/** Null for a building. */
export function sideOf(zone: Pick<Zone, 'zone' | 'name'>): { side: Side; named: boolean } | null {
  if (!/门$|大门|门岗|\bgate\b/i.test(zone.name) && !/gate/i.test(zone.zone)) return null;
  const named = SIDES.find(([, sign]) => sign.test(zone.name) || sign.test(zone.zone));
  return { side: named?.[0] ?? 'south', named: named !== undefined };
}

/** Hanzi are as wide as the type is high, Latin letters and digits about 0.58 of it. */
const textWidth = (text: string, type: number): number =>
  [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e7f ? type : type * 0.58), 0);

export function fitted(text: string, width: number, type = LABEL_TYPE): string {
  if (textWidth(text, type) <= width) return text;
  const signs = [...text];
  while (signs.length > 1 && textWidth(`${signs.join('')}…`, type) > width) signs.pop();
  return `${signs.join('').trimEnd()}…`;
}

interface Sized {
  zone: Zone;
  gate: boolean;
  origin: boolean;
  names: string[];
  width: number;
  height: number;
  pitch: number;
  perRow: number;
  /** With the tag above and the labels below: what the row must keep free. */
  above: number;
  below: number;
}

function sized(zone: Zone, width: number, input: PlanInput, gate: boolean, more: (n: number) => string): Sized {
  const inner = width - 2 * PAD;
  const fits = (pitch: number, rows: number) => Math.floor((inner + pitch * 0.4) / pitch) * rows >= zone.expected;
  const pitch = fits(14, 3) ? 14 : fits(10, 5) ? 10 : 0;
  const perRow = pitch === 0 ? 0 : Math.floor((inner + pitch * 0.4) / pitch);
  const rows = pitch === 0 ? 0 : Math.max(1, Math.ceil(zone.expected / perRow));
  const missing = input.missing.filter((m) => m.zone === zone.zone).map((m) => shortName(m.name, zone.name));
  const names =
    missing.length <= MAX_LABELS
      ? missing
      : [...missing.slice(0, MAX_LABELS - 1), more(missing.length - (MAX_LABELS - 1))];
  const origin = input.place.zone === zone.zone;
  return {
    zone,
    gate,
    origin,
    names,
    width,
    height: HEAD + (pitch === 0 ? BAR : rows * pitch - (pitch - pitch * 0.6)) + PAD,
    pitch,
    perRow,
    above: origin ? TAG : 0,
    below: names.length === 0 ? 0 : LEADER + names.length * LABEL,
  };
}

/** 北门警灯 L-03 in the zone 北门 is 警灯 L-03. */
const shortName = (name: string, zone: string): string =>
  name.startsWith(zone) && name.length > zone.length ? name.slice(zone.length).trim() : name;

function placed(b: Sized, x: number, top: number): Block {
  const y = top + b.above;
  const inner = b.width - 2 * PAD;
  const { expected, reported } = b.zone;
  const size = b.pitch * 0.6;
  const squares: Square[] =
    b.pitch === 0
      ? []
      : Array.from({ length: expected }, (_, i) => ({
          x: x + PAD + (i % b.perRow) * b.pitch,
          y: y + HEAD + Math.floor(i / b.perRow) * b.pitch,
          size,
          missing: i >= reported,
        }));
  const bar =
    b.pitch === 0
      ? {
          x: x + PAD,
          y: y + HEAD,
          width: inner,
          height: BAR,
          share: expected === 0 ? 0 : Math.min(1, reported / expected),
        }
      : null;
  const first = squares.find((s) => s.missing);
  const from = first
    ? { x: first.x + size / 2, y: first.y + size }
    : bar
      ? { x: bar.x + bar.width * bar.share, y: bar.y + BAR }
      : null;
  const bottom = y + b.height;
  return {
    zone: b.zone.zone,
    name: fitted(b.zone.name, inner - textWidth(`${reported}/${expected}`, LABEL_TYPE) - 8, NAME_TYPE),
    gate: b.gate,
    origin: b.origin,
    x,
    y,
    width: b.width,
    height: b.height,
    reported,
    expected,
    squares,
    bar,
    leader: b.names.length > 0 && from ? { x: from.x, from: from.y, to: bottom + LEADER - 2 } : null,
    labels: b.names.map((name, i) => {
      const text = fitted(name, b.width);
      const last = x + b.width - textWidth(text, LABEL_TYPE);
      const under = from ? from.x - textWidth(text, LABEL_TYPE) / 2 : x;
      return { x: Math.max(x, Math.min(under, last)), y: bottom + LEADER + i * LABEL + 16, text };
    }),
  };
}

const heightOf = (row: Sized[]): number => Math.max(0, ...row.map((b) => b.above + b.height + b.below));

/** @param more how "3 more" reads, for a zone that misses more than it can name */
export function planOf(input: PlanInput, width: number, more: (n: number) => string): Plan {
  const sides: Record<Side, Zone[]> = { north: [], south: [], west: [], east: [] };
  const inside: Zone[] = [];
  let named = false;
  for (const zone of input.zones) {
    const side = sideOf(zone);
    if (side) sides[side.side].push(zone);
    else inside.push(zone);
    named ||= side?.named ?? false;
  }
  const columns = width >= NARROW ? 3 : width >= 300 ? 2 : 1;
  const [gap, edge] = width >= NARROW ? [24, 16] : [10, 8];
  const cell = (width - 2 * edge - 2 * gap - (columns - 1) * gap) / columns;
  const size = (zone: Zone, w: number, gate: boolean) => sized(zone, w, input, gate, more);

  const wallRow = (zones: Zone[]) => zones.map((z) => size(z, Math.min(GATE_WIDTH, cell), true));
  const rows = interiorRows(inside, sides.west, sides.east, columns, (z, gate) =>
    size(z, gate ? Math.min(GATE_WIDTH, cell) : cell, gate),
  );

  const blocks: Block[] = [];
  const north = chunk(wallRow(sides.north), columns);
  let y = 2;
  for (const row of north) {
    blocks.push(...centred(row, y, width, gap));
    y += heightOf(row) + (row === north[north.length - 1] ? 0 : gap);
  }
  const firstNorth = north[north.length - 1];
  const wallTop = firstNorth
    ? Math.max(...blocks.map((b) => b.y)) + Math.min(...firstNorth.map((b) => b.height)) / 2
    : 2;
  y = Math.max(firstNorth ? y + gap : wallTop + gap, named ? wallTop + COMPASS : 0);

  for (const row of rows) {
    const above = Math.max(0, ...row.map((c) => c?.above ?? 0));
    row.forEach((b, i) => {
      if (!b) return;
      const atWall = b.gate ? (i === 0 ? 2 : width - 2 - b.width) : edge + gap + i * (cell + gap);
      blocks.push(placed(b, atWall, y + above - b.above));
    });
    y += Math.max(0, ...row.map((b) => (b ? above + b.height + b.below : 0))) + gap;
  }

  const south = chunk(wallRow(sides.south), columns);
  let wallBottom = y;
  south.forEach((row, i) => {
    const above = Math.max(...row.map((b) => b.above));
    if (i === 0) wallBottom = y + above + Math.min(...row.map((b) => b.height)) / 2;
    blocks.push(...centred(row, y, width, gap));
    y += heightOf(row) + gap;
  });
  const height = Math.max(wallBottom + 2, south.length > 0 ? y - gap + 2 : 0);
  return {
    width,
    height,
    wall: { x: edge, y: wallTop, width: width - 2 * edge, height: wallBottom - wallTop },
    blocks,
    compass: named ? { x: width - edge - 24, y: wallTop + 14 } : null,
  };
}

/** Rows of cells: the west and east gates take the outer cells of middle rows, the buildings all the rest in their order. */
function interiorRows(
  inside: Zone[],
  west: Zone[],
  east: Zone[],
  columns: number,
  size: (zone: Zone, gate: boolean) => Sized,
): (Sized | null)[][] {
  const wallRows = Math.max(west.length, east.length);
  const betweenWalls = Math.max(0, columns - 2) * wallRows;
  const before = Math.ceil(Math.max(0, inside.length - betweenWalls) / 2 / columns) * columns;
  const queue = [...inside];
  const rows: (Sized | null)[][] = [];
  const full = (limit: number) => {
    for (let taken = 0; queue.length > 0 && taken < limit; taken += columns)
      rows.push(queue.splice(0, Math.min(columns, limit - taken)).map((z) => size(z, false)));
  };
  full(Math.min(before, queue.length));
  for (let i = 0; i < wallRows; i++) {
    const cells: (Sized | null)[] = Array.from({ length: columns }, () => null);
    const w = west[i];
    const e = east[i];
    if (w) cells[0] = size(w, true);
    if (columns === 1 && e && w) {
      rows.push(cells, [size(e, true)]);
      continue;
    }
    if (e) cells[columns - 1] = size(e, true);
    for (let c = 0; c < columns; c++) {
      const free = cells[c] === null && (c > 0 || !w) && (c < columns - 1 || !e);
      const next = free ? queue.shift() : undefined;
      if (next) cells[c] = size(next, false);
    }
    rows.push(cells);
  }
  full(queue.length);
  return rows;
}

function centred(row: Sized[], top: number, width: number, gap: number): Block[] {
  const above = Math.max(0, ...row.map((b) => b.above));
  const total = row.reduce((sum, b) => sum + b.width, 0) + (row.length - 1) * gap;
  let x = (width - total) / 2;
  return row.map((b) => {
    const block = placed(b, x, top + above - b.above);
    x += b.width + gap;
    return block;
  });
}

function chunk<T>(items: T[], size: number): T[][] {
  const rows: T[][] = [];
  for (let i = 0; i < items.length; i += size) rows.push(items.slice(i, i + size));
  return rows;
}
