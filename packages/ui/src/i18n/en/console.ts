import type { consoleText as source } from '../zh/console.ts';

export const consoleText: typeof source = {};
