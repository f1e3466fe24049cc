/** Without his card (A1, A3): found by name, let in by his PIN or a colleague's word, and nothing twice. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GatePosts, LogPermitTap, PermitEntry, StaffPerson } from '@anyuan/contracts';
import { hashPassword } from '@anyuan/service';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AttendanceDesk } from './attendance-desk.ts';
import { ForgottenDesk } from './forgotten-desk.ts';
import { type Journal, openJournal } from './journal.ts';
import { indexPermits } from './permit-decision.ts';
import { PermitDesk } from './permit-desk.ts';
import { PostDesk } from './post-desk.ts';
import { Staff } from './staff.ts';

const person = (id: string, name: string, pinyin: string, more: Partial<StaffPerson> = {}): StaffPerson => ({
  ...{
    id,
    name,
    pinyin,
    initials: [...pinyin]
      .filter((c) => c !== c.toLowerCase())
      .join('')
      .toLowerCase(),
  },
  ...{ role: 'teacher', department: '三（2）班', title: '', host: false, mayStandDown: false },
  ...more,
});
const liu = person('s-liu', '刘芳', 'liufang', { initials: 'lf', cardHash: 'a'.repeat(64) });
const chen = person('s-chen', '陈立新', 'chenlixin', { initials: 'clx', cardHash: 'b'.repeat(64) });
const sun = person('s-sun', '孙丽华', 'sunlihua', { initials: 'slh' });
const permit: PermitEntry = {
  ...{ permit: '0199e1a4-5e10-7000-8000-000000000701', kind: 'staff', name: '刘芳', firm: '', suspended: null },
  ...{ cardHash: 'a'.repeat(64), cardLast4: '4417', plates: [], gates: [], days: [1, 2, 3, 4, 5] },
  ...{ validFrom: '2026-11-01', validTo: '2026-12-31', from: '06:30', to: '18:00' },
};
const session = {
  ...{ id: '0199e1a4-5e10-7000-8000-000000000901', title: '反恐防暴', from: '07:00', hours: 1, place: '报告厅' },
};

let dir: string;
let journal: Journal;
let now: number;
let alarm: boolean;
let opened: number;
let posts: GatePosts;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'anyuan-forgotten-'));
  journal = openJournal(dir, 'ab'.repeat(32));
  now = Date.parse('2026-11-23T07:05:00+08:00');
  alarm = false;
  opened = 0;
  posts = { asOf: '2026-11-22T22:59:00.000Z', posts: [] };
});
afterEach(() => {
  journal.close();
  rmSync(dir, { recursive: true });
});

const staff = new Staff();
function site(people: StaffPerson[] = [liu, chen, sun], permits = [permit]) {
  staff.take({ people });
  const clock = { now: () => now };
  const sender = { now: async () => undefined, wake: () => {} };
  const attendance = new AttendanceDesk({
    ...{ journal, clock, sender, onChange: () => {}, ask: async () => [session] },
    staff: staff.byCard,
  });
  const postDesk = new PostDesk({ journal, clock, sender, ask: async () => posts });
  const permitDesk = new PermitDesk({
    ...{ gate: 'main', journal, clock, sender, index: () => indexPermits({ permits, deliveries: [] }) },
    ...{ listAsOf: () => null, listTooOld: () => false, offline: () => true },
    witness: () => ({ id: 's-wang', name: '王建国' }),
    openDoor: () => {
      expect(journal.pendingIds(['permitTap']).length).toBeGreaterThan(0);
      opened += 1;
    },
  });
  const desk = new ForgottenDesk({
    ...{ clock, staff, attendance, posts: postDesk, permits: permitDesk, alarmOpen: () => alarm },
  });
  return { desk, attendance, postDesk };
}
const taps = () => journal.pending(['permitTap'], 20).map(({ body }) => body as LogPermitTap);
const byChen = { person: { id: 's-liu', name: '刘芳' }, proof: 'colleague', by: { id: 's-chen', name: '陈立新' } };

test('a colleague taps: in by the permit of his card, on disk with who vouched before the door moves; then out', async () => {
  const { desk } = site();
  desk.begin('s-liu');
  expect(await desk.tapped(chen)).toMatchObject({
    type: 'permit',
    result: 'in',
    permit: { name: '刘芳' },
    forgotten: byChen,
  });
  expect(taps()).toMatchObject([{ permit: permit.permit, outcome: 'in', cardLast4: null, forgotten: byChen }]);
  expect(opened).toBe(1);
  // The next card means itself again.
  expect(desk.tapped(chen)).toBeUndefined();
  now += 3_600_000;
  desk.begin('s-liu');
  expect(await desk.tapped(chen)).toMatchObject({ result: 'out' });
});

test('a suspended permit stays one, whoever vouches', async () => {
  const { desk } = site([liu, chen], [{ ...permit, suspended: { at: '2026-11-20T00:00:00.000Z', reason: '调离' } }]);
  desk.begin('s-liu');
  expect(await desk.tapped(chen)).toMatchObject({ result: 'refused', refusal: 'suspended' });
  expect(taps()).toMatchObject([{ outcome: 'refused', refusal: 'suspended', forgotten: byChen }]);
  expect(opened).toBe(0);
});

test('nobody vouches for himself, nor for a name that was left standing, nor in an alarm', async () => {
  const { desk } = site();
  desk.begin('s-liu');
  expect(desk.tapped(liu)).toBeUndefined();
  desk.begin('s-liu');
  now += 60_000;
  expect(desk.tapped(chen)).toBeUndefined();
  desk.begin('s-liu');
  alarm = true;
  expect(desk.tapped(chen)).toBeUndefined();
  alarm = false;
  desk.end();
  expect(desk.tapped(chen)).toBeUndefined();
  expect(() => desk.begin('s-nobody')).toThrow();
  expect(taps()).toEqual([]);
});

test('his own PIN does too; a wrong one says how many tries are left, and who has none waits for a colleague', async () => {
  const { desk } = site([{ ...liu, pin: await hashPassword('4711') }, sun]);
  expect(await desk.prove('s-liu', '1234')).toEqual({ ok: false, reason: 'wrongPin', left: 4 });
  expect(await desk.prove('s-sun', '4711')).toMatchObject({ ok: false, reason: 'wrongPin', left: 3 });
  const himself = { person: byChen.person, proof: 'pin', by: byChen.person };
  expect(await desk.prove('s-liu', '4711')).toMatchObject({ ok: true, event: { result: 'in', forgotten: himself } });
  expect(taps()).toHaveLength(1);
});

test('who has neither card nor permit is let in by his name, and out again', async () => {
  const { desk } = site();
  for (const way of ['in', 'out']) {
    desk.begin('s-sun');
    expect(await desk.tapped(chen)).toMatchObject({
      result: way,
      permit: null,
      forgotten: { person: { name: '孙丽华' } },
    });
    now += 60_000;
  }
  expect(taps()).toMatchObject([{ permit: null, refusal: null }, { outcome: 'out' }]);
});

test('as by card: a training that is open takes it, else his post', async () => {
  const { desk, attendance, postDesk } = site();
  posts = {
    ...posts,
    posts: [
      {
        ...{
          post: '0199e1a4-5e10-7000-8000-000000000801',
          date: '2026-11-23',
          name: '东门护学岗',
          place: '斑马线',
          duty: '',
        },
        ...{ from: '07:00', to: '08:00', people: [{ id: 's-liu', name: '刘芳' }] },
      },
    ],
  };
  await postDesk.refresh();
  desk.begin('s-liu');
  expect(await desk.tapped(chen)).toMatchObject({ type: 'atPost', result: 'kept', forgotten: byChen });
  await attendance.begin(session.id);
  for (const result of ['kept', 'already']) {
    desk.begin('s-sun');
    expect(await desk.tapped(chen)).toMatchObject({ type: 'attended', result, name: '孙丽华' });
  }
  const [signIn, attend] = journal.pending(['signIn', 'attend'], 9).map(({ body }) => body);
  expect(signIn).toMatchObject({ person: { id: 's-liu' }, forgotten: byChen });
  expect(attend).toMatchObject({ cardHash: null, forgotten: { person: { id: 's-sun' }, by: { id: 's-chen' } } });
  expect(taps()).toEqual([]);
});

test('found by keys, initials first; guards too; nothing typed finds nobody', () => {
  site([liu, chen, sun, person('s-li', '李芳', 'lifang', { initials: 'lf', role: 'guard' })]);
  expect(staff.find('53').map(({ name }) => name)).toEqual(['李芳', '刘芳']);
  expect(staff.find('')).toEqual([]);
});
