import { defineConfig } from 'vitest/config';

/** A test's suffix says what it needs: nothing, Postgres, nats-server, pseudo-terminals, a browser, a whole school, or both. */
const exclude = ['**/node_modules/**', '**/dist/**', '**/.tools/**'];
/** Two files at once, so that the second core is used while the first waits. */
const TWO = { maxWorkers: 2 };
/** One after the other: a whole school, or what is measured on it, has both cores for itself. */
const ALONE = { fileParallelism: false, testTimeout: 120_000, hookTimeout: 180_000, sequence: { groupOrder: 2 } };
const needs = {
  pg: { ...TWO, globalSetup: ['packages/db/src/testing-global.ts'] },
  bus: TWO,
  serial: TWO,
  browser: {
    ...{
      ...TWO,
      globalSetup: ['apps/console/tests/built.ts', 'apps/kiosk/src/testing/built.ts'],
      sequence: { groupOrder: 1 },
    },
    ...{ testTimeout: 120_000, hookTimeout: 180_000 },
  },
  school: ALONE,
  journey: ALONE,
};

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          ...{ ...TWO, name: 'unit', include: ['**/*.test.ts'] },
          exclude: [...exclude, ...Object.keys(needs).map((n) => `**/*.${n}.test.ts`)],
        },
      },
      ...Object.entries(needs).map(([name, settings]) => ({
        extends: true as const,
        test: { name, include: [`**/*.${name}.test.ts`], exclude, ...settings },
      })),
    ],
  },
});
