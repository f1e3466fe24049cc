import { ROLES, rolePermissions } from '@anyuan/contracts';
import { describe, expect, it } from 'vitest';
import { hrefOf, navFor, ownFor, placeOf, routes, type ScreenId, verdictOn } from './routes.ts';

const ID = '0199e1a4-5e10-7000-8000-00000000000a';
const all = Object.keys(routes) as ScreenId[];
const guard = rolePermissions.guard;
const administrator = rolePermissions.administrator;

describe('navigation by permission', () => {
  it('shows a guard the alarm alone, a teacher drills too, the office everything', () => {
    expect(navFor(guard, all)).toEqual(['alarm']);
    expect(navFor(rolePermissions.teacher, all)).toEqual(['pickup', 'alarm', 'term']);
    const office = ['home', 'gate', 'pickup', 'alarm', 'term', 'training', 'hazards', 'devices'];
    expect(navFor(administrator, all)).toEqual(office);
    expect(navFor(rolePermissions.principal, all)).toEqual(office);
  });

  it('gives everybody what he does with a phone in his hand', () => {
    expect(ownFor(guard, all)).toEqual(['evacuation', 'patrol', 'mend', 'mine']);
    expect(ownFor(rolePermissions.teacher, all)).toEqual(['confirm', 'roll', 'expected', 'patrol', 'mend', 'mine']);
  });

  it('holds no link that its reader may not open, and none that is not built', () => {
    for (const role of ROLES)
      for (const id of [...navFor(rolePermissions[role], all), ...ownFor(rolePermissions[role], all)])
        expect(verdictOn(placeOf(hrefOf(id)), rolePermissions[role], all)).toEqual({ show: 'screen', screen: id });
    expect(navFor(administrator, ['alarm', 'gate'])).toEqual(['gate', 'alarm']);
    expect(verdictOn(placeOf('/console/hazards'), administrator, ['alarm'])).toEqual({ show: 'unknown' });
  });

  it('sends everybody from the base to his first screen', () => {
    expect(verdictOn(placeOf('/console/'), guard, all)).toEqual({ show: 'screen', screen: 'alarm' });
    expect(verdictOn(placeOf('/console'), administrator, all)).toEqual({ show: 'screen', screen: 'home' });
    expect(verdictOn(placeOf('/console/'), [], all)).toEqual({ show: 'forbidden' });
  });

  it('refuses a forbidden address and one that does not exist', () => {
    expect(verdictOn(placeOf('/console/devices'), guard, all)).toEqual({ show: 'forbidden' });
    expect(verdictOn(placeOf('/console/pickup/cards'), rolePermissions.principal, all)).toEqual({ show: 'forbidden' });
    expect(verdictOn(placeOf('/console/salaries'), administrator, all)).toEqual({ show: 'unknown' });
    expect(placeOf('/elsewhere')).toEqual({ screen: 'unknown' });
  });
});

describe('a thing of its own address', () => {
  it('is read back from what was written', () => {
    for (const screen of ['alarm', 'drill', 'plan', 'hazard'] as const)
      expect(placeOf(hrefOf(screen, ID))).toEqual({ screen, id: ID });
    expect(hrefOf('alarm', ID)).toBe(`/console/alarm/${ID}`);
    expect(placeOf(hrefOf('roll', '三(2)班/甲'))).toEqual({ screen: 'roll', id: '三(2)班/甲' });
    expect(placeOf(hrefOf('person', 'p-zhou'))).toEqual({ screen: 'person', id: 'p-zhou' });
  });

  it('stands beside the pages of the same area', () => {
    expect(placeOf('/console/drills')).toEqual({ screen: 'term', id: null });
    expect(placeOf('/console/drills/calendar')).toEqual({ screen: 'calendar', id: null });
    expect(placeOf('/console/roll')).toEqual({ screen: 'roll', id: null });
    expect(placeOf('/console/training/person')).toEqual({ screen: 'unknown' });
  });

  it('is unknown when it is no id', () => {
    for (const bad of ['alarm/<script>', 'drills/next', 'roll/a/b', 'roll/%E0%A4%A'])
      expect(placeOf(`/console/${bad}`)).toEqual({ screen: 'unknown' });
  });

  it('takes a trailing slash', () => {
    expect(placeOf('/console/gate/')).toEqual({ screen: 'gate', id: null });
  });
});
