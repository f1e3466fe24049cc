import type { BadgeEvent } from '@anyuan/contracts';
import { expect, test } from 'vitest';
import { liuFang, presented, status } from '../testing/data.ts';
import { Desk } from '../testing/desk.ts';

const VISIT = '019ab000-0000-7000-8000-0000000000bb';
const badge = (state: BadgeEvent['state'], visit = VISIT): BadgeEvent => ({
  ...{ type: 'badge', visit, at: '2026-11-23T00:12:30.000Z', state },
  ...{ fault: state === 'failed' ? 'paperOut' : null, cut: false },
});

/** @param before the printer's word, which may come before the admission is answered */
function admitted(...before: BadgeEvent[]): Desk {
  const desk = new Desk().sees({ type: 'presented', presented: presented() });
  desk.touch({ flow: 'visitor', do: 'host', host: liuFang }).touch({ flow: 'visitor', do: 'clear' });
  desk.touch({ flow: 'visitor', do: 'admit' });
  for (const event of before) desk.sees(event);
  const result = { visit: VISIT, number: 'E1123-008', ticket: null, synced: true };
  return desk.do({ flow: 'visitor', do: 'admitted', result });
}

test('without a printer 已放行 leaves after its ten seconds', () => {
  expect(admitted().wait(9).at).toBe('admitted');
  expect(admitted().wait(11).at).toBe('idle');
});

test('a badge that is out changes nothing, one that just came out is there to be read', () => {
  expect(admitted(badge('printed')).wait(11).at).toBe('idle');
  const late = admitted(badge('printing')).wait(20);
  expect(late.at).toBe('admitted');
  expect(late.sees(badge('printed')).wait(2).at).toBe('admitted');
  expect(late.wait(2).at).toBe('idle');
});

test('a badge that failed keeps the screen for two minutes, never for ever', () => {
  const desk = admitted(badge('failed')).wait(100);
  expect(desk.at).toBe('admitted');
  expect(desk.wait(40).at).toBe('idle');
});

test('the next card is served at once, whatever the printer does', () => {
  const desk = admitted(badge('failed')).sees({ type: 'presented', presented: presented({ name: '吴桂英' }) });
  expect(desk.at).toBe('visitor');
});

test('a badge that fails behind another screen is a word in passing', () => {
  const desk = new Desk().sees({ type: 'presented', presented: presented() }).sees(badge('failed'));
  expect([desk.at, desk.session.hint?.key]).toEqual(['visitor', 'badgeFailed']);
});

test('one reprint at a time', () => {
  const desk = admitted(badge('failed'));
  desk.asked();
  desk.touch({ flow: 'badge', do: 'reprint', visit: VISIT }).touch({ flow: 'badge', do: 'reprint', visit: VISIT });
  expect(desk.asked()).toEqual([{ run: 'reprint', visit: VISIT }]);
  expect(desk.do({ flow: 'badge', do: 'reprinted' }).session.busy).toBeNull();
  expect(desk.sees({ type: 'status', status: status() }).at).toBe('admitted');
});
