import { newId, PickupList } from '@anyuan/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadList } from '../src/school-list.ts';
import { administrator, agent, pickupSite, school, teacher } from './site.ts';

let site: Awaited<ReturnType<typeof pickupSite>>;
beforeAll(async () => {
  site = await pickupSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  site.clock.set('2026-11-23T08:30:00.000Z');
  await site.empty();
  await site.bring(school);
});

const list = async () => {
  const { version, body } = await loadList(site.db.kysely);
  return { version, ...PickupList.parse(body) };
};
const cardOf = async (last4: string) => {
  const [card] = await site.as(administrator).cards({ search: last4 });
  if (!card) throw new Error(`no card ${last4}`);
  return card;
};

test('the list that goes to the gates has hashes in place of numbers, and whole rules', async () => {
  const { cards, guardians, rules, bars, children } = await list();
  expect(cards).toContainEqual({ hash: site.hash('0B00C2C88C'), last4: '5180', guardian: 'g-lin', status: 'active' });
  expect(guardians.find((g) => g.id === 'g-wang')?.idHash).toBe(site.hash('11000019560722126X'));
  expect(rules).toContainEqual({
    guardian: 'g-lin',
    child: 'c-1',
    days: [1, 2, 3, 4, 5],
    from: '16:00',
    to: '17:30',
    validFrom: '2026-09-01',
    validTo: '2027-01-31',
  });
  expect(bars).toEqual([{ guardian: 'g-lin', child: 'c-2' }]);
  expect(children).toHaveLength(3);
  for (const table of ['cards', 'guardians', 'outbox']) {
    const { rows } = await sql<{ text: string }>`select t::text as text from ${sql.table(table)} t`.execute(
      site.db.kysely,
    );
    const text = rows
      .map((r) => r.text)
      .join()
      .toUpperCase();
    for (const secret of ['0B00C2C591', '11000019560722126X']) expect(text, table).not.toContain(secret);
  }
});

test('a lost card is lost in the list, with when and by whom, and can come back', async () => {
  const office = site.as(administrator);
  const before = await list();
  const { id } = await cardOf('4417');
  site.clock.set('2026-11-23T08:45:00.000Z');
  expect(await office.reportLost({ card: id })).toMatchObject({ status: 'lost', lostAt: '2026-11-23T08:45:00.000Z' });
  const lost = await list();
  expect(lost.version).toBeGreaterThan(before.version);
  expect(lost.cards.find((c) => c.last4 === '4417')).toMatchObject({
    status: 'lost',
    lostAt: '2026-11-23T08:45:00.000Z',
    lostBy: '周敏',
  });
  site.clock.set('2026-11-23T08:50:00.000Z');
  expect(await office.reinstate({ card: id })).toMatchObject({ status: 'active', lostAt: null });
  expect((await site.events()).filter((e) => e.type === 'card.changed').map((e) => e.data)).toEqual([
    { card: id, status: 'lost' },
    { card: id, status: 'active' },
  ]);
  const { rows } = await sql`select status, actor_id from card_changes order by at, id`.execute(site.db.kysely);
  expect(rows).toEqual([
    { status: 'lost', actorId: 's-zhou' },
    { status: 'active', actorId: 's-zhou' },
  ]);
});

test('reported lost by two people at once it is lost once', async () => {
  const { id } = await cardOf('4417');
  await Promise.all([1, 2, 3].map(() => site.as(administrator).reportLost({ card: id })));
  expect((await site.events()).filter((e) => e.type === 'card.changed')).toHaveLength(1);
});

test('an expired card stays expired; a card that nobody knows is not found', async () => {
  const office = site.as(administrator);
  const { id } = await cardOf('1379');
  await expect(office.reinstate({ card: id })).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(office.reportLost({ card: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test.each([
  ['王秀', ['4417']],
  ['高诗涵', ['1379', '6652']],
  ['一（1）', ['1379', '6652']],
  ['一(1)', ['1379', '6652']],
  ['665', ['6652']],
  ['', ['1379', '4417', '5180', '6652']],
  ['%', []],
  ["'; drop table cards; --", []],
])('searching for "%s" finds the cards %j', async (search, found) => {
  const cards = await site.as(administrator).cards({ search });
  expect(cards.map((c) => c.last4).sort()).toEqual(found);
});

test('a card names its guardian and whom he may fetch', async () => {
  expect(await cardOf('6652')).toMatchObject({
    status: 'active',
    guardian: { id: 'g-luo', name: '罗文静', relation: '妈妈' },
    children: [
      { name: '高诗涵', className: '三（2）班' },
      { name: '高诗远', className: '一（1）班' },
    ],
  });
});

test('the same import again changes nothing, and brings no lost card back to life', async () => {
  const { id } = await cardOf('4417');
  await site.as(administrator).reportLost({ card: id });
  const before = await list();
  await site.bring(school);
  expect(await list()).toEqual(before);
});

test('a card that an import no longer names expires; its guardian is still known to the guard', async () => {
  await site.bring({
    ...school,
    guardians: school.guardians.filter((g) => g.id !== 'g-wang'),
    cards: school.cards.filter((c) => c.guardian !== 'g-wang'),
    rules: school.rules.filter((r) => r.guardian !== 'g-wang'),
  });
  const { cards, guardians, rules } = await list();
  expect(cards.find((c) => c.last4 === '4417')?.status).toBe('expired');
  expect(guardians.map((g) => g.id)).toContain('g-wang');
  expect(rules.map((r) => r.guardian)).not.toContain('g-wang');
});

test('an import with a rule for a child that is not there is refused as a whole', async () => {
  const before = await list();
  const broken = { ...school, children: school.children.slice(1) };
  await expect(site.bring(broken)).rejects.toThrow();
  expect(await list()).toEqual(before);
});

test('only the office changes and lists cards', async () => {
  const { id } = await cardOf('4417');
  for (const actor of [teacher, agent()]) {
    await expect(site.as(actor).cards({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(site.as(actor).reportLost({ card: id })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
});
