/** Groups, things that were held, undo, how the host agreed, and what a gate of before sends. */
import { newId, type ReturnItems } from '@anyuan/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { administrator, admission, agent, events, gateSite, signOut } from './site.ts';

let site: Awaited<ReturnType<typeof gateSite>>;
beforeAll(async () => {
  site = await gateSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  await site.asAdmin(sql`truncate gate.visits, gate.visitors, gate.sign_outs, gate.item_returns, gate.outbox`);
});

const types = async () => (await events(site.db)).map((e) => e.type);
const gate = () => site.as(agent());
const today = async () => (await site.as(administrator).today())[0];
const undo = (visit: string, at = '2026-11-23T08:00:06.000Z') => {
  const { decision } = signOut(visit, { at });
  return { command: newId(), visit, decision };
};
const back = (visit: string, given: Partial<ReturnItems> = {}, at = '2026-11-23T08:40:00.000Z'): ReturnItems => ({
  ...undo(visit, at),
  outcome: 'given',
  ...given,
});
const held = { result: 'held' as const, items: ['美工刀'], ticket: 'E1123-K01' };

test('who comes, with whom, until when, and how the host agreed is in the record', async () => {
  const given = {
    type: 'official' as const,
    party: { count: 3, names: ['钱进', '孙立'] },
    until: '2026-11-23T11:00:00.000Z',
    confirmation: { how: 'override' as const, reason: 'phoned' as const, asked: true },
    certificate: '粤教督12345',
    plate: '粤G12345',
    booking: newId(),
  };
  expect(await gate().admit(admission(given))).toMatchObject({ ...given, gone: 0, held: null });
});

test('what a gate of before kept is still a visit', async () => {
  const { type: _type, party: _party, confirmation: _confirmation, ...before } = admission();
  expect(await gate().admit(before)).toMatchObject({
    type: 'guest',
    party: { count: 1, names: [] },
    confirmation: { how: 'unrecorded' },
    until: '2026-11-23T10:00:00.000Z',
  });
});

test('a group is one entry; some leave first, then the rest, and a repeat takes nobody twice', async () => {
  const command = admission({ party: { count: 40, names: [] } });
  await gate().admit(command);
  const some = { ...signOut(command.visit), count: 12 };
  expect(await gate().signOut(some)).toMatchObject({ status: 'onSite', gone: 12 });
  expect(await gate().signOut(some)).toMatchObject({ gone: 12 });
  expect(await gate().signOut(signOut(command.visit))).toMatchObject({ status: 'left', gone: 40 });
  expect(await types()).toEqual(['visit.admitted', 'visit.changed', 'visit.left']);
});

test('放行 that was taken back is no visit: not on site, not left, not remembered', async () => {
  const command = admission();
  await gate().admit(command);
  const slip = undo(command.visit);
  expect(await gate().undo(slip)).toMatchObject({ status: 'undone', leftAt: null });
  expect(await gate().undo(slip)).toMatchObject({ status: 'undone' });
  expect(await gate().signOut(signOut(command.visit))).toMatchObject({ status: 'undone', leftAt: null });
  expect(await gate().onSite()).toEqual([]);
  expect(await gate().recognise({ identity: command.identity })).toMatchObject({ visits: 0, lastReason: null });
  expect(await types()).toEqual(['visit.admitted', 'visit.undone']);
});

test('an undo may come before its admission, and a late one is none', async () => {
  const first = admission({ offline: true });
  expect(await gate().undo(undo(first.visit))).toBeNull();
  expect(await gate().admit(first)).toMatchObject({ status: 'undone' });
  expect(await types()).toEqual(['visit.undone']);
  const second = admission();
  await gate().admit(second);
  expect(await gate().undo(undo(second.visit, '2026-11-23T08:30:00.000Z'))).toMatchObject({ status: 'onSite' });
});

test('things under a ticket: given back, or still here and listed long after he left', async () => {
  const command = admission({ security: held });
  await gate().admit(command);
  expect((await gate().held()).map((v) => v.held?.ticket)).toEqual(['E1123-K01']);
  const kept = back(command.visit, { outcome: 'notGiven', because: 'forgotten' });
  expect(await gate().returnItems(kept)).toMatchObject({ held: { outcome: 'notGiven', because: 'forgotten' } });
  await gate().signOut(signOut(command.visit));
  expect(await gate().held()).toMatchObject([{ status: 'left', held: { items: ['美工刀'], by: { id: 's-wang' } } }]);
  const later = back(command.visit, {}, '2026-11-24T07:30:00.000Z');
  await gate().returnItems(later);
  expect(await gate().returnItems(later)).toMatchObject({
    held: { outcome: 'given', at: '2026-11-24T07:30:00.000Z' },
  });
  expect(await gate().held()).toEqual([]);
  expect(await types()).toEqual(['visit.admitted', 'visit.changed', 'visit.left', 'visit.changed']);
  const change = sql`update gate.item_returns set outcome = 'given'`.execute(site.db.kysely);
  await expect(change).rejects.toThrow(/permission denied/);
});

test('a return may come before its admission', async () => {
  const command = admission({ security: held });
  expect(await gate().returnItems(back(command.visit))).toBeNull();
  expect(await gate().admit(command)).toMatchObject({ held: { outcome: 'given' } });
});

test.each([
  ['nobody comes', { party: { count: 0, names: [] } }],
  ['100 come', { party: { count: 100, names: [] } }],
  ['half a person', { party: { count: 1.5, names: [] } }],
  ['a name of 10,000 letters', { party: { count: 2, names: ['长'.repeat(10_000)] } }],
  ['a date that is none', { until: '2026-02-30T25:00:00.000Z' }],
  ['an empty certificate', { certificate: ' ' }],
  ['a firm of 10,000 letters', { firm: '厂'.repeat(10_000) }],
])('refused: %s', async (_name, given) => {
  await expect(gate().admit(admission(given))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(await today()).toBeUndefined();
});

test.each(["'); drop table gate.visits; --", '<img src=x onerror=alert(1)>', '𠮷野家😀', '\u202e倒着'])(
  'kept as it is in every field of text: %s',
  async (text) => {
    const given = {
      note: text,
      firm: text,
      certificate: text,
      plate: text.slice(0, 8),
      party: { count: 2, names: [text] },
    };
    await gate().admit(admission({ ...given, person: { name: text, idNumber: undefined } }));
    expect(await today()).toMatchObject({ name: text, firm: text, certificate: text, party: { names: [text] } });
  },
);
