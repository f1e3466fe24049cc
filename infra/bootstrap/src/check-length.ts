/** No source file above 400 lines, no test above 600; blank lines and comments are not counted, nor files of mere data. */
import { readFileSync } from 'node:fs';
import { inClone } from './clone.ts';
import { isTest, sourceFiles } from './source-files.ts';

const LIMIT = 400;
const TEST_LIMIT = 600;
/** The text catalogue and the demo school's rows. */
const DATA = /^(packages\/ui\/src\/i18n\/|hardware-sim\/src\/demo-)/;

export function codeLines(text: string): number {
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/<!--[\s\S]*?-->/g, '');
  return bare.split('\n').filter((line) => line.trim() !== '' && !line.trim().startsWith('//')).length;
}

export function checkLength(): string[] {
  return sourceFiles(['.ts', '.mjs', '.svelte']).flatMap((path) => {
    if (DATA.test(path)) return [];
    const limit = isTest(path) ? TEST_LIMIT : LIMIT;
    const lines = codeLines(readFileSync(inClone(path), 'utf8'));
    return lines > limit ? [`${path}: ${lines} lines, at most ${limit}`] : [];
  });
}
