import { beforeEach, describe, expect, it } from 'vitest';
import { at, child, no, presented, yes } from '../testing/data.ts';
import { Desk } from '../testing/desk.ts';

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
const tap = (verdict: ReturnType<typeof yes> | ReturnType<typeof no>) => desk.sees({ type: 'verdict', verdict });

describe('a card that may', () => {
  it('releases the child with one touch and goes back to the prompt', () => {
    const verdict = yes();
    tap(verdict).touch({ flow: 'pickup', do: 'handOver' });
    expect(desk.asked()).toEqual([{ run: 'handOver', verdict: verdict.id, children: ['linyinuo'] }]);
    desk.do({ flow: 'pickup', do: 'handedOver', results: [{ child: 'linyinuo', result: 'kept' }] });
    expect(desk.wait(9).at).toBe('handedOver');
    expect(desk.wait(1).at).toBe('idle');
  });

  it('sounds right, or asks to look when the list is too old', () => {
    tap(yes());
    expect(desk.effects).toContainEqual({ run: 'sound', sound: 'yes' });
    desk.touch({ flow: 'core', do: 'back' });
    desk.effects = [];
    tap(yes({ byEye: true }));
    expect(desk.effects).toContainEqual({ run: 'sound', sound: 'look' });
  });

  it('lets the guard choose among several children, never one that is gone already', () => {
    tap(
      yes({
        children: [
          child(),
          child({ id: 'linyiming', name: '林一鸣' }),
          child({ id: 'linxia', name: '林夏', collected: { by: '林建军', at: at(600_000) } }),
        ],
      }),
    );
    expect(desk.screen('pickup').chosen).toEqual(['linyinuo', 'linyiming']);
    desk
      .touch({ flow: 'pickup', do: 'child', child: 'linyiming' })
      .touch({ flow: 'pickup', do: 'child', child: 'linxia' })
      .touch({ flow: 'pickup', do: 'handOver' });
    expect(desk.asked()).toMatchObject([{ run: 'handOver', children: ['linyinuo'] }]);
  });

  it('releases nobody when nobody is chosen', () => {
    tap(yes()).touch({ flow: 'pickup', do: 'child', child: 'linyinuo' }).touch({ flow: 'pickup', do: 'handOver' });
    expect(desk.asked()).toEqual([]);
  });

  it('whose children have all gone says so and stays until the guard is done with it', () => {
    const gone = (by: string) => yes({ children: [child({ collected: { by, at: at(600_000) } })] });
    tap(gone('林建军'));
    expect(desk.effects).toContainEqual({ run: 'sound', sound: 'look' });
    expect(desk.asked()).toEqual([{ run: 'help' }]);
    tap(no({ card: { last4: '9001' }, guardian: null }));
    expect(desk.wait(600).at).toBe('collected');
    expect(desk.touch({ flow: 'core', do: 'back' }).at).toBe('pickupRefused');
    desk.touch({ flow: 'core', do: 'back' });
    // The same adult a second time: nothing to clear up, and nobody has to wait for it.
    tap(gone('王秀兰'));
    tap(yes({ card: { last4: '9001' } }));
    expect(desk.at).toBe('pickup');
    tap(gone('王秀兰')).touch({ flow: 'core', do: 'takeWaiting' });
    expect(desk.wait(30).at).toBe('idle');
  });

  it('turns red when the face is another, and stays red when the same card comes again', () => {
    const verdict = yes();
    tap(verdict).touch({ flow: 'pickup', do: 'notThisPerson' });
    expect(desk.asked()).toEqual([{ run: 'decline', verdict: verdict.id }]);
    desk.do({ flow: 'pickup', do: 'declined' });
    expect(desk.screen('pickupRefused').reason).toBe('notThisPerson');
    tap(yes());
    expect(desk.screen('pickupRefused').reason).toBe('notThisPerson');
    expect(desk.session.waiting?.kind).toBe('verdict');
  });

  it('stays on the screen when another adult has the child already', () => {
    tap(yes()).touch({ flow: 'pickup', do: 'handOver' });
    desk.do({
      flow: 'pickup',
      do: 'handedOver',
      results: [{ child: 'linyinuo', result: 'conflict', by: '林建军', at: at(0) }],
    });
    expect(desk.wait(600).at).toBe('handedOver');
    expect(desk.effects).toContainEqual({ run: 'sound', sound: 'no' });
  });
});

describe('a card that may not', () => {
  it('is refused with its reason and never times out', () => {
    tap(no());
    expect(desk.screen('pickupRefused').reason).toBe('lostCard');
    expect(desk.wait(7200).at).toBe('pickupRefused');
  });

  it('is followed by the ID card that the screen asks for, without a touch', () => {
    const card = presented();
    tap(no());
    desk.asked();
    desk.sees({ type: 'presented', presented: card });
    expect(desk.asked()).toEqual([{ run: 'byDocument', presented: card.id }]);
    desk.do({ flow: 'pickup', do: 'verdict', verdict: yes() });
    expect(desk.at).toBe('pickup');
  });

  it('is not wiped away by the next parent, who waits for a touch', () => {
    tap(no());
    const next = yes({ card: { last4: '9001' }, guardian: { id: 'x', name: '林建军', relation: '父亲', sex: 'male' } });
    tap(next);
    expect(desk.at).toBe('pickupRefused');
    desk.touch({ flow: 'core', do: 'takeWaiting' });
    expect(desk.screen('pickup').verdict.id).toBe(next.id);
  });

  it('is shown again when the very same card is tapped again', () => {
    tap(no());
    tap(no({ refusal: 'expiredCard' }));
    expect(desk.screen('pickupRefused').reason).toBe('expiredCard');
    expect(desk.session.waiting).toBeNull();
  });
});

describe('a forgotten card', () => {
  it('is replaced by the ID card', () => {
    const card = presented();
    desk.touch({ flow: 'pickup', do: 'open' }).sees({ type: 'presented', presented: card });
    expect(desk.asked()).toEqual([{ run: 'byDocument', presented: card.id }]);
    desk.do({ flow: 'pickup', do: 'verdict', verdict: no({ refusal: 'notThisChild', card: null }) });
    expect(desk.screen('pickupRefused')).toMatchObject({ reason: 'notThisChild', by: 'document' });
  });
});
