import { describe, expect, it } from 'vitest';
import { type ContactState, isSettling, nextContact, outOfSight, restingContact } from './contact.ts';

const limits = { debounceMs: 40, stuckMs: 10_000 };
const rest = { pressed: false, idle: true };
const down = { pressed: true, idle: false };
const cut = { pressed: false, idle: false };
const both = { pressed: true, idle: true };

/** A contact looked at every 10 ms. */
function contact(supervised = true) {
  let state: ContactState = restingContact;
  let now = 0;
  return {
    hold(ms: number, levels: { pressed: boolean; idle: boolean }): string[] {
      const told: string[] = [];
      for (const end = now + ms; now < end; now += 10) {
        const seen = supervised ? levels : { pressed: levels.pressed, idle: undefined };
        const [after, events] = nextContact(state, seen, now, limits);
        state = after;
        told.push(...events.map((e) => `${e}@${now}`));
      }
      return told;
    },
    away: () => {
      state = outOfSight(state);
    },
    settling: () => isSettling(state),
  };
}

describe('a contact', () => {
  it('at rest says nothing', () => expect(contact().hold(5000, rest)).toEqual([]));

  it('is pressed after 40 ms and released after 40 ms', () => {
    const button = contact();
    button.hold(100, rest);
    expect(button.hold(100, down)).toEqual(['pressed@140']);
    expect(button.hold(100, rest)).toEqual(['released@240']);
  });

  it('bounces without being pressed twice', () => {
    const button = contact();
    button.hold(100, rest);
    const told = [
      ...button.hold(10, down),
      ...button.hold(10, rest),
      ...button.hold(20, down),
      ...button.hold(10, cut),
      ...button.hold(200, down),
      ...button.hold(20, rest),
      ...button.hold(200, down),
    ];
    expect(told).toEqual(['pressed@190']);
  });

  it('is settling from the first sign, so that it is looked at closely', () => {
    const button = contact();
    button.hold(100, rest);
    expect(button.settling()).toBe(false);
    button.hold(10, down);
    expect(button.settling()).toBe(true);
  });

  it('pressed slowly, both contacts open for a while, is pressed and not cut', () => {
    const button = contact();
    button.hold(100, rest);
    expect([...button.hold(200, cut), ...button.hold(100, down)]).toEqual(['pressed@340']);
  });

  it('pressed with a contact that will not open is pressed', () => {
    const button = contact();
    button.hold(100, rest);
    expect(button.hold(100, both)).toEqual(['pressed@140']);
  });

  it('held down is stuck, once, and released', () => {
    const button = contact();
    button.hold(100, rest);
    expect(button.hold(60_000, down)).toEqual(['pressed@140', 'stuck@10140']);
    expect(button.hold(100, rest)).toEqual(['released@60140']);
  });

  it('with its wire cut says so after 250 ms, once, and when it is mended', () => {
    const button = contact();
    button.hold(100, rest);
    expect(button.hold(5000, cut)).toEqual(['cutWire@350']);
    expect(button.hold(100, rest)).toEqual(['wireOk@5140']);
  });

  it('whose wire is mended while somebody presses is pressed', () => {
    const button = contact();
    button.hold(100, rest);
    button.hold(1000, cut);
    expect(button.hold(100, down)).toEqual(['wireOk@1140', 'pressed@1140']);
  });

  it('without a second contact can not see a cut', () => {
    const button = contact(false);
    expect(button.hold(5000, cut)).toEqual([]);
    expect(button.hold(100, down)).toEqual(['pressed@5040']);
  });

  it('pressed fifty times in a second is pressed as often as it settled', () => {
    const button = contact();
    button.hold(100, rest);
    const told: string[] = [];
    for (let i = 0; i < 10; i++) told.push(...button.hold(50, down), ...button.hold(50, rest));
    expect(told.filter((e) => e.startsWith('pressed'))).toHaveLength(10);
  });
});

describe('after the port was away', () => {
  it('a button that is down makes no alarm; it shows as stuck; its next press counts', () => {
    const button = contact();
    expect(button.hold(11_000, down)).toEqual(['stuck@10040']);
    expect(button.hold(100, rest)).toEqual(['released@11040']);
    expect(button.hold(100, down)).toEqual(['pressed@11140']);
  });

  it('a press that is still held is not told again', () => {
    const button = contact();
    button.hold(100, rest);
    button.hold(100, down);
    button.away();
    expect(button.hold(1000, down)).toEqual([]);
    expect(button.hold(100, rest)).toEqual(['released@1240']);
  });

  it('what changed meanwhile is made good: released, mended', () => {
    const button = contact();
    button.hold(100, rest);
    button.hold(100, down);
    button.away();
    expect(button.hold(100, rest)).toEqual(['released@240']);
    button.hold(1000, cut);
    button.away();
    expect(button.hold(100, rest)).toEqual(['wireOk@1340']);
  });

  it('a wire that is cut is told once', () => {
    const button = contact();
    expect(button.hold(1000, cut)).toEqual(['cutWire@250']);
    button.away();
    expect(button.hold(1000, cut)).toEqual([]);
  });
});
