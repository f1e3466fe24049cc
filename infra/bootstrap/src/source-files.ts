/** The source files of the clone, by path from its root. */
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { clone } from './clone.ts';

const PASSED_OVER = new Set(['node_modules', 'dist', '.git', '.tools', '.turbo', 'test-results']);

export function sourceFiles(extensions: readonly string[], from = clone): string[] {
  return readdirSync(from, { withFileTypes: true }).flatMap((entry) => {
    if (PASSED_OVER.has(entry.name)) return [];
    const path = join(from, entry.name);
    if (entry.isDirectory()) return sourceFiles(extensions, path);
    return extensions.some((e) => entry.name.endsWith(e)) ? [relative(clone, path).replaceAll('\\', '/')] : [];
  });
}

/** Tests and what only tests use. */
export const isTest = (path: string): boolean =>
  /\.test\.ts$/.test(path) || /\/(tests|testing)\//.test(path) || /\/(testing|test)[^/]*\.ts$/.test(path);
