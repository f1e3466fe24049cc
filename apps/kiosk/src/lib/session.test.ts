import { beforeEach, describe, expect, it } from 'vitest';
import { alarm, at, contacts, NOW, presented, status, stranger, visit, visits, yes } from '../testing/data.ts';
import { Desk } from '../testing/desk.ts';
import { looksLikePhone, typedLacks } from './desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});

describe('a screen that nobody touches', () => {
  it('asks after 20 s and is wiped after 30 s', () => {
    desk.sees({ type: 'presented', presented: stranger() });
    expect(desk.wait(19).session.asking).toBe(false);
    expect(desk.wait(1).session.asking).toBe(true);
    expect(desk.wait(9).at).toBe('visitor');
    expect(desk.wait(1).at).toBe('idle');
    expect(desk.session.asking).toBe(false);
  });

  it('stays as long as it is touched', () => {
    desk.sees({ type: 'presented', presented: presented() }).wait(25).do({ flow: 'core', do: 'touch' }).wait(19);
    expect(desk.at).toBe('visitor');
    expect(desk.session.asking).toBe(false);
  });

  it('is not wiped while a command is on its way', () => {
    desk.sees({ type: 'presented', presented: presented() }).touch({ flow: 'visitor', do: 'clear' });
    desk.touch({ flow: 'visitor', do: 'admit' }).wait(60);
    expect(desk.at).toBe('visitor');
  });
});

describe('a second card', () => {
  it('of another person waits, and its turn comes when the first is done', () => {
    desk.sees({ type: 'presented', presented: presented() });
    desk.sees({ type: 'presented', presented: stranger() });
    expect(desk.screen('visitor').who).toMatchObject({ presented: { name: '张伟明' } });
    desk.touch({ flow: 'core', do: 'back' });
    expect(desk.screen('visitor').who).toMatchObject({ presented: { name: '吴桂英' } });
    expect(desk.session.waiting).toBeNull();
  });

  it('of the same person keeps the choices and takes the fresh reading', () => {
    desk.sees({ type: 'presented', presented: presented() }).touch({ flow: 'visitor', do: 'clear' });
    desk.hostSays({ state: 'yes' });
    const again = presented();
    desk.sees({ type: 'presented', presented: again }).touch({ flow: 'visitor', do: 'admit' });
    expect(desk.asked()).toMatchObject([{ run: 'admit', input: { presented: again.id } }]);
  });

  it('is taken before its turn by a touch', () => {
    desk.sees({ type: 'presented', presented: presented() }).sees({ type: 'verdict', verdict: yes() });
    desk.touch({ flow: 'core', do: 'takeWaiting' });
    expect(desk.at).toBe('pickup');
  });

  it('that has waited too long is forgotten', () => {
    desk.sees({ type: 'presented', presented: presented() }).sees({ type: 'presented', presented: stranger() });
    for (let i = 0; i < 4; i++) desk.wait(16).do({ flow: 'core', do: 'touch' });
    desk.touch({ flow: 'core', do: 'back' });
    expect(desk.at).toBe('idle');
  });

  it('goes straight in when the first person is only being thanked', () => {
    desk.sees({ type: 'presented', presented: presented() }).touch({ flow: 'visitor', do: 'clear' });
    desk.touch({ flow: 'visitor', do: 'admit' });
    desk.do({ flow: 'visitor', do: 'admitted', result: { visit: 'v', number: 'E1', ticket: null, synced: true } });
    desk.sees({ type: 'presented', presented: stranger() });
    expect(desk.screen('visitor').who).toMatchObject({ presented: { name: '吴桂英' } });
  });
});

describe('what the server remembers, when it comes a moment later', () => {
  const first = () => stranger({ recognition: null });
  const known = presented().recognition;

  it('fills in what is not answered yet', () => {
    const card = first();
    desk.sees({ type: 'presented', presented: card }).touch({ flow: 'visitor', do: 'clear' });
    desk.sees({ type: 'presented', presented: { ...card, recognition: known } });
    expect(desk.screen('visitor')).toMatchObject({ reason: 'parentTalk', security: { result: 'clear' } });
  });

  it('offers the sign-out when nothing has been chosen', () => {
    const card = first();
    desk.sees({ type: 'presented', presented: card });
    desk.sees({ type: 'presented', presented: { ...card, recognition: known && { ...known, onSite: visit() } } });
    expect(desk.at).toBe('onSite');
  });

  it('opens nothing that the guard has closed, and is no second person', () => {
    const card = first();
    desk.sees({ type: 'presented', presented: card }).touch({ flow: 'core', do: 'back' });
    desk.sees({ type: 'presented', presented: { ...card, recognition: known } });
    expect([desk.at, desk.session.waiting]).toEqual(['idle', null]);
    desk.touch({ flow: 'pickup', do: 'open' });
    const other = first();
    desk.sees({ type: 'presented', presented: other });
    desk.sees({ type: 'presented', presented: { ...other, recognition: known } });
    expect(desk.session.waiting).toBeNull();
  });
});

describe('a thing that can not be read', () => {
  it.each([
    ['unsupported', 'unsupported'],
    ['unreadable', 'document'],
  ] as const)('says what to do: %s', (reason, key) => {
    desk.sees({ type: 'reading', device: 'id-1' });
    expect(desk.session.hint?.key).toBe('reading');
    desk.sees({ type: 'documentRefused', reason, at: at(0) });
    expect(desk.session.hint?.key).toBe(key);
    expect(desk.wait(11).session.hint).toBeNull();
  });

  it('such as a foreign code asks for the ID card', () => {
    desk.sees({ type: 'code', text: 'https://example.org', at: at(0) });
    expect(desk.session.hint?.key).toBe('code');
    expect(desk.at).toBe('idle');
  });
});

describe('the server away', () => {
  it('changes nothing in what the guard can do', () => {
    desk.sees({ type: 'status', status: status({ server: { bus: 'down', services: 'down', since: at(0) } }) });
    desk.sees({ type: 'presented', presented: presented({ recognition: null }) });
    desk.touch({ flow: 'visitor', do: 'reason', reason: 'delivery' });
    expect(desk.screen('visitor').pane.pane).toBe('hosts');
    expect(desk.session.link).toBe('up');
  });
});

describe('the agent away', () => {
  const cut = () => desk.do({ flow: 'core', do: 'link', up: false });

  it('is not said for a hiccup, is said after three seconds, and heals by itself', () => {
    desk.sees({ type: 'presented', presented: presented() });
    cut().wait(2);
    expect([desk.session.link, desk.at]).toEqual(['cut', 'visitor']);
    desk.do({ flow: 'core', do: 'link', up: true }).wait(5);
    expect([desk.session.link, desk.at]).toEqual(['up', 'visitor']);
    cut().wait(3);
    expect([desk.session.link, desk.at]).toEqual(['away', 'idle']);
    desk.do({ flow: 'core', do: 'link', up: true });
    expect(desk.session.link).toBe('up');
  });

  it('is said when the page opens and nothing answers', () => {
    const fresh = new Desk();
    fresh.session = { ...fresh.session, link: 'starting', linkSince: fresh.now, status: null };
    fresh.do({ flow: 'core', do: 'link', up: false }).wait(3);
    expect(fresh.session.link).toBe('away');
  });

  it('still lets an alarm be tried, and keeps the last alarm in sight', () => {
    desk.sees({ type: 'alarms', incidents: [alarm()] });
    cut().wait(5).touch({ flow: 'alarm', do: 'press' });
    expect(desk.asked()).toEqual([{ run: 'press', input: { mode: 'actual' } }]);
    expect(desk.session.alarm.incidents).toHaveLength(1);
  });
});

describe('signing out', () => {
  it('by number: three digits choose the visitor, one touch signs him out', () => {
    desk.touch({ flow: 'desk', do: 'visits', sort: 'number' });
    expect(desk.asked()).toEqual([{ run: 'onSite' }]);
    const list = visits();
    desk.do({ flow: 'desk', do: 'visitsLoaded', visits: list });
    for (const key of ['0', '0', '3']) desk.touch({ flow: 'desk', do: 'key', key });
    const third = list.find((v) => v.number.endsWith('003'));
    expect(desk.screen('visits').chosen).toBe(third?.visit);
    desk.touch({ flow: 'visitor', do: 'signOut' });
    expect(desk.asked()).toEqual([{ run: 'signOut', visit: third?.visit }]);
    desk.do({ flow: 'visitor', do: 'signedOut', visit: third?.visit ?? '' });
    expect(desk.session.hint).toMatchObject({ key: 'signedOut', name: '马超' });
  });

  it('by the slip: the code opens the visit', () => {
    const list = visits();
    const wanted = list[1]?.visit ?? '';
    desk.sees({ type: 'visitCode', visit: wanted, at: at(0) }).do({ flow: 'desk', do: 'visitsLoaded', visits: list });
    expect(desk.screen('visits').chosen).toBe(wanted);
  });

  it('by a slip of somebody who is not inside says so', () => {
    desk.sees({ type: 'visitCode', visit: visit().visit, at: at(0) });
    desk.do({ flow: 'desk', do: 'visitsLoaded', visits: visits() });
    expect([desk.at, desk.session.hint?.key]).toEqual(['idle', 'noVisit']);
  });

  it('from a list that follows when somebody leaves elsewhere', () => {
    desk
      .touch({ flow: 'desk', do: 'visits', sort: 'longest' })
      .do({ flow: 'desk', do: 'visitsLoaded', visits: visits() });
    desk.asked();
    const counts = { onSite: 6, overstay: 0, longestOverMin: 0, handedOver: 12, leftOver: 0, held: 0 };
    desk.sees({ type: 'status', status: status({ counts }) });
    expect(desk.asked()).toEqual([{ run: 'onSite' }]);
  });
});

describe('a person without a document', () => {
  const type = (text: string) => {
    for (const key of text) desk.touch({ flow: 'desk', do: 'key', key });
  };

  it('is taken by name and a number that holds, and comes to the same screen', () => {
    desk.touch({ flow: 'desk', do: 'typed' }).do({ flow: 'desk', do: 'name', name: ' 赵敏 ' });
    expect(typedLacks(desk.screen('typed'), NOW)).toBe('number');
    type('110105194912310021');
    expect(typedLacks(desk.screen('typed'), NOW)).toBe('number');
    desk.touch({ flow: 'desk', do: 'eraseKey' });
    type('X');
    expect(desk.screen('typed').sex).toBe('female');
    desk.touch({ flow: 'desk', do: 'typedDone' });
    expect(desk.screen('visitor').who).toEqual({
      by: 'word',
      typed: { name: '赵敏', sex: 'female', idNumber: '11010519491231002X' },
    });
  });

  it('who says a mobile number first: one touch moves it to where it belongs', () => {
    desk.touch({ flow: 'desk', do: 'typed' }).do({ flow: 'desk', do: 'name', name: '赵敏' });
    type('1381234567');
    expect(looksLikePhone(desk.screen('typed'))).toBe(false);
    type('8');
    expect(looksLikePhone(desk.screen('typed'))).toBe(true);
    desk.touch({ flow: 'desk', do: 'numberKind', kind: 'phone' });
    expect(desk.screen('typed')).toMatchObject({ kind: 'phone', idNumber: '', phone: '13812345678' });
    expect(typedLacks(desk.screen('typed'), NOW)).toBeNull();
  });

  it('or by a mobile number; a half-typed ID number is not slipped through', () => {
    desk.touch({ flow: 'desk', do: 'typed' }).do({ flow: 'desk', do: 'name', name: '赵敏' });
    type('1101');
    desk.touch({ flow: 'desk', do: 'numberKind', kind: 'phone' });
    type('13800138000');
    expect(typedLacks(desk.screen('typed'), NOW)).toBe('number');
    desk.touch({ flow: 'desk', do: 'numberKind', kind: 'idNumber' });
    for (let i = 0; i < 4; i++) desk.touch({ flow: 'desk', do: 'eraseKey' });
    expect(typedLacks(desk.screen('typed'), NOW)).toBeNull();
  });
});

describe('help', () => {
  it('opens over any screen and closes again', () => {
    desk.sees({ type: 'presented', presented: presented() }).touch({ flow: 'core', do: 'openHelp', wanted: '刘芳' });
    desk.do({ flow: 'core', do: 'contacts', contacts });
    expect(desk.session.help).toEqual({ open: true, wanted: '刘芳', contacts });
    expect(desk.touch({ flow: 'core', do: 'closeHelp' }).at).toBe('visitor');
  });
});

describe('back', () => {
  it('closes a pane first, then the screen', () => {
    desk.sees({ type: 'presented', presented: stranger() }).touch({ flow: 'visitor', do: 'pickHost' });
    desk.touch({ flow: 'core', do: 'back' });
    expect(desk.screen('visitor').pane.pane).toBe('main');
    expect(desk.touch({ flow: 'core', do: 'back' }).at).toBe('idle');
  });
});
