import { type Actor, newId } from '@anyuan/contracts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clearOld } from '../src/retention.ts';
import { administrator, admission, agent, events, gateSite, signOut } from './site.ts';

const guard: Actor = { kind: 'person', id: 's-wang', name: '王建国', role: 'guard' };
const teacher: Actor = { kind: 'person', id: 's-liu', name: '刘芳', role: 'teacher' };
let site: Awaited<ReturnType<typeof gateSite>>;
const office = () => site.as(administrator);
const gate = () => site.as(agent());
const roll = newId();
const group = admission({ at: '2026-11-23T01:00:00.000Z', party: { count: 3, names: [] } });
const one = admission({ at: '2026-11-23T01:10:00.000Z', person: { name: '陈静', idNumber: '110000199001013329' } });
const late = admission({ at: '2026-11-23T01:20:00.000Z', person: { name: '晚到', idNumber: '110000198811118818' } });
const before = admission({ at: '2026-11-23T00:20:00.000Z', person: { name: '早走', idNumber: '110000197702022217' } });

beforeAll(async () => {
  site = await gateSite();
  site.clock.set('2026-11-23T02:00:00.000Z');
  for (const visit of [group, one, before]) await gate().admit(visit);
  await gate().signOut(signOut(before.visit, { at: '2026-11-23T00:50:00.000Z' }));
});
afterAll(() => site.close());

const mark = (visit: string, state: 'present' | 'missing', at = '2026-11-23T02:05:00.000Z') => ({
  id: newId(),
  visit,
  state,
  at,
});
const names = (view: { people: { name: string }[] }) => view.people.map(({ name }) => name);

test('whoever is inside stands on it, in heads; a second press changes nothing', async () => {
  const opened = await office().openSiteRoll({ roll, incident: null });
  expect([names(opened), opened.tally]).toEqual([['张伟明', '陈静'], { present: 0, missing: 0, unmarked: 4 }]);
  await office().openSiteRoll({ roll, incident: null });
  expect((await events(site.db)).filter(({ type }) => type === 'siteRoll.opened')).toHaveLength(1);
  expect(JSON.stringify((await events(site.db)).at(-1))).not.toContain('陈静');
});

test('a guard with a phone ticks them off; a repeat says it once, the newest counts, and who ticked is kept', async () => {
  const first = mark(group.visit, 'missing');
  await site.as(guard).takeSiteRoll({ roll, marks: [first, mark(one.visit, 'present')] });
  await site.as(guard).takeSiteRoll({ roll, marks: [first] });
  const newer = mark(group.visit, 'present', '2026-11-23T02:06:00.000Z');
  const view = await office().takeSiteRoll({
    roll,
    marks: [newer, mark(group.visit, 'missing', '2026-11-23T02:01:00.000Z')],
  });
  expect(view.tally).toEqual({ present: 4, missing: 0, unmarked: 0 });
  expect(view.people.map(({ mark }) => mark?.by.name)).toEqual(['周敏', '王建国']);
});

test('whoever is known of later stands on it; whoever signs out is not looked for', async () => {
  await gate().admit(late);
  expect((await office().siteRoll({ roll })).tally.unmarked).toBe(1);
  await gate().signOut(signOut(late.visit, { at: '2026-11-23T02:10:00.000Z' }));
  const view = await office().siteRoll({ roll });
  expect([view.tally.unmarked, view.people.at(-1)?.leftAt]).toEqual([0, '2026-11-23T02:10:00.000Z']);
});

test('closed, it stays as a record: its counts even when the visits are gone', async () => {
  await expect(site.as(guard).closeSiteRoll({ roll })).rejects.toMatchObject({ message: 'forbidden' });
  const closed = await office().closeSiteRoll({ roll });
  expect(closed).toMatchObject({ closedBy: { name: '周敏' }, tally: { present: 4, missing: 0, unmarked: 0 } });
  await expect(site.as(guard).siteRoll({ roll })).rejects.toMatchObject({ message: 'forbidden' });
  await site.as(guard).takeSiteRoll({ roll, marks: [mark(one.visit, 'missing', '2026-11-23T02:20:00.000Z')] });
  for (const visit of [group, one]) await gate().signOut(signOut(visit.visit, { at: '2026-11-23T03:00:00.000Z' }));
  site.clock.set('2027-11-23T02:00:00.000Z');
  await site.db.tx((trx) => clearOld(trx, site.keys, site.clock.now()));
  expect((await office().siteRoll({ roll })).people).toEqual([]);
  expect(await office().siteRolls()).toMatchObject([{ roll, tally: { present: 3, missing: 1, unmarked: 0 } }]);
});

test('teachers and gates are not asked', async () => {
  await expect(site.as(teacher).siteRolls()).rejects.toMatchObject({ message: 'forbidden' });
  await expect(gate().openSiteRoll({ roll: newId(), incident: null })).rejects.toMatchObject({ message: 'forbidden' });
});
