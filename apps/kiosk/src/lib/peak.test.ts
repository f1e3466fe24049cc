/** Peak hours: children first, and nobody who came is forgotten. */
import { beforeEach, describe, expect, it } from 'vitest';
import { at, no, presented, status, stranger, yes } from '../testing/data.ts';
import { Desk } from '../testing/desk.ts';
import { peakNow } from './peak.ts';

let desk: Desk;
const MIN = 60_000;
beforeEach(() => {
  desk = new Desk();
});
const show = (p = presented()) => desk.sees({ type: 'presented', presented: p });
const tap = (last4: string) => desk.sees({ type: 'verdict', verdict: yes({ card: { last4 } }) });
const byHand = () => desk.touch({ flow: 'peak', do: 'on' });

describe('peak hours', () => {
  it('begin and end by the clock, and by hand', () => {
    const peaks = [{ kind: 'arrival' as const, from: at(5 * MIN), to: at(-5 * MIN) }];
    desk.sees({ type: 'status', status: status({ modes: { night: { from: '18:30', to: '06:30' }, peaks } }) });
    expect(peakNow(desk.session, desk.now)).toEqual({ kind: 'arrival', until: desk.now + 5 * MIN });
    desk.touch({ flow: 'peak', do: 'off' });
    expect(peakNow(desk.session, desk.now)).toBeNull();
    byHand();
    expect(peakNow(desk.session, desk.now + 6 * MIN)).toMatchObject({ kind: 'hand' });
    expect(peakNow(desk.session, desk.now + 61 * MIN)).toBeNull();
  });

  it('answer a pickup card at once; the visitor is there again with what was chosen', () => {
    byHand();
    show().touch({ flow: 'visitor', do: 'clear' });
    tap('4417');
    expect(desk.at).toBe('pickup');
    desk.touch({ flow: 'pickup', do: 'handOver' });
    desk.do({ flow: 'pickup', do: 'handedOver', results: [{ child: 'linyinuo', result: 'recorded' }] });
    desk.wait(4);
    expect(desk.screen('visitor').security).toEqual({ result: 'clear' });
  });

  it('leave a visitor alone at other times', () => {
    show();
    tap('4417');
    expect(desk.at).toBe('visitor');
  });

  it('serve everybody who has tapped, a refusal first, visitors last', () => {
    byHand();
    tap('0001');
    show(stranger());
    tap('0002');
    desk.sees({ type: 'verdict', verdict: no({ card: { last4: '0003' } }) });
    tap('0002');
    const served: string[] = [];
    for (let i = 0; i < 4; i++) {
      const { screen } = desk.session;
      const pickup = screen.at === 'pickup' || screen.at === 'pickupRefused';
      served.push(pickup ? (screen.verdict.card?.last4 ?? '') : screen.at);
      desk.touch({ flow: 'core', do: 'back' });
    }
    expect(served).toEqual(['0001', '0003', '0002', 'visitor']);
  });

  it('keep nobody who has long gone', () => {
    byHand();
    show(stranger());
    tap('4417');
    desk.wait(200);
    expect(desk.at).toBe('idle');
    expect(JSON.stringify(desk.session)).not.toContain(stranger().name);
  });
});
