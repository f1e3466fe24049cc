/** What a run found: k6's own figures and thresholds, ratios to the floor, and what the database says. One table, one file. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import type { Ratio } from '../thresholds.ts';
import type { Summary } from './k6.ts';

export interface Sizes {
  devices: number;
  presses: number;
  warmUps: number;
  perSecond: number;
  seconds: number;
}

export interface Outcome {
  scenario: string;
  metrics: Summary;
  ratios: Ratio[];
  checks: { what: string; found: number; wanted: number }[];
}

const RESULTS = join(import.meta.dirname, '..', 'results');
const COLUMNS = ['count', 'min', 'p(50)', 'p(99)', 'max'] as const;
const number = (n: number | undefined) => (n === undefined ? '' : Number.isInteger(n) ? String(n) : n.toFixed(2));

/** @param stolen share of the processor that the machine lost to others meanwhile
 * @returns whether every promise was kept */
export function report(outcome: Outcome, stolen: number | undefined): boolean {
  const { scenario, metrics, checks } = outcome;
  const own = Object.entries(metrics).filter(([name]) => /_ms$/.test(name) || metrics[name]?.thresholds);
  const times = own.filter(([, { values }]) => 'p(50)' in values);
  const counts = own.filter(([, { values }]) => !('p(50)' in values));
  const thresholds = own.flatMap(([name, { thresholds = {} }]) =>
    Object.entries(thresholds).map(([rule, { ok }]) => ({ rule: `${name} ${rule}`, ok })),
  );
  const ratios = outcome.ratios.map((ratio) => {
    const value =
      (metrics[ratio.product]?.values[ratio.statistic] ?? Number.NaN) /
      (metrics[ratio.floor]?.values[ratio.statistic] ?? Number.NaN);
    return { ...ratio, value, ok: ratio.atMost === undefined || value <= ratio.atMost };
  });
  const kept = [
    ...thresholds.map(({ ok }) => ok),
    ...ratios.map(({ ok }) => ok),
    ...checks.map(({ found, wanted }) => found === wanted),
  ];

  const load = loadavg()[1];
  const lines = [
    `\n${scenario} (${cpus().length} × ${cpus()[0]?.model.trim() || 'CPU'}, load average ${number(load)}${stolen === undefined ? '' : `, ${(stolen * 100).toFixed(1)} % stolen`})`,
    row('ms', COLUMNS.map(String)),
    ...times.map(([name, { values }]) =>
      row(
        name,
        COLUMNS.map((column) => number(values[column])),
      ),
    ),
    ...counts.map(([name, { values }]) => row(name, [number(values.count ?? values.rate)])),
    ...ratios.map((r) =>
      row(`${mark(r.ok)}product / floor ${r.statistic}`, [number(r.value), r.atMost ? `≤ ${r.atMost}` : '']),
    ),
    ...checks.map((c) => row(`${mark(c.found === c.wanted)}${c.what}`, [`${c.found}`, `= ${c.wanted}`])),
    ...thresholds.map(({ rule, ok }) => row(`${mark(ok)}${rule}`, [])),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
  mkdirSync(RESULTS, { recursive: true });
  const at = new Date().toISOString();
  const file = join(RESULTS, `${scenario}.json`);
  const figures = Object.fromEntries(own.map(([name, { values }]) => [name, values]));
  writeFileSync(
    file,
    `${JSON.stringify({ scenario, at, cores: cpus().length, load, stolen, figures, ratios, checks, thresholds }, null, 2)}\n`,
  );
  process.stdout.write(`${file}\n`);
  return kept.every(Boolean);
}

const mark = (ok: boolean) => (ok ? '✓ ' : '✗ ');
const row = (name: string, cells: string[]) => `  ${name.padEnd(46)}${cells.map((cell) => cell.padStart(11)).join('')}`;
