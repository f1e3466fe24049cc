/**
 * The dependency rule, read from the imports themselves:
 *
 *   contracts ← bus, db, devices ← service ← gateway, services, kiosk/agent      contracts ← ui ← kiosk/src, console
 *   contracts ← channels ← ledger
 *   contracts, devices ← hardware-sim      contracts ← load-tests      everything ← infra, load-tests/host
 *
 * Packages are entered by their exports only. An app knows another app's router by its type alone. A service or an agent that
 * prints or sends takes its words from the one entry of ui without a screen. Product code imports neither the simulator nor what is
 * made for tests; package.json lists what is imported.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SERVICES } from '@anyuan/contracts';
import { inClone } from './clone.ts';
import { isTest, sourceFiles } from './source-files.ts';

const below = ['contracts', 'bus', 'db', 'devices', 'service'];
/** Of `ui` what has no screen in it: the words, for whatever prints or sends. */
const WORDS = '@anyuan/ui/text';

/** Folder → what its product code may import. Longest folder first. */
const allowed: [folder: string, packages: readonly string[]][] = [
  ['packages/contracts/', []],
  ['packages/bus/', ['contracts']],
  ['packages/db/', ['contracts']],
  ['packages/devices/', ['contracts']],
  ['packages/channels/', ['contracts']],
  ['packages/service/', ['contracts', 'bus', 'db', 'devices']],
  ['packages/ui/', ['contracts']],
  ['apps/kiosk/agent/', ['contracts', 'bus', 'devices', 'service']],
  ['apps/kiosk/', ['contracts', 'ui']],
  ['apps/console/', ['contracts', 'ui']],
  ['apps/ledger/', [...below, 'channels']],
  ['apps/', below],
  ['hardware-sim/', ['contracts', 'devices']],
  ['load-tests/scenarios/', ['contracts']],
  ['load-tests/lib/', ['contracts']],
];

/** k6 resolves no packages; what runs beside it is a tool as those of infra are: it starts a school and asks its database. */
const isTool = (path: string): boolean => /^(infra\/|load-tests\/(host\/|run\.ts$))/.test(path);

const mayPrint = (path: string): boolean =>
  path.startsWith('apps/kiosk/agent/') || SERVICES.some((service) => path.startsWith(`apps/${service}/`));

export interface Import {
  specifier: string;
  typeOnly: boolean;
}

/** Statements that name another module: import, export … from, import(). */
export function importsOf(source: string): Import[] {
  const code = source.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  const found: Import[] = [];
  const statement = /^[ \t]*(?:import|export)\s+(type\s)?([^;'"]*?\bfrom\s*)?['"]([^'"]+)['"]/gm;
  for (const [, type, clause = '', specifier = ''] of code.matchAll(statement)) {
    const names =
      /\{([^}]*)\}/
        .exec(clause)?.[1]
        ?.split(',')
        .filter((name) => name.trim() !== '') ?? [];
    const onlyNames = /^\s*\{[^}]*\}\s*from\s*$/.test(clause);
    const allTypes = onlyNames && names.length > 0 && names.every((name) => name.trim().startsWith('type '));
    found.push({ specifier, typeOnly: type !== undefined || allTypes });
  }
  for (const [, specifier = ''] of code.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g)) {
    found.push({ specifier, typeOnly: false });
  }
  return found;
}

interface Package {
  folder: string;
  exports: Record<string, unknown>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

function packageOf(path: string): Package {
  let folder = dirname(path);
  while (folder !== '.' && !existsSync(inClone(folder, 'package.json'))) folder = dirname(folder);
  const json = JSON.parse(readFileSync(inClone(folder, 'package.json'), 'utf8'));
  return { folder, exports: {}, dependencies: {}, devDependencies: {}, ...json };
}

function packagesByName(): Map<string, Package> {
  const names = sourceFiles(['package.json']).map((path) => {
    const found = packageOf(path);
    const { name } = JSON.parse(readFileSync(inClone(path), 'utf8'));
    return [String(name), found] as const;
  });
  return new Map(names);
}

/** What is wrong with one import; nothing, mostly. */
export function judge(
  path: string,
  { specifier, typeOnly }: Import,
  packages: Map<string, Package>,
): string | undefined {
  const own = packageOf(path);
  if (specifier.startsWith('.')) {
    const target = join(dirname(path), specifier).replaceAll('\\', '/');
    if (!`${target}/`.startsWith(own.folder === '.' ? '' : `${own.folder}/`)) return `leaves its package: ${specifier}`;
    const intoAgent = path.startsWith('apps/kiosk/src/') && target.startsWith('apps/kiosk/agent/');
    return intoAgent && !typeOnly ? `the screen may import types of the agent only: ${specifier}` : undefined;
  }
  const [scope, short = '', ...rest] = specifier.split('/');
  if (scope !== '@anyuan') return undefined;
  const name = `@anyuan/${short}`;
  const target = packages.get(name);
  if (!target) return `no such package: ${specifier}`;
  const entry = rest.length === 0 ? '.' : `./${rest.join('/')}`;
  if (!(entry in target.exports)) return `deep import: ${specifier}`;
  const test = isTest(path);
  const listed = name in own.dependencies || ((typeOnly || test) && name in own.devDependencies);
  if (!listed && own !== target && own.folder !== target.folder) return `not in package.json: ${specifier}`;
  if (isTool(path) || test) return undefined;
  if (/^testing/.test(rest[0] ?? '')) return `product code imports what is made for tests: ${specifier}`;
  if (typeOnly && entry === './router' && path.startsWith('apps/')) return undefined;
  if (specifier === WORDS && mayPrint(path)) return undefined;
  const may = allowed.find(([folder]) => path.startsWith(folder))?.[1] ?? [];
  return may.includes(short) || own.folder === target.folder ? undefined : `against the dependency rule: ${specifier}`;
}

export function checkDeps(): string[] {
  const packages = packagesByName();
  return sourceFiles(['.ts', '.mts', '.mjs', '.svelte']).flatMap((path) =>
    importsOf(readFileSync(inClone(path), 'utf8')).flatMap((found) => {
      const wrong = judge(path, found, packages);
      return wrong ? [`${path}: ${wrong}`] : [];
    }),
  );
}
