/**
 * Processor time that other machines of the same host took from this one. A press that fell into such a moment tells
 * nothing about the product, so the share stands beside every figure. Linux only.
 */
import { readFileSync } from 'node:fs';

const STEAL = 7;
const COUNTED = 8;

interface Times {
  all: number;
  stolen: number;
}

function read(): Times | undefined {
  try {
    const times = readFileSync('/proc/stat', 'utf8')
      .split('\n', 1)[0]
      ?.split(/\s+/)
      .slice(1, 1 + COUNTED)
      .map(Number);
    return times && { all: times.reduce((a, b) => a + b, 0), stolen: times[STEAL] ?? 0 };
  } catch {
    return undefined;
  }
}

/** @returns tells the share since then, 0 to 1 */
export function watchStolen(): () => number | undefined {
  const before = read();
  return () => {
    const now = read();
    return before && now ? (now.stolen - before.stolen) / Math.max(1, now.all - before.all) : undefined;
  };
}
