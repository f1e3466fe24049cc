import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readGateFile } from './gate-file.ts';
import { parseStart } from './options.ts';

test('without options: the demo school on port 4100', () => {
  expect(parseStart([])).toEqual({
    port: 4100,
    data: undefined,
    gate: undefined,
    demo: true,
    term: true,
    sim: true,
    lan: false,
  });
  const all = ['--port', '5000', '--data=/d', '--gate', 'g.json', '--no-demo', '--no-term', '--no-sim', '--lan'];
  expect(parseStart(all)).toEqual({
    port: 5000,
    data: '/d',
    gate: 'g.json',
    demo: false,
    term: false,
    sim: false,
    lan: true,
  });
});

test.each([
  [['--prot', '1'], /--prot/],
  [['extra'], /extra/],
  [['--port'], /--port/],
  [['--port', 'abc'], /not "abc"/],
  [['--port', '70000'], /65000/],
  [['--lan=yes'], /--lan/],
  [['--data='], /--data/],
])('%j is one sentence that names it', (args, expected) => {
  expect(() => parseStart(args)).toThrow(expected);
  try {
    parseStart(args);
  } catch (error) {
    expect(String(error).split('\n')).toHaveLength(1);
  }
});

test('a wrong gate file is told by field', () => {
  const dir = mkdtempSync(join(tmpdir(), 'anyuan-gate-'));
  const path = join(dir, 'gate.json');
  writeFileSync(
    path,
    JSON.stringify({ gate: 'main', devices: [{ id: 'id-1', driver: 'sdt', path: 'tcp://x', baudRate: -1 }] }),
  );
  expect(() => readGateFile(path)).toThrow(/devices\.0\.path[\s\S]*devices\.0\.baudRate/);
  writeFileSync(path, '{');
  expect(() => readGateFile(path)).toThrow(/can't be read/);
  expect(() => readGateFile(`${path}.none`)).toThrow(/ENOENT/);
  rmSync(dir, { recursive: true });
});
