import { newId, type PersonRef, type SaveFacility } from '@anyuan/contracts';
import { passwordHolds } from '@anyuan/service';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addMonths } from '../src/facilities.ts';
import { importStaff, loadStaff } from '../src/staff.ts';
import { administrator, agent, events, gateSite } from './site.ts';

let site: Awaited<ReturnType<typeof gateSite>>;
beforeAll(async () => {
  site = await gateSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  await site.asAdmin(sql`truncate gate.facilities cascade`);
  await site.asAdmin(sql`truncate gate.outbox`);
  site.clock.set('2026-11-23T08:00:00.000Z');
});

const bollards = (given: Partial<SaveFacility> = {}): SaveFacility => ({
  ...{ id: newId(), gate: 'main', kind: 'bollards', place: '大门外', count: 8, distanceM: 3, everyMonths: 1 },
  ...given,
});
const office = () => site.as(administrator).facilities;
const damaged = async () => (await events(site.db)).filter((e) => e.type === 'facility.damaged').map((e) => e.data);
const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('an inventory with its looks: due at once, then a month later', async () => {
  const facility = bollards();
  await office().save(facility);
  expect(await office().list()).toMatchObject([{ ...facility, condition: null, nextLook: '2026-11-23', due: true }]);
  const look = { id: newId(), facility: facility.id, condition: 'ok' as const, note: '' };
  for (const _ of [1, 2]) await office().look(look);
  expect(await office().list()).toMatchObject([
    { condition: 'ok', nextLook: '2026-12-23', due: false, hazard: null, lastLook: { by: { name: '周敏' } } },
  ]);
  site.clock.set('2026-12-22T16:00:00.000Z');
  expect(await office().list()).toMatchObject([{ due: true }]);
  expect(addMonths('2027-01-31', 1)).toBe('2027-02-28');
  expect(addMonths('2026-11-30', 3)).toBe('2027-02-28');
});

test('damage is told once as a hazard, until it is whole again and breaks anew', async () => {
  const facility = bollards();
  await office().save(facility);
  const look = (condition: 'ok' | 'damaged' | 'missing', note = '') =>
    office().look({ id: newId(), facility: facility.id, condition, note });
  await look('damaged', '3 号柱松了 <i>');
  await look('missing');
  const [first] = (await office().list()).map(({ hazard }) => hazard);
  expect(await damaged()).toEqual([
    {
      ...{ hazard: first, facility: facility.id, what: '校门防冲撞柱损坏', place: '大门外', details: '3 号柱松了 <i>' },
      by: { id: 's-zhou', name: '周敏' } satisfies PersonRef,
    },
  ]);
  await look('ok');
  expect(await office().list()).toMatchObject([{ hazard: null }]);
  await look('damaged');
  expect(await damaged()).toHaveLength(2);
});

test('photos are pictures, a dozen at most; what is taken off is gone', async () => {
  const facility = bollards();
  await office().save(facility);
  const photo = { id: newId(), facility: facility.id, data: PNG };
  for (const _ of [1, 2]) expect(await office().addPhoto(photo)).toEqual({ result: 'stored', photo: photo.id });
  expect(await office().addPhoto({ ...photo, id: newId(), data: Buffer.from('<svg/>').toString('base64') })).toEqual({
    result: 'refused',
    refusal: 'notAPhoto',
  });
  for (let i = 0; i < 11; i++) await office().addPhoto({ ...photo, id: newId() });
  expect(await office().addPhoto({ ...photo, id: newId() })).toEqual({ result: 'refused', refusal: 'tooMany' });
  expect((await office().list())[0]?.photos).toHaveLength(12);
  await office().retire({ facility: facility.id, reason: '改造' });
  expect(await office().list()).toEqual([]);
  await expect(office().save(facility)).rejects.toThrow('conflict');
  await expect(office().look({ id: newId(), facility: facility.id, condition: 'ok', note: '' })).rejects.toThrow(
    'notFound',
  );
});

test('what is 51 m away, or written by who may not, is refused', async () => {
  await expect(office().save(bollards({ distanceM: 51 }))).rejects.toThrow();
  await expect(office().save(bollards({ place: '远'.repeat(10_000) }))).rejects.toThrow();
  const principal = site.as({ ...administrator, role: 'principal' } as typeof administrator);
  await expect(principal.facilities.save(bollards())).rejects.toThrow('forbidden');
  expect(await principal.facilities.list()).toEqual([]);
  await expect(site.as(agent()).facilities.list()).rejects.toThrow('forbidden');
});

test('a PIN that the office sets is in the next list, over the imported one and over an import', async () => {
  const person = { id: 's-chen', name: '陈立新', role: 'principal' as const, department: '校长室', title: '校长' };
  const people = [{ ...person, host: true, mayStandDown: true }];
  await site.db.tx((trx) => importStaff(trx, people, site.keys));
  const shifts = site.as(administrator).shifts;
  expect(await shifts.pins()).toEqual([{ id: 's-chen', name: '陈立新', title: '校长', pin: false }]);
  const { version } = await loadStaff(site.db.kysely);
  await shifts.setPin({ person: 's-chen', pin: '8520' });
  await expect(shifts.setPin({ person: 's-chen', pin: '12' })).rejects.toThrow();
  await expect(shifts.setPin({ person: 's-nobody', pin: '1234' })).rejects.toThrow('notFound');
  await site.db.tx((trx) => importStaff(trx, people, site.keys));
  const after = await loadStaff(site.db.kysely);
  expect(after.version).toBeGreaterThan(version);
  expect(await passwordHolds(after.body.people[0]?.pin, '8520')).toBe(true);
  expect(JSON.stringify(await events(site.db))).not.toContain('8520');
});
