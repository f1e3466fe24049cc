import { beforeEach, expect, it } from 'vitest';
import { bookedVerdict, expectedVisit, refusedCode, scanned } from '../testing/booked-data.ts';
import { alarm, hosts, presented, stranger } from '../testing/data.ts';
import { Desk } from '../testing/desk.ts';
import { bookedOtherwise, staysUntil } from './booked.ts';

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
const visit = expectedVisit();
const expected = scanned({ verdict: 'expected', visit });
const lay = (p = presented({ recognition: null })) => desk.sees({ type: 'presented', presented: p });
const admits = () => desk.asked().filter((effect) => effect.run === 'admit');
const clearAndAdmit = () => desk.touch({ flow: 'visitor', do: 'clear' }).touch({ flow: 'visitor', do: 'admit' });

it('who shows his code and his card is in after two touches, on his booking', () => {
  desk.sees(expected);
  expect(desk.screen('booked').visit.name).toBe('张伟明');
  lay();
  clearAndAdmit();
  expect(admits()).toMatchObject([{ input: { reason: 'parentTalk', host: 'liufang', booking: visit.booking } }]);
});

it('the card first and then the code is the same', () => {
  lay();
  desk.sees(expected);
  clearAndAdmit();
  expect(admits()).toMatchObject([{ input: { booking: visit.booking } }]);
});

it('another name on the card: the booking is not used, and the screen knows', () => {
  desk.sees(expected);
  lay(stranger());
  expect(desk.screen('visitor').booked).toMatchObject({ named: false });
  desk.hostSays({ state: 'yes' });
  clearAndAdmit();
  expect(admits()[0]).not.toHaveProperty('input.booking');
});

it('another host than was agreed: his yes does not count for the other', () => {
  desk.sees(expected);
  lay();
  desk.touch({ flow: 'visitor', do: 'pickHost' });
  const [, other] = hosts;
  if (other) desk.touch({ flow: 'visitor', do: 'host', host: other });
  desk.hostSays({ state: 'yes' });
  clearAndAdmit();
  expect(admits()[0]).not.toHaveProperty('input.booking');
});

it('more people, another type, a longer stay: the booking counts, as it is now', () => {
  desk.sees(expected);
  lay();
  expect(staysUntil(desk.screen('visitor'), desk.now)).toBe(Date.parse(visit.until));
  expect(bookedOtherwise(desk.screen('visitor'))).toBe(false);
  desk.touch({ flow: 'visitor', do: 'more' }).touch({ flow: 'visitor', do: 'count', by: 1 });
  desk.touch({ flow: 'visitor', do: 'type', type: 'guest' }).touch({ flow: 'visitor', do: 'stay', minutes: 240 });
  desk.touch({ flow: 'visitor', do: 'main' });
  expect(bookedOtherwise(desk.screen('visitor'))).toBe(true);
  clearAndAdmit();
  const until = new Date(desk.now + 240 * 60_000).toISOString();
  const party = { count: Math.max(1, visit.party) + 1, names: [] };
  expect(admits()).toMatchObject([{ input: { booking: visit.booking, type: 'guest', party, until } }]);
});

it('who has no card is typed, with his name filled in', () => {
  desk.sees(expected).touch({ flow: 'booking', do: 'byHand' });
  expect(desk.screen('typed').name).toBe('张伟明');
  desk.touch({ flow: 'desk', do: 'numberKind', kind: 'phone' });
  for (const key of '13812345678') desk.touch({ flow: 'desk', do: 'key', key });
  desk.touch({ flow: 'desk', do: 'typedDone' });
  clearAndAdmit();
  expect(admits()).toMatchObject([{ input: { typed: { name: '张伟明' }, booking: visit.booking } }]);
});

it('a refused code says so, and takes nobody’s place', () => {
  desk.sees(scanned(refusedCode('used')));
  expect(desk.screen('bookingRefused').verdict.refusal).toBe('used');
  lay();
  desk.sees(scanned(refusedCode('forged', false)));
  expect(desk.at).toBe('visitor');
  expect(desk.session.hint?.key).toBe('bookingLater');
  expect(desk.screen('visitor').booked).toBeUndefined();
});

it('while an alarm is open no code opens anything', () => {
  desk.sees({ type: 'alarms', incidents: [alarm()] }).sees(expected);
  expect(desk.at).toBe('idle');
  expect(desk.session.hint?.key).toBe('alarmBusy');
});

it('is found without his code by the initials; a late answer to other letters is no answer', () => {
  desk.touch({ flow: 'booking', do: 'list' }).touch({ flow: 'booking', do: 'letter', letter: 'z' });
  desk.do({ flow: 'booking', do: 'listed', initials: '', visits: [] });
  expect(desk.screen('bookings').visits).toBeNull();
  desk.do({ flow: 'booking', do: 'listed', initials: 'z', visits: [visit] });
  desk.touch({ flow: 'booking', do: 'choose', booking: visit.booking });
  expect(desk.asked().at(-1)).toEqual({ run: 'openBooking', booking: visit.booking });
  desk.do({ flow: 'booking', do: 'opened', verdict: bookedVerdict() });
  expect(desk.at).toBe('booked');
  expect(desk.wait(31).at).toBe('idle');
});

it('what could not be read is no longer said beside what was read next', () => {
  const code = () => desk.sees({ type: 'code', text: 'x', at: new Date(desk.now).toISOString() });
  code();
  expect(desk.session.hint?.key).toBe('code');
  desk.sees(expected);
  expect(desk.session.hint).toBeNull();
  code();
  lay();
  expect(desk.session.hint).toBeNull();
});
