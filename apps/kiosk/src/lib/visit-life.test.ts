import { VISITOR_TYPES, visitorTypes } from '@anyuan/contracts';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  at,
  cutOff,
  held,
  heldVisits,
  hosts,
  liuFang,
  presented,
  question,
  status,
  stranger,
  visit,
} from '../testing/data.ts';
import { Desk } from '../testing/desk.ts';
import { fitting } from './desk.ts';
import { answerOf, lacking, namesOf, staysFor } from './visit-life.ts';

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
const lay = (p = presented()) => desk.sees({ type: 'presented', presented: p });
const of = (run: string) => desk.effects.filter((e) => e.run === run);
const screen = () => desk.screen('visitor');
const [, linLi] = hosts;
if (!linLi) throw new Error('a second host');

describe('the question to the host', () => {
  it('goes out by itself as soon as reason and host are known, once', () => {
    lay(stranger()).touch({ flow: 'visitor', do: 'reason', reason: 'jobInterview' });
    expect(of('askHost')).toEqual([]);
    desk.touch({ flow: 'visitor', do: 'host', host: liuFang }).touch({ flow: 'visitor', do: 'clear' });
    expect(of('askHost')).toMatchObject([
      { input: { host: 'liufang', reason: 'jobInterview', type: 'guest', count: 1 } },
    ]);
    expect(lacking(screen())).toBe('answer');
    desk.touch({ flow: 'visitor', do: 'admit' });
    expect(of('admit')).toEqual([]);
  });

  it('is not asked for a parents’ meeting, a parcel at the gate, a delivery', () => {
    for (const reason of ['parentMeeting', 'dropOff', 'delivery'] as const) {
      lay(stranger())
        .touch({ flow: 'visitor', do: 'reason', reason })
        .touch({ flow: 'visitor', do: 'host', host: liuFang });
      desk.touch({ flow: 'visitor', do: 'clear' });
      expect(lacking(screen())).toBeNull();
      desk.touch({ flow: 'core', do: 'restart' });
    }
    expect(of('askHost')).toEqual([]);
  });

  it('yes opens 放行 with a sound; who answered goes along as the question', () => {
    lay().touch({ flow: 'visitor', do: 'clear' });
    const asked = desk.hostSays();
    expect(lacking(screen())).toBe('answer');
    desk.effects = [];
    desk.sees({ type: 'hostQuestion', question: { ...asked, state: 'yes' } });
    expect(desk.effects).toEqual([{ run: 'sound', sound: 'yes' }]);
    desk.touch({ flow: 'visitor', do: 'admit' });
    expect(of('admit')).toMatchObject([{ input: { question: asked.question } }]);
  });

  it('no leads to a refusal with one touch', () => {
    lay().touch({ flow: 'visitor', do: 'clear' });
    desk.hostSays({ state: 'no' });
    expect(lacking(screen())).toBe('declined');
    desk.touch({ flow: 'visitor', do: 'admit' }).touch({ flow: 'visitor', do: 'refusePane' });
    expect(of('refuse')).toMatchObject([{ input: { refusal: 'hostDeclined' } }]);
    expect(of('admit')).toEqual([]);
  });

  it('another host is another question, and the first is taken back; an answer to the first is none', () => {
    lay();
    const first = desk.hostSays();
    desk.effects = [];
    desk.touch({ flow: 'visitor', do: 'host', host: linLi });
    expect(desk.effects).toMatchObject([{ run: 'withdraw', question: first.question }, { run: 'askHost' }]);
    desk.sees({ type: 'hostQuestion', question: { ...first, state: 'yes' } }).touch({ flow: 'visitor', do: 'clear' });
    expect(answerOf(screen())).toBeNull();
    expect(lacking(screen())).toBe('answer');
  });

  it('is taken back when he is decided about, also when its number comes only afterwards', () => {
    lay();
    const asked = desk.hostSays();
    desk.effects = [];
    desk.touch({ flow: 'visitor', do: 'clear' }).touch({ flow: 'visitor', do: 'override', reason: 'phoned' });
    desk.touch({ flow: 'visitor', do: 'admit' });
    desk.do({ flow: 'visitor', do: 'admitted', result: { visit: 'v', number: 'E1', ticket: null, synced: true } });
    expect(of('withdraw')).toEqual([{ run: 'withdraw', question: asked.question }]);
    desk.effects = [];
    const late = question();
    desk.do({ flow: 'visitor', do: 'asked', key: 'gone', question: late });
    expect(of('withdraw')).toEqual([{ run: 'withdraw', question: late.question }]);
  });

  it('off line it can’t go out: the guard says why he lets him in, and that goes on record', () => {
    desk.sees({ type: 'status', status: cutOff() });
    lay().touch({ flow: 'visitor', do: 'clear' });
    const [ask] = of('askHost');
    if (ask?.run !== 'askHost') throw new Error('nobody was asked');
    desk.do({ flow: 'visitor', do: 'asked', key: ask.key, question: null });
    expect(screen().question.state).toBe('unsent');
    desk.touch({ flow: 'visitor', do: 'overridePane' }).touch({ flow: 'visitor', do: 'override', reason: 'phoned' });
    desk.touch({ flow: 'visitor', do: 'admit' });
    expect(of('admit')).toMatchObject([{ input: { override: 'phoned' } }]);
  });

  it('keeps the screen awake while somebody thinks, not for ever', () => {
    lay();
    desk.hostSays();
    expect(desk.wait(150).at).toBe('visitor');
    expect(desk.wait(70).at).toBe('idle');
  });
});

describe('what belongs to his kind', () => {
  it('an official has a certificate, typed on the keypad; nothing longer than it may be', () => {
    lay(stranger()).touch({ flow: 'visitor', do: 'reason', reason: 'inspection' });
    desk.touch({ flow: 'visitor', do: 'host', host: liuFang });
    expect(screen()).toMatchObject({ type: 'official', pane: { pane: 'certificate' } });
    for (let i = 0; i < 10_000; i++) desk.do({ flow: 'visitor', do: 'certificateKey', key: '7' });
    expect(screen().certificate).toBe('7'.repeat(24));
    desk.touch({ flow: 'visitor', do: 'certificateErase' }).touch({ flow: 'visitor', do: 'main' });
    expect(lacking(screen())).toBe('security');
  });

  it('another type forgets what was said for the first; a courier needs nobody', () => {
    lay(stranger()).touch({ flow: 'visitor', do: 'reason', reason: 'delivery' });
    desk.touch({ flow: 'visitor', do: 'host', host: liuFang }).touch({ flow: 'visitor', do: 'more' });
    expect(screen().type).toBe('courier');
    desk.touch({ flow: 'visitor', do: 'type', type: 'supplier' });
    expect(screen()).toMatchObject({ type: 'supplier', pane: { pane: 'more' } });
  });

  it('a group is counted between 1 and 99; its names are those that were typed, and no more than there are', () => {
    lay().touch({ flow: 'visitor', do: 'more' });
    desk.touch({ flow: 'visitor', do: 'count', by: -1 });
    expect(screen().count).toBe(1);
    for (let i = 0; i < 12; i++) desk.touch({ flow: 'visitor', do: 'count', by: 10 });
    expect(screen().count).toBe(99);
    expect(namesOf('钱进、 孙立,，<b>李</b>\n', 99)).toEqual(['钱进', '孙立', '<b>李</b>']);
    expect(namesOf('甲、乙、丙', 2)).toEqual(['甲']);
    expect(namesOf('长'.repeat(10_000), 2)[0]).toHaveLength(200);
  });

  it('the usual length of stay can be chosen again, whoever it is', () => {
    for (const type of VISITOR_TYPES) expect(staysFor(type)).toContain(visitorTypes[type].stayMinutes);
    expect(staysFor('courier')).toEqual([15, 30, 60, 120, 240]);
    expect(staysFor('official')).toEqual([60, 120, 180, 240, 480]);
  });

  it('the planned end goes along when it was changed', () => {
    lay().touch({ flow: 'visitor', do: 'stay', minutes: 30 }).hostSays({ state: 'yes' });
    desk.touch({ flow: 'visitor', do: 'clear' }).touch({ flow: 'visitor', do: 'admit' });
    expect(of('admit')).toMatchObject([{ input: { until: new Date(desk.now + 30 * 60_000).toISOString() } }]);
  });
});

describe('leaving', () => {
  const list = (...visits: ReturnType<typeof visit>[]) =>
    desk.touch({ flow: 'desk', do: 'visits', sort: 'onSite' }).do({ flow: 'desk', do: 'visitsLoaded', visits });

  it('some of a group go first', () => {
    const group = visit({ party: { count: 3, names: [] } });
    list(group).touch({ flow: 'desk', do: 'chooseVisit', visit: group.visit });
    desk.touch({ flow: 'visitor', do: 'leaving', by: -1 }).touch({ flow: 'visitor', do: 'leaving', by: -1 });
    desk.touch({ flow: 'visitor', do: 'leaving', by: -1 }).touch({ flow: 'visitor', do: 'signOut' });
    expect(of('signOut')).toEqual([{ run: 'signOut', visit: group.visit, count: 1 }]);
  });

  it('a group that shows its card leaves as many as the guard says, and all of it unless he says fewer', () => {
    const group = visit({ party: { count: 5, names: [] }, gone: 1 });
    const card = presented();
    if (!card.recognition) throw new Error('nobody is known');
    const recognition = { ...card.recognition, onSite: group };
    lay({ ...card, recognition });
    desk.touch({ flow: 'visitor', do: 'leaving', by: -1 }).touch({ flow: 'visitor', do: 'leaving', by: -1 });
    expect(desk.screen('onSite').leaving).toBe(2);
    desk.touch({ flow: 'visitor', do: 'signOut' }).do({ flow: 'visitor', do: 'signedOut', visit: group.visit });
    expect(of('signOut')).toEqual([{ run: 'signOut', visit: group.visit, count: 2 }]);
    expect(desk.session.hint?.key).toBe('someSignedOut');
    lay(presented({ recognition })).touch({ flow: 'visitor', do: 'signOut' });
    expect(of('signOut')[1]).toEqual({ run: 'signOut', visit: group.visit });
  });

  it('whoever is overdue stands there alone, the latest first, with a way to all', () => {
    const late = (name: string, minutes: number) => visit({ name, until: at(minutes * 60_000) });
    const all = [late('早', -5), late('晚', 10), late('最晚', 40)];
    desk.touch({ flow: 'desk', do: 'visits', sort: 'overdue' }).do({ flow: 'desk', do: 'visitsLoaded', visits: all });
    const names = () => fitting(desk.screen('visits'), desk.now).map((v) => v.name);
    expect(names()).toEqual(['最晚', '晚']);
    desk.touch({ flow: 'desk', do: 'key', key: '7' });
    expect(names()).toHaveLength(3);
    desk.touch({ flow: 'desk', do: 'visits', sort: 'longest' }).do({ flow: 'desk', do: 'visitsLoaded', visits: all });
    expect(names()).toHaveLength(3);
  });

  it('whoever has things here is asked for them first, then signed out, also without them', () => {
    const owner = visit({ held });
    list(owner)
      .touch({ flow: 'desk', do: 'chooseVisit', visit: owner.visit })
      .touch({ flow: 'visitor', do: 'signOut' });
    expect(desk.at).toBe('giveBack');
    desk.touch({ flow: 'giveBack', do: 'notGiven' }).touch({ flow: 'giveBack', do: 'because', because: 'forgotten' });
    expect(of('returnItems')).toMatchObject([{ input: { outcome: 'notGiven', because: 'forgotten' } }]);
    desk.do({ flow: 'giveBack', do: 'returned' });
    expect(of('signOut')).toEqual([{ run: 'signOut', visit: owner.visit }]);
    desk.do({ flow: 'visitor', do: 'signedOut', visit: owner.visit });
    expect(desk.at).toBe('idle');
  });

  it('what is still here is given back from the list, long after he left', () => {
    desk.touch({ flow: 'giveBack', do: 'list' }).do({ flow: 'giveBack', do: 'listed', visits: heldVisits() });
    const [first] = desk.screen('held').visits ?? [];
    if (!first) throw new Error('nothing is held');
    desk.touch({ flow: 'giveBack', do: 'choose', visit: first }).touch({ flow: 'giveBack', do: 'given' });
    desk.do({ flow: 'giveBack', do: 'returned' });
    expect(of('returnItems')).toMatchObject([{ input: { visit: first.visit, outcome: 'given' } }]);
    expect(of('signOut')).toEqual([]);
    expect(desk.at).toBe('idle');
  });

  it('the next guard sees first who was left over', () => {
    desk.sees({ type: 'status', status: status({ counts: { ...status().counts, leftOver: 2 } }) });
    desk.touch({ flow: 'shift', do: 'open', pane: 'checks' }).touch({ flow: 'shift', do: 'done' });
    expect(desk.screen('visits').sort).toBe('leftOver');
  });
});
