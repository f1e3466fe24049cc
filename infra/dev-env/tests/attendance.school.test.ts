/** Staff cards at the gate's reader: a training's attendance, also over the death of its service; guard posts; an alarm first. */
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
  const { attendance, status } = site.kiosk.call;
  // On line: what it keeps its owner confirms while the person stands there.
  await vi.waitFor(
    async () => expect((await status.query()).server).toMatchObject({ bus: 'up', services: 'up' }),
    soon,
  );
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

test('a card at its own guard post signs in there, once, also while the service is away; the office sees at which gate', async () => {
  const { drills } = site.office;
  const today = schoolDate(Date.now());
  await drills.saveDay.mutate({ date: today, kind: 'schoolDay', name: '上课' });
  const clock = (ms: number) => new Date(Date.now() + ms + 8 * 3_600_000).toISOString().slice(11, 16);
  const people = ['s-chen', 's-zhou'].map((id) => ({ id, name: id === 's-chen' ? '陈立新' : '周敏' }));
  const post = {
    ...{ id: newId(), name: '东门护学岗', place: '东门', gate: 'main', duty: '护送', code: 'GD-0199', people },
    ...{ days: [1, 2, 3, 4, 5, 6, 7], from: clock(120_000), to: '23:59' },
  };
  await drills.patrols.savePost.mutate(post);
  const tapPost = async (card: string) => {
    const told = site.kiosk.next('atPost', () => true, 3_000);
    await site.sim.act('tap', card);
    return told;
  };
  // Until the gate has heard of the post; and a card that comes back at once still lies on the reader.
  const heard = () => vi.waitFor(() => tapPost('chen-card'), { timeout: 60_000, interval: 1_000 });
  const first = await heard();
  expect(first).toMatchObject({ result: 'recorded', person: { name: '陈立新' }, post: { name: '东门护学岗' } });
  expect(await heard()).toMatchObject({ result: 'already', at: first.at });
  site.freeze('drills');
  expect(await tapPost('zhou-card')).toMatchObject({ result: 'kept' });
  site.thaw('drills');
  const signed = async () =>
    (await drills.patrols.patrolDay.query({})).posts.find((one) => one.post === post.id)?.signed;
  await vi.waitFor(async () => expect(await signed()).toHaveLength(2), soon);
  expect(await signed()).toMatchObject([{ person: { name: '陈立新' }, gate: 'main' }, { gate: 'main' }]);
  const { rows } = await site.db.query('select id from drills.sign_ins where post = $1', [post.id]);
  expect(rows).toHaveLength(2);
}, 120_000);
