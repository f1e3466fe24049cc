/** Kept first, then the door; nothing of it when somebody must still look, or the host has not agreed. */
import { AppError } from '@anyuan/contracts';
import { beforeEach, expect, test } from 'vitest';
import { type VisitCommandDeps, visitCommands } from './visit-commands.ts';

let done: string[];
let blocks: boolean;
let agreed: ReturnType<VisitCommandDeps['bookings']['agreed']> | undefined;
let answered: boolean;
let inside: object | null;
let commands: ReturnType<typeof visitCommands>;
const note = (what: string) => void done.push(what);
const decided = {
  visit: 'v',
  command: 'c',
  number: 'E1',
  security: { result: 'held', items: ['剪刀'], ticket: 'K01' },
};

beforeEach(() => {
  done = [];
  blocks = false;
  agreed = undefined;
  answered = true;
  inside = null;
  const desk = (name: string) => (wish: { party?: { count: number } }, confirmation?: { how: string }) => {
    note([name, confirmation?.how, wish?.party?.count].filter((word) => word !== undefined).join(' '));
    return decided;
  };
  const deps = {
    desk: {
      ...Object.fromEntries(['admit', 'refuse', 'signOut', 'undo', 'returnItems'].map((name) => [name, desk(name)])),
      justAdmitted: () => inside,
    },
    questions: {
      confirmation: () => {
        if (!answered) throw new AppError('conflict', 'the host has not agreed');
        return { how: 'confirmed' };
      },
    },
    journal: {
      together: (write: () => unknown) => {
        note('[');
        const result = write();
        note(']');
        return result;
      },
    },
    sender: { now: async () => undefined },
    bookings: { agreed: () => agreed, used: () => note('used'), undone: () => note('free') },
    mustNotBlock: () => {
      if (blocks) throw new AppError('conflict', 'look first');
    },
    openDoor: () => note('door'),
    admitted: () => note('badge'),
  };
  commands = visitCommands(deps as unknown as VisitCommandDeps);
});
type Wish = Parameters<typeof commands.admit>[0];
const wish = (more: object = {}) => ({ party: { count: 2, names: [] }, ...more }) as unknown as Wish;

test.each<[string, () => Promise<unknown>, string[], object]>([
  [
    'admit',
    () => commands.admit(wish()),
    ['[', 'admit confirmed 2', ']', 'door', 'badge'],
    { ticket: 'K01', synced: false },
  ],
  ['refuse', () => commands.refuse({} as never), ['[', 'refuse', ']'], { id: 'v', synced: false }],
  ['signOut', () => commands.signOut('v'), ['[', 'signOut', ']', 'door'], { id: 'c' }],
  ['undo', () => commands.undo('v'), ['[', 'undo', 'free', ']'], { id: 'c' }],
  ['returnItems', () => commands.returnItems({} as never), ['[', 'returnItems', ']'], { id: 'c' }],
])('%s is on disk before the door moves, and late is no failure', async (_, run, order, answer) => {
  expect(await run()).toMatchObject(answer);
  expect(done).toEqual(order);
});

test('whom another screen of this gate let in a moment ago is not let in again: no record, no door, no badge', async () => {
  inside = { visit: 'first', number: 'E1' };
  expect(await commands.admit(wish())).toEqual({ already: inside });
  expect(done).toEqual([]);
});

test('a booking stands for the host’s yes; what the guard counted now goes before what was agreed', async () => {
  answered = false;
  agreed = { confirmation: { how: 'booked' }, party: { count: 9, names: [] } } as never;
  await commands.admit(wish({ booking: 'b' }));
  await commands.admit(wish({ booking: 'b', party: undefined }));
  expect(done.filter((what) => what.startsWith('admit'))).toEqual(['admit booked 2', 'admit booked 9']);
  expect(done).toContain('used');
});

test.each([
  ['a warning was not looked at', () => (blocks = true)],
  ['the host has not agreed', () => (answered = false)],
])('nothing is kept and no door moves while %s', async (_, given) => {
  given();
  await expect(commands.admit(wish())).rejects.toMatchObject({ code: 'conflict' });
  expect(done).toEqual([]);
});
