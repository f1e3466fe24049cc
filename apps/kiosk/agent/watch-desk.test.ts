import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type VisitorIdentity,
  type WatchAnswer,
  type WatchHitEvent,
  type WatchList,
  type WatchNotice,
  watchKeys,
} from '@anyuan/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Journal, openJournal } from './journal.ts';
import { WatchDesk } from './watch-desk.ts';
import { WatchFlow } from './watch-flow.ts';

const KEY = Buffer.alloc(32, 7);
const guard = { id: 's-guard-1', name: '王建国' };
const man: VisitorIdentity = {
  ...{ document: 'resident', name: '鲁志平', sex: 'male', birthDate: '1982-07-14', idNumber: '110000198207145154' },
};
const typed = { name: '鲁志平', sex: 'male' } as const;

let dir: string;
let journal: Journal;
let now: number;
/** The server: away, or there. */
let there: boolean;
let told: WatchNotice[];
let raised: string[];
let refused: unknown[];
let version: number;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'anyuan-watch-'));
  journal = openJournal(dir, 'ab'.repeat(32));
  now = Date.parse('2026-11-23T08:00:00.000Z');
  [there, told, raised, refused, version] = [true, [], [], [], 1];
});
afterEach(() => {
  journal.close();
  rmSync(dir, { recursive: true });
});

const keys = watchKeys(man, (text) => createHmac('sha256', KEY).update(text, 'utf8').digest('hex'));
const entry = (given: Partial<WatchList['entries'][number]> = {}): WatchList['entries'][number] => ({
  ...{ entry: '0199e1a4-5e10-7000-8000-000000000001', ...keys, action: 'refuse', instruction: '打电话给陈校长' },
  ...{ responders: ['s-chen'], validFrom: '2026-11-01', validUntil: '2027-05-31', cleared: [] },
  ...given,
});
const list = (...entries: WatchList['entries']) => {
  const head = {
    list: 'watchlist',
    school: 'demo',
    version: version++,
    asOf: '2026-11-23T07:59:50.000Z',
    sha256: '',
  } as const;
  return { name: 'watchlist', value: { entries }, head, fault: null } as const;
};
function desk(...entries: WatchList['entries']): WatchDesk {
  const opened = new WatchDesk({
    ...{ gate: 'main', key: KEY, journal, clock: { now: () => now }, log: { error: () => {} } },
    sender: { now: async <T>() => (there ? ({} as T) : undefined) },
    offline: () => !there,
    witness: () => guard,
    duty: () => guard,
    phones: (ids) => ids.map((id) => ({ name: id, phone: '8001' })),
    raiseSilently: (hit) => raised.push(hit),
    tell: (notice) => told.push(notice),
  });
  opened.take(list(...entries));
  return opened;
}
const kept = () => journal.pending(['watchHit', 'watchAnswer'], 20).map(({ kind, body }) => ({ kind, body }));
const blocked = (one: WatchDesk, answers: WatchAnswer[]) => {
  const notice = one.check(man, 'document', 'p1');
  for (const is of answers) one.answer(notice?.hit ?? '', is);
  return one.blocks(man);
};

test('a hit is on disk before the guard is told, blocks, and calls the responders once', async () => {
  const opened = desk(entry());
  const notice = opened.check(man, 'document', 'p1');
  expect(notice).toMatchObject({ about: 'p1', exact: true, instruction: '打电话给陈校长', answer: null, blocks: true });
  expect(kept()).toMatchObject([
    { kind: 'watchHit', body: { match: 'idNumber', person: keys.id, listAsOf: '2026-11-23T07:59:50.000Z' } },
  ]);
  opened.check(man, 'document', 'p2');
  expect(kept()).toHaveLength(1);
  expect(raised).toEqual([notice?.hit]);
  await expect.poll(() => told.at(-1)).toMatchObject({ about: 'p2', told: true });
  expect(opened.blocks(man)).toBe(true);
  expect(desk().check(man, 'document', 'p1')).toBeNull();
});

test('a near match calls nobody until somebody says yes', () => {
  const opened = desk(entry({ id: null, born: null, year: null }));
  const notice = opened.check(man, 'document', 'p1');
  expect(notice).toMatchObject({ exact: false, blocks: true });
  expect(raised).toEqual([]);
  opened.answer(notice?.hit ?? '', 'yes');
  expect(raised).toEqual([notice?.hit]);
});

test.each<[WatchList['entries'][number]['action'], WatchAnswer[], boolean]>([
  ['refuse', [], true],
  ['refuse', ['unsure'], true],
  ['refuse', ['yes'], true],
  ['refuse', ['unsure', 'no'], false],
  ['keepWaiting', ['yes'], true],
  ['accompany', [], true],
  ['accompany', ['yes'], false],
  ['observe', [], false],
  ['observe', ['yes'], false],
])('%s, answered %s: blocks %s', (action, answers, blocks) => {
  expect(blocked(desk(entry({ action })), answers)).toBe(blocks);
});

test('a "no" is remembered over a restart, until the list knows it or somebody says yes', () => {
  blocked(desk(entry()), ['no']);
  expect(desk(entry()).check(man, 'document', 'p2')).toBeNull();
  expect(kept().map(({ kind }) => kind)).toEqual(['watchHit', 'watchAnswer']);
  for (const { id } of journal.pending(['watchHit', 'watchAnswer'], 20)) journal.sent(id);
  const later = desk(entry());
  // The owner has heard it, and a newer list does not clear him: a responder has said yes since.
  later.take(list(entry()));
  later.take(list(entry()));
  expect(later.check(man, 'document', 'p3')).not.toBeNull();
});

test('a name alone is cleared for this visit and for no other', () => {
  const opened = desk(entry({ id: null }));
  const word: VisitorIdentity = { document: 'typed', ...typed };
  const notice = opened.check(word, 'typed', 'typed');
  expect(kept()).toMatchObject([{ body: { match: 'birthUnknown', person: null } }]);
  opened.answer(notice?.hit ?? '', 'no');
  expect(opened.check(word, 'typed', 'typed')).toBeNull();
  now += 31 * 60_000;
  expect(opened.check(word, 'typed', 'typed')).not.toBeNull();
});

test('off line all stands but the telling, and the answer of the office comes through later', () => {
  there = false;
  const opened = desk(entry());
  const notice = opened.check(man, 'document', 'p1');
  expect(notice).toMatchObject({ told: false, blocks: true, phones: [{ phone: '8001' }] });
  expect(kept()).toMatchObject([{ body: { decision: { offline: true } } }]);
  const event: WatchHitEvent = { hit: notice?.hit ?? '', entry: '', gate: 'main', at: '', people: [], is: 'no' };
  opened.heard(event);
  expect(told.at(-1)).toMatchObject({ answer: 'no', by: 'responder', blocks: false });
  expect(opened.blocks(man)).toBe(false);
});

function flowOf(watch: WatchDesk): WatchFlow {
  const document = () => ({ ...man, kind: 'resident', numberHolds: true }) as never;
  const refuse = (input: object) => refused.push(input) as never;
  const pickup = { byDocument: () => ({ id: 'v1' }) as never, handOver: async () => ({ results: [] }) };
  return new WatchFlow({ watch, desk: { document, identity: () => man, refuse }, pickup });
}

test('a "yes" writes a refusal with a word that says nothing', () => {
  const flow = flowOf(desk(entry()));
  flow.presented('p1');
  const answered = flow.answer({ hit: told[0]?.hit ?? '', is: 'yes', subject: { presented: 'p1' } });
  expect(answered.refused).toBe(true);
  expect(refused).toEqual([{ presented: 'p1', refusal: 'other', note: '学校另行接待', items: [] }]);
});

test('a child is not handed over meanwhile to whoever showed that document', async () => {
  const flow = flowOf(desk(entry()));
  expect(flow.byDocument('p1')).toEqual({ id: 'v1' });
  await expect(flow.handOver('v1', ['c'])).rejects.toThrow('not answered');
  flow.answer({ hit: told[0]?.hit ?? '', is: 'no' });
  expect(await flow.handOver('v1', ['c'])).toEqual({ results: [] });
});

test('cleared of one entry, he may be meant by another', () => {
  const second = entry({ entry: '0199e1a4-5e10-7000-8000-000000000002', action: 'observe' });
  const flow = flowOf(desk(entry(), second));
  flow.presented('p1');
  const [first] = told;
  expect(() => flow.mustNotBlock({ presented: 'p1' })).toThrow('not answered');
  flow.answer({ hit: first?.hit ?? '', is: 'no', subject: { presented: 'p1' } });
  expect(told.at(-1)).toMatchObject({ action: 'observe', blocks: false });
  expect(refused).toEqual([]);
});
