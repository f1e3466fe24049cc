import { describe, expect, it } from 'vitest';
import { stillPlace } from './places.ts';

const north = { zone: 'north-gate', name: '北门' };

describe('the kept place', () => {
  it('has the name of today, and is gone when its zone is', () => {
    expect(stillPlace({ zone: 'north-gate', name: '后门' }, [north])).toEqual(north);
    expect(stillPlace({ zone: 'old-wing', name: '老楼' }, [north])).toBeNull();
  });

  it('counts while the zones are not known yet: a press does not wait for a list', () => {
    expect(stillPlace(north, [])).toEqual(north);
  });
});
