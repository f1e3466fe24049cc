/**
 * Types of the whole repository in few compilations. Packages import each other's sources, so one compilation each would check
 * the lower ones once more for every package above them; those that are set up alike are checked as one program.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { clone, inClone } from './clone.ts';
import { sourceFiles } from './source-files.ts';

const BASE = inClone('infra/tsconfig/base.json');

/** What a package's own `npm run types` would do, folder by folder. */
export function typeChecks(): { alike: string[]; apart: string[] } {
  const folders = sourceFiles(['package.json'])
    .filter((path) => path !== 'package.json' && scriptOf(path) !== undefined)
    .map((path) => dirname(path));
  const isAlike = (folder: string) => scriptOf(join(folder, 'package.json')) === 'tsc -p .' && plain(folder);
  return { alike: folders.filter(isAlike), apart: folders.filter((folder) => !isAlike(folder)) };
}

/** @returns the file to compile */
export function togetherFile(folders: readonly string[]): string {
  const file = inClone('.tools', 'types', 'tsconfig.json');
  const from = dirname(file);
  mkdirSync(from, { recursive: true });
  const include = folders.flatMap((folder) =>
    includeOf(folder).map((pattern) => relative(from, join(clone, folder, pattern))),
  );
  writeFileSync(file, JSON.stringify({ extends: relative(from, BASE), include, exclude: ['**/node_modules'] }));
  return file;
}

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));
const scriptOf = (path: string): string | undefined => read(inClone(path)).scripts?.types;
const includeOf = (folder: string): string[] => read(inClone(folder, 'tsconfig.json')).include;

function plain(folder: string): boolean {
  const path = inClone(folder, 'tsconfig.json');
  if (!existsSync(path)) return false;
  const { extends: base, include: _, ...own } = read(path);
  return Object.keys(own).length === 0 && typeof base === 'string' && join(clone, folder, base) === BASE;
}
