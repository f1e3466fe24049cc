/** A training's attendance from the gate's card reader to the record of who was there, also over the death of its service. */
import { newId, schoolDate } from '@anyuan/contracts';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { bootSite, type Site } from '../src/site.ts';

let site: Site;
const soon = { timeout: 30_000, interval: 100 };
const session = newId();

beforeAll(async () => {
  site = await bootSite();
  const { training } = site.office;
  const course = newId();
  const roles = ['principal', 'administrator', 'guard'] as const;
  await training.saveCourse.mutate({
    ...{ id: course, code: 'reader-day', title: '刷卡签到培训', roles: [...roles], periodMonths: null, passMark: null },
  });
  await training.saveSession.mutate({
    ...{ id: session, course, date: schoolDate(Date.now()), from: '14:00', hours: 1, place: '会议室', trainer: '周敏' },
    topic: '防冲撞',
  });
}, 240_000);
afterAll(() => site.stop(), 60_000);

const came = async () => {
  const { rows } = await site.db.query(
    'select p.name from training.attendances a join training.people p on p.id = a.person where session = $1 order by 1',
    [session],
  );
  return rows.map((row: { name: string }) => row.name);
};
const tap = async (card: string) => {
  const told = site.kiosk.next('attended');
  await site.sim.act('tap', card);
  return told;
};

test('cards at the reader are attendances while the session is open there; a pickup card is what it always is', async () => {
  const { attendance } = site.kiosk.call;
  expect(await attendance.sessions.query()).toContainEqual(expect.objectContaining({ id: session }));
  await attendance.begin.mutate({ session });
  expect(await tap('chen-card')).toMatchObject({ result: 'recorded', name: '陈立新' });
  expect(await came()).toEqual(['陈立新']);
  const verdict = site.kiosk.next('verdict');
  await site.sim.act('tap', 'wang-card');
  expect((await verdict).verdict.verdict).toBe('yes');
});

test('the training service killed: the card waits on the gate’s disk and arrives when it is back', async () => {
  const before = site.pid('training');
  site.freeze('training');
  expect(await tap('zhou-card')).toMatchObject({ result: 'kept' });
  site.kill('training');
  await site.isBack('training', before);
  await vi.waitFor(async () => expect(await came()).toHaveLength(2), soon);
});

test('an alarm takes the reader at once: the same card ends it, and none is an attendance', async () => {
  const { incident } = await site.kiosk.call.alarm.press.mutate({ mode: 'exercise' });
  await site.kiosk.next('alarms', ({ incidents }) => incidents.some((one) => one.view.incident === incident));
  const staff = site.kiosk.next('staffCard');
  await site.sim.act('tap', 'chen-card');
  const { tap: proof } = await staff;
  const ended = await site.kiosk.call.alarm.standDown.mutate({ incident, tap: proof, reason: 'exerciseOver' });
  expect(ended).toEqual({ ok: true });
  expect(await came()).toHaveLength(2);
  await site.kiosk.call.attendance.end.mutate();
  expect((await site.kiosk.call.status.query()).attendance).toBeNull();
});
