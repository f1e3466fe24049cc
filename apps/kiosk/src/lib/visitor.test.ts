import { beforeEach, describe, expect, it } from 'vitest';
import { departments, hosts, liuFang, presented, stranger, visit } from '../testing/data.ts';
import { Desk } from '../testing/desk.ts';
import { lacking } from './visit-life.ts';

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
const lay = (p = presented()) => desk.sees({ type: 'presented', presented: p });
const hostsOf = () => desk.do({ flow: 'visitor', do: 'hosts', search: {}, result: { departments, hosts: [] } });

describe('a visitor who was here before', () => {
  it('is asked nothing twice: two touches let him in', () => {
    const card = presented();
    lay(card);
    const { question } = desk.hostSays({ state: 'yes' });
    desk.touch({ flow: 'visitor', do: 'clear' }).touch({ flow: 'visitor', do: 'admit' });
    expect(desk.asked()).toEqual([
      {
        run: 'admit',
        input: {
          ...{ presented: card.id, reason: 'parentTalk', type: 'parent', host: 'liufang', question },
          security: { result: 'clear' },
          party: { count: 1, names: [] },
        },
      },
    ]);
  });

  it('is admitted once, however often the button is hit', () => {
    lay().hostSays({ state: 'yes' });
    desk
      .touch({ flow: 'visitor', do: 'clear' })
      .touch({ flow: 'visitor', do: 'admit' })
      .touch({ flow: 'visitor', do: 'admit' });
    expect(desk.asked()).toHaveLength(1);
  });

  it('is shown with number and undo for ten seconds, then the prompt is back', () => {
    lay()
      .touch({ flow: 'visitor', do: 'clear' })
      .touch({ flow: 'visitor', do: 'admit' })
      .do({
        flow: 'visitor',
        do: 'admitted',
        result: { visit: 'v1', number: 'E1123-008', ticket: null, synced: true },
      });
    expect(desk.screen('admitted')).toMatchObject({ name: '张伟明', result: { number: 'E1123-008' } });
    expect(desk.wait(9).at).toBe('admitted');
    expect(desk.wait(1).at).toBe('idle');
  });

  it('was let in at the other screen a moment ago: his visit is shown, with a word', () => {
    lay().touch({ flow: 'visitor', do: 'clear' }).touch({ flow: 'visitor', do: 'admit' });
    desk.do({ flow: 'visitor', do: 'alreadyIn', visit: visit() });
    expect(desk.screen('onSite').visit.number).toBe('E1123-007');
    expect(desk.session).toMatchObject({ busy: null, hint: { key: 'alreadyIn', name: '张伟明 E1123-007' } });
  });

  it('can be called back within these ten seconds', () => {
    lay()
      .touch({ flow: 'visitor', do: 'clear' })
      .touch({ flow: 'visitor', do: 'admit' })
      .do({
        flow: 'visitor',
        do: 'admitted',
        result: { visit: 'v1', number: 'E1123-008', ticket: null, synced: true },
      });
    desk.asked();
    desk.wait(8).touch({ flow: 'visitor', do: 'undo' });
    expect(desk.asked()).toEqual([{ run: 'undo', visit: 'v1' }]);
    desk.wait(5);
    expect(desk.at).toBe('admitted');
    desk.do({ flow: 'visitor', do: 'undone' });
    expect(desk.session.hint).toMatchObject({ key: 'undone', name: '张伟明' });
    expect(desk.at).toBe('idle');
  });
});

describe('a visitor who comes for the first time', () => {
  it('is in after five touches and no typed character', () => {
    const card = stranger();
    lay(card).touch({ flow: 'visitor', do: 'reason', reason: 'delivery' });
    expect(desk.asked()).toEqual([{ run: 'hosts', search: {} }]);
    hostsOf().touch({ flow: 'visitor', do: 'department', department: '三(2)班' });
    expect(desk.asked()).toEqual([{ run: 'hosts', search: { department: '三(2)班' } }]);
    desk
      .do({
        flow: 'visitor',
        do: 'hosts',
        search: { department: '三(2)班' },
        result: { departments, hosts: [liuFang, ...hosts.slice(1, 2)] },
      })
      .touch({ flow: 'visitor', do: 'host', host: liuFang })
      .touch({ flow: 'visitor', do: 'clear' })
      .touch({ flow: 'visitor', do: 'admit' });
    expect(desk.asked()).toMatchObject([
      { run: 'admit', input: { presented: card.id, reason: 'delivery', host: 'liufang' } },
    ]);
  });

  it('is sent to the only person of a department without a touch of that name', () => {
    lay(stranger()).touch({ flow: 'visitor', do: 'pickHost' });
    hostsOf().touch({ flow: 'visitor', do: 'department', department: '三(2)班' });
    const found = { departments, hosts: [liuFang] };
    desk.do({ flow: 'visitor', do: 'hosts', search: { department: '三(2)班' }, result: found });
    expect(desk.screen('visitor')).toMatchObject({ host: liuFang, pane: { pane: 'main' } });
  });

  it('is found by a letter instead of a department, and an answer to an older search is not shown', () => {
    lay(stranger()).touch({ flow: 'visitor', do: 'pickHost' });
    hostsOf()
      .touch({ flow: 'visitor', do: 'letter', letter: '5' })
      .touch({ flow: 'visitor', do: 'letter', letter: '3' });
    desk.do({ flow: 'visitor', do: 'hosts', search: { query: '5' }, result: { departments, hosts } });
    expect(desk.screen('visitor').pane).toMatchObject({ query: '53', hosts: null });
    desk.do({ flow: 'visitor', do: 'hosts', search: { query: '53' }, result: { departments, hosts: [liuFang] } });
    expect(desk.screen('visitor').pane).toMatchObject({ hosts: [liuFang], departments });
  });

  it('does not come in before reason, host and security check stand', () => {
    lay(stranger());
    const missing = () => lacking(desk.screen('visitor'));
    expect(missing()).toBe('reason');
    desk.touch({ flow: 'visitor', do: 'admit' });
    desk.touch({ flow: 'visitor', do: 'reason', reason: 'repair' });
    expect(missing()).toBe('host');
    desk.touch({ flow: 'visitor', do: 'host', host: liuFang });
    expect(missing()).toBe('work');
    desk.touch({ flow: 'visitor', do: 'work', work: 'power' });
    expect(missing()).toBe('security');
    desk.touch({ flow: 'visitor', do: 'admit' });
    expect(desk.asked().filter((e) => e.run === 'admit')).toEqual([]);
    expect(desk.at).toBe('visitor');
  });

  it('is not known off line: nothing is filled in, and he can come in all the same', () => {
    lay(presented({ recognition: null }));
    expect(desk.screen('visitor')).toMatchObject({ reason: null, host: null, security: null });
  });
});

describe('a visitor with things that do not belong here', () => {
  it('comes in when they are kept at the gate', () => {
    lay().hostSays({ state: 'yes' });
    desk
      .touch({ flow: 'visitor', do: 'found' })
      .touch({ flow: 'visitor', do: 'holdItems' })
      .touch({ flow: 'visitor', do: 'item', item: 'knife' })
      .touch({ flow: 'visitor', do: 'item', item: 'flame' })
      .touch({ flow: 'visitor', do: 'item', item: 'flame' })
      .touch({ flow: 'visitor', do: 'holdItems' })
      .touch({ flow: 'visitor', do: 'admit' });
    expect(desk.asked()).toMatchObject([{ run: 'admit', input: { security: { result: 'held', items: ['刀具'] } } }]);
  });

  it('is turned away with them, and that screen never goes away by itself', () => {
    lay()
      .touch({ flow: 'visitor', do: 'found' })
      .touch({ flow: 'visitor', do: 'item', item: 'explosives' })
      .touch({ flow: 'visitor', do: 'holdItems' })
      .touch({ flow: 'visitor', do: 'refuseItems' });
    expect(desk.asked()).toMatchObject([{ run: 'refuse', input: { refusal: 'dangerousItems', items: ['爆炸物'] } }]);
    desk.do({ flow: 'visitor', do: 'refused', refusal: 'dangerousItems', items: ['爆炸物'], synced: false });
    expect(desk.wait(3600).at).toBe('turnedAway');
    expect(desk.touch({ flow: 'core', do: 'back' }).at).toBe('idle');
  });

  it('can be refused for a plain reason with two touches', () => {
    lay(stranger())
      .touch({ flow: 'visitor', do: 'refusePane' })
      .touch({ flow: 'visitor', do: 'refuse', refusal: 'noPurpose' });
    expect(desk.asked()).toMatchObject([{ run: 'refuse', input: { refusal: 'noPurpose', items: [] } }]);
  });
});

describe('a visitor who is still inside', () => {
  it('is offered to sign out first', () => {
    const inside = visit();
    const known = presented().recognition;
    if (!known) throw new Error('the fixture knows this visitor');
    lay(presented({ recognition: { ...known, onSite: inside } }));
    expect(desk.at).toBe('onSite');
    desk.touch({ flow: 'visitor', do: 'signOut' });
    expect(desk.asked()).toEqual([{ run: 'signOut', visit: inside.visit }]);
    desk.do({ flow: 'visitor', do: 'signedOut', visit: inside.visit });
    expect(desk.at).toBe('idle');
    expect(desk.session.hint).toMatchObject({ key: 'signedOut', name: '张伟明' });
  });

  it('can be registered once more', () => {
    const known = presented().recognition;
    if (!known) throw new Error('the fixture knows this visitor');
    lay(presented({ recognition: { ...known, onSite: visit() } })).touch({ flow: 'visitor', do: 'registerAgain' });
    expect(desk.screen('visitor').host).toEqual(liuFang);
  });
});

describe('when the agent does not take it', () => {
  it('says so, keeps every choice and lets the guard press again', () => {
    lay().hostSays({ state: 'yes' });
    desk.touch({ flow: 'visitor', do: 'clear' }).touch({ flow: 'visitor', do: 'admit' });
    desk.asked();
    desk.do({ flow: 'core', do: 'failed', during: 'admit', code: 'internal' });
    expect(desk.session.failure).toEqual({ during: 'admit', code: 'internal' });
    expect(desk.screen('visitor').security).toEqual({ result: 'clear' });
    desk.touch({ flow: 'core', do: 'dismissFailure' }).touch({ flow: 'visitor', do: 'admit' });
    expect(desk.asked()).toHaveLength(1);
  });
});
