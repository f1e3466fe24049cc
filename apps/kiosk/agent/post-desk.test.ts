import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GatePost, SignedIn } from '@anyuan/contracts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Journal, openJournal } from './journal.ts';
import { PostDesk } from './post-desk.ts';

const wang = { id: 's-wang', name: '王建国' };
const liu = { id: 's-liu', name: '刘芳' };
const postOf = (n: number, from: string, to: string, date = '2026-11-23'): GatePost => ({
  ...{
    post: `0199e1a4-5e10-7000-8000-00000000040${n}`,
    date,
    name: `东门护学岗 ${n}`,
    place: '斑马线',
    duty: '护送学生',
  },
  ...{ from, to, people: [wang] },
});
const morning = postOf(1, '07:20', '08:10');
const RECORDED: SignedIn = { result: 'post', name: morning.name, place: morning.place, late: 0 };
const at = (time: string, date = '2026-11-23') => Date.parse(`${date}T${time}+08:00`);

let dir: string;
let journal: Journal;
let now: number;
/** What the service says; null: it is away. */
let service: { posts: GatePost[]; answer: SignedIn } | null;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'anyuan-post-'));
  journal = openJournal(dir, 'ab'.repeat(32));
  now = at('07:18:00');
  service = { posts: [morning], answer: RECORDED };
});
afterEach(() => {
  journal.close();
  rmSync(dir, { recursive: true });
});

async function open(): Promise<PostDesk> {
  const desk = new PostDesk({
    journal,
    clock: { now: () => now },
    sender: { now: async <T>() => service?.answer as T | undefined },
    ask: async () => {
      if (!service) throw new Error('away');
      return { asOf: new Date(now).toISOString(), posts: service.posts };
    },
  });
  await desk.refresh();
  return desk;
}
const kept = () => journal.pending(['signIn'], 10).map(({ body }) => body);

test('a card at its own post is on disk before anybody answers, and told with the service’s word', async () => {
  const desk = await open();
  expect(await desk.tapped(wang)).toEqual({
    ...{ type: 'atPost', result: 'recorded', person: wang, at: '2026-11-22T23:18:00.000Z' },
    post: expect.objectContaining({ name: morning.name, from: '07:20', to: '08:10' }),
    asOf: '2026-11-22T23:18:00.000Z',
  });
  expect(kept()).toEqual([
    { id: expect.any(String), post: morning.post, at: '2026-11-22T23:18:00.000Z', person: wang },
  ]);
});

test('tapped again it tells when the first was and keeps nothing, over a restart and while the first is on its way', async () => {
  const desk = await open();
  const first = desk.tapped(wang);
  now += 1_000;
  expect(await desk.tapped(wang)).toMatchObject({ result: 'already', at: '2026-11-22T23:18:00.000Z' });
  await first;
  service = null;
  expect(await (await open()).tapped(wang)).toMatchObject({ result: 'already', at: '2026-11-22T23:18:00.000Z' });
  expect(kept()).toHaveLength(1);
});

test('cut off since last week’s last answer, the posts of today are known and cards wait on disk', async () => {
  const monday = postOf(1, '07:20', '08:10', '2026-11-30');
  service = { posts: [morning, monday], answer: RECORDED };
  await open();
  service = null;
  now = at('07:30:00', '2026-11-30');
  const desk = await open();
  expect(await desk.tapped(wang)).toMatchObject({ result: 'kept', asOf: '2026-11-22T23:18:00.000Z' });
  expect(kept()).toMatchObject([{ post: monday.post, at: '2026-11-29T23:30:00.000Z' }]);
});

test.each([
  ['07:04:59', false],
  ['07:05:00', true],
  ['08:10:00', true],
  ['08:10:01', false],
])('at %s his post is here: %s', async (time, here) => {
  const desk = await open();
  now = at(time);
  expect(desk.tapped(wang) !== undefined).toBe(here);
});

test('a card without a post here, or before anything is known, is no sign-in', async () => {
  expect((await open()).tapped(liu)).toBeUndefined();
  journal.set('posts', null);
  service = null;
  expect((await open()).tapped(wang)).toBeUndefined();
  expect(kept()).toEqual([]);
});

test('of two posts one after the other the open one is signed at; the next not before it begins', async () => {
  const next = postOf(2, '08:05', '08:30');
  service = { posts: [morning, next], answer: RECORDED };
  const desk = await open();
  now = at('07:55:00');
  expect(await desk.tapped(wang)).toMatchObject({ result: 'recorded', post: { post: morning.post } });
  expect(await desk.tapped(wang)).toMatchObject({ result: 'already', post: { post: morning.post } });
  now = at('08:06:00');
  expect(await desk.tapped(wang)).toMatchObject({ result: 'recorded', post: { post: next.post } });
});

test('a post that others have by now is told as changed, and may be tried again', async () => {
  const desk = await open();
  service = { posts: [morning], answer: { result: 'notYours', name: morning.name, people: ['刘芳'] } };
  expect(await desk.tapped(wang)).toMatchObject({ result: 'changed' });
  service = { posts: [morning], answer: RECORDED };
  expect(await desk.tapped(wang)).toMatchObject({ result: 'recorded' });
  expect(kept()).toHaveLength(2);
});
