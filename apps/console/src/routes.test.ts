import { ROLES, rolePermissions } from '@anyuan/contracts';
import { describe, expect, it } from 'vitest';
import { hrefOf, navFor, placeOf, verdictOn } from './routes.ts';

const ID = '0199e1a4-5e10-7000-8000-00000000000a';

describe('navigation by permission', () => {
  it('shows a guard the alarm alone, a teacher hand-overs too, the office everything', () => {
    expect(navFor(rolePermissions.guard)).toEqual(['alarm']);
    expect(navFor(rolePermissions.teacher)).toEqual(['pickup', 'alarm']);
    expect(navFor(rolePermissions.administrator)).toEqual(['gate', 'pickup', 'alarm', 'devices']);
    expect(navFor(rolePermissions.principal)).toEqual(['gate', 'pickup', 'alarm', 'devices']);
  });

  it('holds no link that its reader may not open', () => {
    for (const role of ROLES)
      for (const id of navFor(rolePermissions[role]))
        expect(verdictOn(placeOf(hrefOf(id)), rolePermissions[role])).toEqual({ show: 'screen', screen: id });
  });

  it('sends everybody from the base to his first screen', () => {
    expect(verdictOn(placeOf('/console/'), rolePermissions.guard)).toEqual({ show: 'screen', screen: 'alarm' });
    expect(verdictOn(placeOf('/console'), rolePermissions.administrator)).toEqual({ show: 'screen', screen: 'gate' });
    expect(verdictOn(placeOf('/console/'), [])).toEqual({ show: 'forbidden' });
  });

  it('refuses a forbidden address and one that does not exist', () => {
    expect(verdictOn(placeOf('/console/devices'), rolePermissions.guard)).toEqual({ show: 'forbidden' });
    expect(verdictOn(placeOf('/console/pickup/cards'), rolePermissions.principal)).toEqual({ show: 'forbidden' });
    expect(verdictOn(placeOf('/console/salaries'), rolePermissions.administrator)).toEqual({ show: 'unknown' });
    expect(placeOf('/elsewhere')).toEqual({ screen: 'unknown' });
  });
});

describe('an incident of its own address', () => {
  it('is read back from what was written', () => {
    expect(hrefOf('alarm', ID)).toBe(`/console/alarm/${ID}`);
    expect(placeOf(hrefOf('alarm', ID))).toEqual({ screen: 'alarm', incident: ID });
  });

  it('is unknown when it is no id', () => {
    expect(placeOf('/console/alarm/<script>')).toEqual({ screen: 'unknown' });
  });

  it('takes a trailing slash', () => {
    expect(placeOf('/console/gate/')).toEqual({ screen: 'gate', incident: null });
  });
});
