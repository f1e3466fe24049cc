import { expect, test } from 'vitest';
import { type WatchDraft, watchKeys, watchName, watchProblem } from './watchlist.ts';

const TODAY = '2026-11-23';
const draft = (given: Partial<WatchDraft> = {}): WatchDraft => ({
  ...{ name: '鲁志平', birthDate: '1982-07-14', idNumber: '', source: 'police', reason: 'threat', action: 'refuse' },
  ...{ instruction: '请到值班室坐，打电话。', responders: ['s-chen'], readers: [] },
  ...{ validFrom: TODAY, validUntil: '2027-05-31' },
  ...given,
});

test.each<[string, Partial<WatchDraft>, ReturnType<typeof watchProblem>]>([
  ['as it should be', {}, null],
  ['no name', { name: '  ' }, 'name'],
  ['a name of signs alone', { name: '😀 · ！' }, 'name'],
  ['10,000 characters', { name: '鲁'.repeat(10_000) }, 'nameLong'],
  ['SQL is text', { name: "x'); drop table gate.staff;--" }, null],
  ['HTML is text', { name: '<b onclick=alert(1)>鲁</b>' }, null],
  ['31 February', { birthDate: '1982-02-31' }, 'birthDate'],
  ['not born yet', { birthDate: '2026-11-24' }, 'birthDate'],
  ['a wrong check digit', { idNumber: '110000198207145155' }, 'idNumber'],
  ['a number of month 13', { idNumber: '110000198213145150' }, 'idNumber'],
  ['a number of letters', { idNumber: 'hello' }, 'idNumber'],
  ['a number of another day', { idNumber: '110000198405152718', birthDate: '1984-05-16' }, 'birthDiffers'],
  ['full width, small x', { idNumber: '１１００００ 19820714512x', birthDate: '' }, null],
  ['neither day nor number', { birthDate: '' }, 'noIdentity'],
  ['no word for the guard', { instruction: ' ' }, 'instruction'],
  ['a long word for the guard', { instruction: '电'.repeat(61) }, 'instructionLong'],
  ['the name in the guard’s sentence', { instruction: '拦下鲁 志平' }, 'instructionNames'],
  ['nobody is told', { responders: [] }, 'responders'],
  ['no such day', { validUntil: '2027-02-30' }, 'dates'],
  ['ends before it begins', { validFrom: '2026-12-02', validUntil: '2026-12-01' }, 'endBeforeStart'],
  ['has ended', { validFrom: '2026-01-01', validUntil: '2026-11-22' }, 'ended'],
  ['longer than a year', { validUntil: '2027-11-25' }, 'tooLong'],
])('%s', (_, given, problem) => {
  expect(watchProblem(draft(given), TODAY)).toBe(problem);
});

test('one person is written in many ways', () => {
  expect(watchName('ＤＥＭＯ， john　Specimen')).toBe(watchName('DEMO, JOHN SPECIMEN'));
  expect(watchName('买买提·艾力')).toBe(watchName('买买提•艾力'));
  const plain = (text: string) => text;
  const byNumber = watchKeys({ name: '张伟明', idNumber: '11000019840515271x' }, plain);
  expect(byNumber).toEqual(
    watchKeys({ name: '张 伟明', birthDate: '1984-05-15', idNumber: '11000019840515271X' }, plain),
  );
});
