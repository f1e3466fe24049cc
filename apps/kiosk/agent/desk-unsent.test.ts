/** After a long outage thousands of admissions wait: none of them may be missing on the roll. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unsentOf } from './desk.ts';
import { openJournal } from './journal.ts';

test('everything that waits is counted, beyond a thousand too', () => {
  const dir = mkdtempSync(join(tmpdir(), 'anyuan-unsent-'));
  const journal = openJournal(dir, 'ab'.repeat(32));
  journal.together(() => {
    for (let n = 0; n < 1_200; n++) {
      journal.keep('admit', `visit-${n}`, { visit: `visit-${n}` }, n, true);
      journal.keep('returnItems', `command-${n}`, { visit: `visit-${n}` }, n, true);
    }
  });
  const { admitted, returned, out } = unsentOf(journal);
  expect([admitted.size, returned.size, admitted.has('visit-1199'), returned.has('visit-1199'), out]).toEqual([
    1_200,
    1_200,
    true,
    true,
    false,
  ]);
  journal.close();
  rmSync(dir, { recursive: true });
});
