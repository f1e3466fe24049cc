import { type WatchIdentity, watchKeys, watchPerson } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import { decideWatch, indexWatch, type WatchEntry } from './watch-decision.ts';

const TODAY = '2026-11-23';
const keys = (person: WatchIdentity) => watchKeys(person, (text) => `#${text}`);
const man = { name: '鲁志平', birthDate: '1982-07-14', idNumber: '110000198207145154' };

function entry(person: WatchIdentity, given: Partial<WatchEntry> = {}): WatchEntry {
  return {
    ...{ entry: 'one', ...keys(person), action: 'refuse', instruction: '打电话', responders: [] },
    ...{ validFrom: '2026-09-01', validUntil: '2027-06-30', cleared: [] },
    ...given,
  };
}
const { idNumber: _, ...noNumber } = man;

test.each<[string, WatchIdentity, WatchIdentity, string | undefined]>([
  ['the number alone decides, whatever the name', man, { name: '改名', idNumber: man.idNumber }, 'idNumber'],
  ['name and birth date, no number on the list', noNumber, man, 'nameAndBirth'],
  ['name and birth date, no number at the gate', man, noNumber, 'nameAndBirth'],
  ['blanks and dots in a name are nothing', noNumber, { ...noNumber, name: '鲁 志·平' }, 'nameAndBirth'],
  ['another number, all else the same', man, { ...noNumber, idNumber: 'GBR110088021401' }, 'otherNumber'],
  ['another number, another day', man, { name: man.name, idNumber: '110000198203095153' }, undefined],
  ['the same year', noNumber, { name: man.name, birthDate: '1982-03-09' }, 'birthYear'],
  ['another year is somebody else', noNumber, { name: man.name, birthDate: '1990-07-14' }, undefined],
  ['a name alone asks', noNumber, { name: man.name }, 'birthUnknown'],
  ['another name', noNumber, { name: '鲁志', birthDate: man.birthDate }, undefined],
])('%s', (_what, listed, here, match) => {
  expect(decideWatch(indexWatch({ entries: [entry(listed)] }), keys(here), TODAY)?.match).toBe(match);
});

test('an entry counts from its first day to its last', () => {
  const on = (day: string) => decideWatch(indexWatch({ entries: [entry(man)] }), keys(man), day)?.match;
  expect([on('2026-08-31'), on('2026-09-01'), on('2027-06-30'), on('2027-07-01')]).toEqual([
    undefined,
    'idNumber',
    'idNumber',
    undefined,
  ]);
});

test('whoever was cleared is not asked about again, by the list or by this gate', () => {
  const person = watchPerson(keys(man)) ?? '';
  expect(decideWatch(indexWatch({ entries: [entry(man, { cleared: [person] })] }), keys(man), TODAY)).toBeUndefined();
  const here = (one: string, who: string) => one === 'one' && who === person;
  expect(decideWatch(indexWatch({ entries: [entry(man)] }), keys(man), TODAY, here)).toBeUndefined();
});

test('the exact match first, then the strictest', () => {
  const near = entry({ name: man.name }, { entry: 'near', action: 'refuse' });
  const looks = entry(noNumber, { entry: 'looks', action: 'observe' });
  const waits = entry(noNumber, { entry: 'waits', action: 'keepWaiting' });
  expect(decideWatch(indexWatch({ entries: [near, looks, waits] }), keys(man), TODAY)?.entry.entry).toBe('waits');
});
