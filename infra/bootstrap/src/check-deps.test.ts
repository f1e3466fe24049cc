import { expect, test } from 'vitest';
import { importsOf, judge } from './check-deps.ts';

const none = { dependencies: {}, devDependencies: {} };
const packages = new Map(
  ['contracts', 'bus', 'db', 'devices', 'service', 'ui', 'alarm', 'hardware-sim'].map((name) => [
    `@anyuan/${name}`,
    { folder: `x/${name}`, exports: { '.': '', './testing': '', './router': '', './text': '' }, ...none },
  ]),
);
const judged = (path: string, source: string) =>
  importsOf(source).flatMap((found) => judge(path, found, packages) ?? []);

test('sees every form of import, and which ones vanish when types are stripped', () => {
  const source = `
    import a from 'a';
    import type { B } from 'b';
    import { type C, type D } from 'c';
    import { type E, f } from 'e';
    export { g } from 'g';
    import 'h';
    const i = await import('i');
    // import j from 'j';
    /* import k from 'k'; */`;
  expect(importsOf(source).map(({ specifier, typeOnly }) => `${specifier}${typeOnly ? ' type' : ''}`)).toEqual([
    'a',
    'b type',
    'c type',
    'e',
    'g',
    'h',
    'i',
  ]);
});

test.each([
  ['packages/bus/src/x.ts', "import { x } from '@anyuan/contracts';", []],
  [
    'packages/bus/src/x.ts',
    "import { x } from '@anyuan/contracts/src/x.ts';",
    ['deep import: @anyuan/contracts/src/x.ts'],
  ],
  [
    'packages/bus/src/x.ts',
    "import { x } from '../../contracts/src/x.ts';",
    ['leaves its package: ../../contracts/src/x.ts'],
  ],
  ['packages/bus/src/x.ts', "import { x } from '@anyuan/service';", ['not in package.json: @anyuan/service']],
  [
    'apps/gate/src/x.ts',
    "import { x } from '@anyuan/bus/testing';",
    ['product code imports what is made for tests: @anyuan/bus/testing'],
  ],
  ['apps/gate/src/x.test.ts', "import { x } from '@anyuan/bus/testing';", []],
  ['apps/console/src/x.ts', "import type { R } from '@anyuan/alarm/router';", []],
  ['apps/console/src/x.ts', "import { r } from '@anyuan/alarm/router';", ['not in package.json: @anyuan/alarm/router']],
  ['apps/ledger/src/x.ts', "import { x } from '@anyuan/ui/text';", []],
  ['apps/ledger/src/x.ts', "import { x } from '@anyuan/ui';", ['against the dependency rule: @anyuan/ui']],
  ['apps/pickup/src/x.ts', "import { x } from '@anyuan/ui/text';", ['not in package.json: @anyuan/ui/text']],
  ['apps/kiosk/agent/x.ts', "import { x } from '@anyuan/ui/text';", []],
  ['apps/kiosk/agent/x.ts', "import { x } from '@anyuan/ui';", ['against the dependency rule: @anyuan/ui']],
  ['apps/gate/src/x.ts', "import { x } from '@anyuan/nowhere';", ['no such package: @anyuan/nowhere']],
  [
    'apps/kiosk/src/x.ts',
    "import { x } from '../agent/router.ts';",
    ['the screen may import types of the agent only: ../agent/router.ts'],
  ],
])('%s: %s', (path, source, expected) => {
  expect(judged(path, source)).toEqual(expected);
});
