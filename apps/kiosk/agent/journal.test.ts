import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournal } from './journal.ts';

const key = 'ab'.repeat(32);
let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'anyuan-journal-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

test('what was kept is there after the process is gone, in order, until its owner confirmed it', () => {
  const first = openJournal(dir, key);
  first.keep('admit', 'a', { name: '张伟明' }, 1, true);
  first.keep('verdict', 'v', {}, 2, false);
  first.keep('signOut', 'b', {}, 3, true);
  const again = openJournal(dir, key);
  expect(again.pending(['admit', 'signOut'], 10).map((r) => r.id)).toEqual(['a', 'b']);
  expect(again.pending(['admit'], 10)[0]?.body).toEqual({ name: '张伟明' });
  again.sent('a');
  again.refused('b', 'badInput');
  expect([again.countPending(), again.pending(['admit', 'signOut'], 10)]).toEqual([0, []]);
  again.close();
});

test('what is kept together is there wholly or not at all', () => {
  const journal = openJournal(dir, key);
  const broken = () =>
    journal.together(() => {
      journal.keep('raise', 'r', {}, 1, true);
      throw new Error('in the middle');
    });
  expect(broken).toThrow('in the middle');
  expect(journal.countPending()).toBe(0);
  journal.together(() => {
    journal.keep('raise', 'r', {}, 1, true);
    journal.set('incidents', ['r']);
  });
  expect([journal.pending(['raise'], 10).length, journal.get('incidents')]).toEqual([1, ['r']]);
  journal.close();
});

test('a record kept twice stands once', () => {
  const journal = openJournal(dir, key);
  journal.keep('handOver', 'h', { n: 1 }, 1, true);
  journal.keep('handOver', 'h', { n: 2 }, 2, true);
  expect(journal.pending(['handOver'], 10)).toMatchObject([{ id: 'h', body: { n: 1 } }]);
  journal.close();
});

test('the disk tells no names, and another key opens nothing', () => {
  const journal = openJournal(dir, key);
  journal.keep('admit', 'a', { name: '张伟明', idNumber: '110000198405152718' }, 1, true);
  journal.set('roll', [{ name: '张伟明' }]);
  journal.close();
  const bytes = readFileSync(join(dir, 'journal.sqlite'));
  expect(bytes.includes('张伟明') || bytes.includes('110000198405152718')).toBe(false);
  const other = openJournal(dir, 'cd'.repeat(32));
  expect(() => other.pending(['admit'], 10)).toThrow();
  other.close();
});

test('numbers run within a day and begin anew the next', () => {
  const journal = openJournal(dir, key);
  expect([journal.nextNumber('2026-11-23'), journal.nextNumber('2026-11-23')]).toEqual([1, 2]);
  expect(journal.nextNumber('2026-11-24')).toBe(1);
  journal.close();
});

test('what was sent goes after 30 days, what stays here after 180; what is unsent or was refused never', () => {
  const journal = openJournal(dir, key);
  const day = 86_400_000;
  for (const id of ['old', 'new', 'unsent', 'refused'])
    journal.keep('admit', id, {}, id === 'new' ? 20 * day : 0, true);
  journal.keep('verdict', 'here', {}, 0, false);
  for (const id of ['old', 'new']) journal.sent(id);
  journal.refused('refused', 'badInput');
  journal.tend(31 * day);
  journal.tend(400 * day);
  const again = new DatabaseSync(join(dir, 'journal.sqlite'));
  expect(again.prepare('SELECT id FROM records ORDER BY id').all()).toEqual([{ id: 'refused' }, { id: 'unsent' }]);
  again.close();
  expect([journal.countPending(), journal.countRefused()]).toEqual([1, 1]);
  journal.close();
});

test('what is not kept puts memory back as it was; together within together is one', () => {
  const journal = openJournal(dir, key);
  const said: string[] = [];
  const broken = () =>
    journal.together(() => {
      journal.together(() => journal.keep('raise', 'r', {}, 1, true));
      journal.ifLost(() => said.push('first'));
      journal.ifLost(() => said.push('second'));
      throw new Error('in the middle');
    });
  expect(broken).toThrow('in the middle');
  expect([said, journal.countPending()]).toEqual([['second', 'first'], 0]);
  journal.close();
});
