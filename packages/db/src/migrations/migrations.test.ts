import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { migrations } from './index.ts';

const indexed = Object.entries(migrations).flatMap(([owner, own]) => Object.keys(own).map((name) => ({ owner, name })));

test('every migration file is in the index, under its owner, and the other way round', () => {
  const files = readdirSync(import.meta.dirname).flatMap((file) => /^(\d{12}-.*)\.ts$/.exec(file)?.[1] ?? []);
  expect(indexed.map(({ name }) => name).sort()).toEqual(files.sort());
  for (const { owner, name } of indexed) expect(name).toMatch(new RegExp(`^\\d{12}-${owner}-[a-z0-9-]+$`));
});

test('each owner runs them in the order of their names', () => {
  for (const own of Object.values(migrations)) expect(Object.keys(own)).toEqual(Object.keys(own).sort());
});
