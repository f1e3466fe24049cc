/** The load test's devices are Go; where there is Go, their rules are tested with everything else. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const go = (...args: string[]) => spawnSync('go', ['-C', import.meta.dirname, ...args], { encoding: 'utf8' });

test.runIf(go('version').status === 0)(
  'a siren of the load test obeys the rules of the alarm path',
  () => {
    const { status, stdout, stderr } = go('test', './fleet');
    expect({ status, said: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, said: '' });
  },
  180_000,
);
