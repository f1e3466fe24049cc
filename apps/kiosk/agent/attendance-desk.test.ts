import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Attended, SessionToday } from '@anyuan/contracts';
import { createCallerFactory, createLog } from '@anyuan/service';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AttendanceDesk, OPEN_MS } from './attendance-desk.ts';
import type { GateAgent } from './gate-agent.ts';
import { type Journal, openJournal } from './journal.ts';
import { createAgentRouter } from './router.ts';

const session: SessionToday = {
  ...{ id: '0199e1a4-5e10-7000-8000-000000000301', title: '保安定期培训', from: '14:00', hours: 2, place: '综合楼' },
};
const CARD = 'ab'.repeat(32);
const OTHER = 'cd'.repeat(32);
const liu = { id: 's-liu', name: '刘芳' };

let dir: string;
let journal: Journal;
let now: number;
/** What the service says; null: it is away. */
let service: { sessions: SessionToday[]; answer: Attended } | null;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'anyuan-attend-'));
  journal = openJournal(dir, 'ab'.repeat(32));
  now = Date.parse('2026-11-23T14:05:00+08:00');
  service = { sessions: [session], answer: { result: 'recorded', person: liu } };
});
afterEach(() => {
  journal.close();
  rmSync(dir, { recursive: true });
});

/** The desk with the screen's own door to it. */
function gate() {
  const desk = new AttendanceDesk({
    journal,
    clock: { now: () => now },
    sender: { now: async <T>() => service?.answer as T | undefined },
    ask: async () => {
      if (!service) throw new Error('away');
      return service.sessions;
    },
    staff: (hash) => (hash === CARD ? liu : undefined),
    onChange: () => {},
  });
  const router = createAgentRouter({ attendance: desk } as unknown as GateAgent);
  const { attendance } = createCallerFactory(router)({ actor: null, log: createLog('test', 'silent') });
  return { desk, screen: attendance };
}
const kept = () => journal.pending(['attend'], 10).map(({ body }) => body);

test('a card is on disk before anybody answers, and told with the service’s word', async () => {
  const { desk, screen } = gate();
  expect(await screen.sessions()).toEqual([session]);
  await screen.begin({ session: session.id });
  expect(await desk.tapped(CARD)).toMatchObject({ type: 'attended', result: 'recorded', name: '刘芳' });
  expect(kept()).toEqual([
    { attendance: expect.any(String), session: session.id, cardHash: CARD, at: '2026-11-23T06:05:00.000Z' },
  ]);
  expect(desk.now).toMatchObject({ session, came: 1 });
});

test('the same card again is said at once and kept once; a card that nobody knows is not counted', async () => {
  const { desk, screen } = gate();
  await screen.begin({ session: session.id });
  await desk.tapped(CARD);
  expect(await desk.tapped(CARD)).toMatchObject({ result: 'already', name: '刘芳' });
  service = { sessions: [session], answer: { result: 'unknownCard' } };
  expect(await desk.tapped(OTHER)).toMatchObject({ result: 'unknownCard', name: null });
  expect(desk.now?.came).toBe(1);
  expect(kept()).toHaveLength(2);
});

test('while the service is away the sessions of this morning can be opened, and cards wait on disk', async () => {
  const { desk, screen } = gate();
  await screen.sessions();
  service = null;
  await screen.begin({ session: session.id });
  expect(await desk.tapped(CARD)).toMatchObject({ result: 'kept', name: '刘芳' });
  expect(await desk.tapped(OTHER)).toMatchObject({ result: 'kept', name: null });
  expect(desk.now?.came).toBe(2);
  expect(kept()).toHaveLength(2);
});

test('yesterday’s sessions are nobody’s today', async () => {
  const { screen } = gate();
  await screen.sessions();
  service = null;
  now += 86_400_000;
  await expect(screen.sessions()).rejects.toMatchObject({ cause: { code: 'unavailable' } });
  await expect(screen.begin({ session: session.id })).rejects.toThrow();
});

test('it ends by a touch, and by itself half an hour later', async () => {
  const { desk, screen } = gate();
  await screen.begin({ session: session.id });
  await screen.end();
  expect(desk.now).toBeNull();
  await screen.begin({ session: session.id });
  now += OPEN_MS - 1;
  expect(desk.now).not.toBeNull();
  now += 1;
  expect(desk.now).toBeNull();
  await expect(desk.tapped(CARD)).rejects.toMatchObject({ code: 'conflict' });
});
