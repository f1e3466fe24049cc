import { beforeEach, expect, test } from 'vitest';
import { at } from '../testing/data.ts';
import { Desk } from '../testing/desk.ts';
import { board } from '../testing/shifts.ts';
import type { ShiftInput } from './handover.ts';

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
type Without<T> = T extends unknown ? Omit<T, 'flow'> : never;
const touch = (input: Without<ShiftInput>) => desk.touch({ flow: 'shift', ...input } as ShiftInput);
const pin = (digits: string) => {
  for (const key of digits) touch({ do: 'key', key });
};
const empty = board({ duty: null });
const [li, other] = empty.guards;
if (!li || !other) throw new Error('two guards');
const open = (given = board()) => {
  touch({ do: 'open', pane: null });
  desk.do({ flow: 'shift', do: 'board', board: given });
};
const begin = () => {
  touch({ do: 'open', pane: 'who' });
  desk.do({ flow: 'shift', do: 'board', board: empty });
};
const answered = (answer: Extract<ShiftInput, { do: 'answered' }>['answer']) =>
  desk.do({ flow: 'shift', do: 'answered', answer });

const proved = (answer: Extract<ShiftInput, { do: 'proved' }>['answer']) =>
  desk.do({ flow: 'shift', do: 'proved', answer });

test('with nobody on duty the expected guard begins by his PIN, and the checks follow', () => {
  begin();
  touch({ do: 'guard', guard: li });
  pin('123');
  touch({ do: 'sign' });
  pin('4');
  touch({ do: 'sign' });
  const input = { guard: li.id, pin: '1234', reason: null, byCard: false };
  expect(desk.asked()).toEqual([{ run: 'shiftBoard' }, { run: 'beginShift', input }]);
  answered({ ok: true });
  expect(desk.screen('shift')).toMatchObject({ pane: 'checks', pin: '' });
});

test('whom nobody expected says why he is here', () => {
  begin();
  touch({ do: 'guard', guard: other });
  pin('1234');
  touch({ do: 'sign' });
  expect(desk.asked()).toEqual([{ run: 'shiftBoard' }]);
  touch({ do: 'reason', reason: 'swapped' });
  touch({ do: 'sign' });
  expect(desk.asked()).toMatchObject([{ run: 'beginShift', input: { reason: 'swapped' } }]);
});

test('a handover: notes, both PINs, and the hash of what both saw', () => {
  open();
  touch({ do: 'note', note: 'keysHanded' });
  touch({ do: 'pane', pane: 'outgoing' });
  pin('1111');
  touch({ do: 'sign' });
  proved({ ok: true });
  touch({ do: 'guard', guard: li });
  pin('2222');
  touch({ do: 'sign' });
  expect(desk.asked().at(-1)).toEqual({
    run: 'passShift',
    input: { guard: li.id, pin: '2222', reason: null, outPin: '1111', notes: ['keysHanded'], hash: board().hash },
  });
  answered({ ok: false, reason: 'wrongPin', left: 4, who: 'outgoing' });
  expect(desk.screen('shift')).toMatchObject({ pane: 'outgoing', pin: '', outPin: '', wrong: { left: 4 } });
});

test('who hands over learns of a slip before the next one signs; his own card again takes nothing away', () => {
  open();
  touch({ do: 'note', note: 'allQuiet' });
  touch({ do: 'note', note: 'parentUpset' });
  touch({ do: 'note', note: 'keysHanded' });
  desk.sees({ type: 'staffCard', tap: 't', person: { id: 'wang', name: '王建国' }, mayStandDown: false, at: at(0) });
  touch({ do: 'pane', pane: 'outgoing' });
  pin('9999');
  touch({ do: 'sign' });
  expect(desk.asked().at(-1)).toEqual({ run: 'proveShift', pin: '9999' });
  proved({ ok: false, reason: 'wrongPin', left: 4, who: 'outgoing' });
  expect(desk.screen('shift')).toMatchObject({
    ...{ pane: 'outgoing', pin: '', wrong: { left: 4 }, whose: 'outgoing', notes: ['parentUpset', 'keysHanded'] },
  });
});

test('what changed between two signatures is looked at and signed anew', () => {
  open();
  touch({ do: 'pane', pane: 'outgoing' });
  pin('1111');
  touch({ do: 'sign' });
  proved({ ok: true });
  touch({ do: 'guard', guard: li });
  pin('2222');
  touch({ do: 'sign' });
  answered({ ok: false, reason: 'changed' });
  expect(desk.screen('shift')).toMatchObject({ pane: 'left', changed: true, outPin: '', pin: '' });
  expect(desk.asked().at(-1)).toEqual({ run: 'shiftBoard' });
});

test('nobody came: his own PIN ends it', () => {
  open();
  touch({ do: 'leave' });
  pin('1111');
  touch({ do: 'sign' });
  expect(desk.asked().at(-1)).toMatchObject({ run: 'leaveShift', input: { outPin: '1111' } });
  answered({ ok: true });
  expect(desk.at).toBe('idle');
});

test('takes no digit while the agent takes no PIN, whoever is chosen', () => {
  begin();
  touch({ do: 'guard', guard: li });
  answered({ ok: false, reason: 'tooMany', waitMs: 12_000 });
  touch({ do: 'guard', guard: other });
  pin('1');
  expect(desk.screen('shift')).toMatchObject({ pin: '', wrong: { until: desk.now + 12_000 } });
  desk.wait(12);
  pin('1');
  expect(desk.screen('shift')).toMatchObject({ pin: '1', wrong: null });
});

test("a guard's card chooses him, also in the middle of a handover; another's is nobody's shift", () => {
  const tap = (person: { id: string; name: string }) =>
    desk.sees({ type: 'staffCard', tap: 't', person, mayStandDown: false, at: at(0) });
  open();
  touch({ do: 'pane', pane: 'outgoing' });
  pin('1111');
  touch({ do: 'sign' });
  proved({ ok: true });
  tap({ id: 'wang', name: '王建国' });
  tap(other);
  expect(desk.screen('shift')).toMatchObject({ guard: { id: other.id }, byCard: true, outPin: '1111' });
  tap({ id: 'liufang', name: '刘芳' });
  desk.do({ flow: 'shift', do: 'board', board: board() });
  expect([desk.at, desk.session.hint?.key]).toEqual(['idle', 'staffCard']);
});

test('each answer of the checklist goes out by itself, and the list waits for who walks', () => {
  open();
  touch({ do: 'pane', pane: 'checks' });
  desk.asked();
  touch({ do: 'check', check: 'speaker', ok: true });
  touch({ do: 'check', check: 'radio', ok: false });
  touch({ do: 'problemNote', note: 'noPower' });
  touch({ do: 'problemDone' });
  touch({ do: 'count', kind: 'helmet', by: -1 });
  touch({ do: 'countDone' });
  expect(desk.asked()).toMatchObject([
    { run: 'checkShift', check: { check: 'speaker', ok: true } },
    { run: 'checkShift', check: { check: 'radio', ok: false, notes: ['noPower'] } },
    { run: 'countEquipment', counts: { helmet: 1, fork: 2 } },
  ]);
  desk.wait(120);
  expect(desk.screen('shift').pane).toBe('checks');
  desk.touch({ flow: 'core', do: 'back' });
  expect(desk.at).toBe('idle');
});

test('a PIN is wiped when nobody goes on', () => {
  begin();
  touch({ do: 'guard', guard: li });
  pin('12');
  desk.wait(31);
  expect(desk.at).toBe('idle');
});
