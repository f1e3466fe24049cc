import { defineConfig } from 'vitest/config';

/** A test's suffix says what it needs: nothing, Postgres, nats-server, pseudo-terminals, or a browser and all of it. */
const needs = ['pg', 'bus', 'serial', 'browser'] as const;
const exclude = ['**/node_modules/**', '**/dist/**', '**/.tools/**'];

export default defineConfig({
  test: {
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...exclude, ...needs.map((n) => `**/*.${n}.test.ts`)],
        },
      },
      ...needs.map((need) => ({
        extends: true as const,
        test: {
          name: need,
          include: [`**/*.${need}.test.ts`],
          exclude,
          ...(need === 'pg' ? { globalSetup: ['packages/db/src/testing-global.ts'] } : {}),
          ...(need === 'browser'
            ? {
                globalSetup: ['apps/console/tests/built.ts'],
                ...{ testTimeout: 120_000, hookTimeout: 180_000, fileParallelism: false },
              }
            : {}),
        },
      })),
    ],
  },
});
