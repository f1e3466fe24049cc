import { describe, expect, it } from 'vitest';
import { devices, incident } from '../../testing/fixtures.ts';
import { placesOf, stillPlace } from './places.ts';

const NOW = Date.parse('2026-11-24T00:16:20.000Z');
const north = { zone: 'north-gate', name: '北门' };

describe('places of the school', () => {
  it('are the zones of its devices, each once, and those of past incidents for whoever may not read devices', () => {
    const known = placesOf(devices(NOW), []);
    expect(known).toContainEqual(north);
    expect(new Set(known.map((p) => p.zone)).size).toBe(known.length);
    const heard = placesOf([], [incident(NOW), incident(NOW)]);
    expect(heard.map((p) => p.zone).sort()).toEqual(known.map((p) => p.zone).sort());
  });

  it('never hold a room that only an alarm named', () => {
    const office = { ...incident(NOW), place: { zone: 'office', name: '办公室' } };
    expect(placesOf([], [office]).map((p) => p.zone)).not.toContain('office');
  });
});

describe('the kept place', () => {
  it('has the name of today, and is gone when its zone is', () => {
    expect(stillPlace({ zone: 'north-gate', name: '后门' }, [north])).toEqual(north);
    expect(stillPlace({ zone: 'old-wing', name: '老楼' }, [north])).toBeNull();
  });

  it('counts while the zones are not known yet: a press does not wait for a list', () => {
    expect(stillPlace(north, [])).toEqual(north);
  });
});
