import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createHold } from './hold.ts';

describe('holding the alarm disc', () => {
  let fired: number;
  let holding: boolean;
  const make = () =>
    createHold(
      () => 1000,
      () => {
        fired++;
      },
      (now) => {
        holding = now;
      },
    );
  beforeEach(() => {
    vi.useFakeTimers();
    fired = 0;
    holding = false;
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('fires once after a full second, and not again while the finger stays', () => {
    const hold = make();
    hold.start('finger');
    expect(holding).toBe(true);
    vi.advanceTimersByTime(999);
    expect(fired).toBe(0);
    vi.advanceTimersByTime(5000);
    expect(fired).toBe(1);
    expect(holding).toBe(false);
  });

  it('empties when let go early, and a new press needs its own full second', () => {
    const hold = make();
    hold.start('finger');
    vi.advanceTimersByTime(900);
    hold.end('finger');
    expect(holding).toBe(false);
    hold.start('finger');
    vi.advanceTimersByTime(900);
    expect(fired).toBe(0);
    vi.advanceTimersByTime(100);
    expect(fired).toBe(1);
  });

  it('is not ended by another finger or key than the one that holds', () => {
    const hold = make();
    hold.start('finger');
    hold.start('key');
    hold.end('key');
    vi.advanceTimersByTime(1000);
    expect(fired).toBe(1);
  });

  it('does nothing when taken away in the middle', () => {
    const hold = make();
    hold.start('key');
    vi.advanceTimersByTime(500);
    hold.cancel();
    vi.advanceTimersByTime(5000);
    expect(fired).toBe(0);
  });
});
