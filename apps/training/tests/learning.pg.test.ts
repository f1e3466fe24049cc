import { newId, type SaveCourse, type SaveSession } from '@anyuan/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { administrator, agent, CARD, guard, png, principal, teacher, trainingSite } from './site.ts';

let site: Awaited<ReturnType<typeof trainingSite>>;
beforeAll(async () => {
  site = await trainingSite();
});
afterAll(() => site.close());
beforeEach(() => site.begin());

const NOW = '2026-11-23T01:00:00.000Z';
const office = () => site.as(administrator);
const course = (given: Partial<SaveCourse> = {}): SaveCourse => ({
  id: newId(),
  code: 'guard-regular',
  title: '保安定期培训',
  roles: ['guard'],
  periodMonths: 6,
  passMark: 80,
  ...given,
});
const session = (of: { id: string }, given: Partial<SaveSession> = {}): SaveSession => ({
  id: newId(),
  course: of.id,
  date: '2026-11-23',
  from: '09:00',
  hours: 2,
  place: '会议室',
  trainer: '县公安局 张警官',
  topic: '防暴器械使用',
  ...given,
});
const held = async (given: Partial<SaveCourse> = {}) => {
  const of = await office().saveCourse(course(given));
  return office().saveSession(session(of));
};
const regular = async () => {
  const { needs } = await site.as(principal).staffRecord({ person: 's-wang' });
  return needs.find(({ requirement }) => requirement.id === 'guard-regular')?.cell.state;
};

test('without his card, by a colleague’s word: marked so, once', async () => {
  const { id } = await held();
  const person = { id: 's-wang', name: '王建国' };
  const forgotten = { person, proof: 'colleague' as const, by: { id: 's-chen', name: '陈立新' } };
  const said = { attendance: newId(), session: id, cardHash: null, at: NOW, forgotten };
  for (const _ of [1, 2]) expect(await site.as(agent()).attendByCard(said)).toEqual({ result: 'recorded', person });
  expect((await office().session({ session: id })).people).toMatchObject([
    { person: { id: 's-wang' }, via: 'vouched' },
  ]);
  const nobody = { ...said, attendance: newId(), forgotten: { ...forgotten, person: { id: 's-none', name: '某人' } } };
  expect(await site.as(agent()).attendByCard(nobody)).toEqual({ result: 'unknownCard' });
});

test('a card at the reader: once, however often it is sent; then assessed, failed, retaken, both kept', async () => {
  const { id } = await held();
  const cardHash = site.keys.card.hash(CARD);
  const tap = { attendance: newId(), session: id, cardHash, at: NOW };
  const answers = await Promise.all([1, 2, 3].map(() => site.as(agent()).attendByCard(tap)));
  const recorded = { result: 'recorded', person: { id: 's-wang', name: '王建国' } };
  expect(answers).toEqual([recorded, recorded, recorded]);
  expect(await site.as(agent('east')).attendByCard({ ...tap, attendance: newId() })).toEqual({
    ...recorded,
    result: 'already',
    at: NOW,
  });
  expect(await regular()).toBe('missing');
  const assess = (score: number) =>
    office().recordAssessment({ id: newId(), session: id, person: 's-wang', score, at: NOW });
  expect(await assess(79)).toEqual({ result: 'recorded', passed: false, attempt: 1 });
  expect(await regular()).toBe('missing');
  site.clock.set('2026-11-23T02:00:00.000Z');
  expect(await assess(80)).toEqual({ result: 'recorded', passed: true, attempt: 2 });
  expect(await regular()).toBe('ok');
  const record = await site.as(principal).session({ session: id });
  expect(record.session).toMatchObject({ attended: 1, passed: 1 });
  expect(record.people).toMatchObject([
    { person: { id: 's-wang' }, via: 'card', attempts: [{ score: 79 }, { score: 80 }] },
  ]);
  const told = (await site.events()).filter(({ type }) => type.startsWith('session.')).map(({ type }) => type);
  expect(told).toEqual(['session.saved', 'session.attended', 'session.assessed', 'session.assessed']);
});

test('the same assessment again is the same attempt', async () => {
  const { id } = await held();
  await office().attendByName({ attendance: newId(), session: id, person: 's-li', at: NOW });
  const given = { id: newId(), session: id, person: 's-li', score: 90, at: NOW };
  const first = await office().recordAssessment(given);
  expect(await office().recordAssessment({ ...given, score: 10 })).toEqual(first);
});

test('a card that nobody has, a session of another day or called off, somebody who was not there', async () => {
  const { id, course: of } = await held();
  const tap = { attendance: newId(), session: id, cardHash: site.keys.card.hash('0000000000'), at: NOW };
  expect(await site.as(agent()).attendByCard(tap)).toEqual({ result: 'unknownCard' });
  const known = { ...tap, cardHash: site.keys.card.hash(CARD) };
  // Half past midnight of the next day, while the world still has the 23rd.
  expect(await site.as(agent()).attendByCard({ ...known, at: '2026-11-23T16:30:00.000Z' })).toEqual({
    result: 'notToday',
  });
  const off = await office().saveSession(session({ id: of }));
  expect(await office().cancelSession({ session: off.id, reason: '讲师请假' })).toMatchObject({ cancelled: true });
  expect(await site.as(agent()).attendByCard({ ...known, session: off.id })).toEqual({ result: 'notToday' });
  expect(await office().recordAssessment({ id: newId(), session: id, person: 's-wang', score: 100, at: NOW })).toEqual({
    result: 'notThere',
  });
  await expect(site.as(agent()).attendByCard({ ...known, session: newId() })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('a reader learns what is held today and nothing else; it enters nobody by name', async () => {
  const { id } = await held();
  expect(await site.as(agent()).sessionsToday()).toEqual([
    { id, title: '保安定期培训', from: '09:00', hours: 2, place: '会议室' },
  ]);
  site.clock.set('2026-11-23T16:00:00.000Z');
  expect(await site.as(agent()).sessionsToday()).toEqual([]);
  await expect(
    site.as(agent()).attendByName({ attendance: newId(), session: id, person: 's-wang', at: NOW }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(site.as(guard).sessionsToday()).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('a course without a mark: to be there is enough; a session with people in it is not moved or called off', async () => {
  const { id, course: of, ...rest } = await held({ passMark: null });
  await office().attendByName({ attendance: newId(), session: id, person: 's-wang', at: NOW });
  expect(await regular()).toBe('ok');
  expect(await office().recordAssessment({ id: newId(), session: id, person: 's-wang', score: 100, at: NOW })).toEqual({
    result: 'noMark',
  });
  const { date, from, hours, place, trainer, topic } = rest;
  const given = { id, course: of, date, from, hours, place, trainer, topic };
  await expect(office().saveSession({ ...given, date: '2026-11-24' })).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(office().cancelSession({ session: id, reason: '改期' })).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await office().saveSession({ ...given, topic: '防暴器械' })).toMatchObject({ topic: '防暴器械' });
});

test('a course made harder later fails nobody afterwards; its code stays', async () => {
  const { id, course: of } = await held();
  await office().attendByName({ attendance: newId(), session: id, person: 's-wang', at: NOW });
  await office().recordAssessment({ id: newId(), session: id, person: 's-wang', score: 85, at: NOW });
  expect(await office().saveCourse(course({ id: of, passMark: 95, code: 'other' }))).toMatchObject({
    code: 'guard-regular',
    passMark: 95,
  });
  expect(await regular()).toBe('ok');
  await expect(office().saveCourse(course())).rejects.toMatchObject({ code: 'CONFLICT' });
});

test("the year's plan: done, late, planned; a month that was held though not planned is done", async () => {
  const of = await office().saveCourse(course());
  await office().planCourse({ course: of.id, year: 2026, months: [12, 9, 11, 9] });
  await office().saveSession(session(of, { date: '2026-03-10' }));
  await office().saveSession(session(of, { date: '2026-11-30' }));
  const { rows } = await site.as(principal).yearPlan({ year: 2026 });
  const expected = Array.from({ length: 12 }, () => null as string | null);
  Object.assign(expected, { 2: 'done', 8: 'late', 10: 'planned', 11: 'planned' });
  expect(rows[0]?.months).toEqual(expected);
  await office().retireCourse({ course: of.id });
  expect((await site.as(principal).yearPlan({ year: 2027 })).rows).toEqual([]);
});

test('the ledger of a month has a row a person and session, with the best result', async () => {
  const { id } = await held();
  for (const person of ['s-wang', 's-li'])
    await office().attendByName({ attendance: newId(), session: id, person, at: NOW });
  for (const score of [60, 88])
    await office().recordAssessment({ id: newId(), session: id, person: 's-wang', score, at: NOW });
  expect(await site.as(principal).ledger({ month: '2026-11' })).toMatchObject([
    { date: '2026-11-23', person: { name: '李强' }, via: 'name', attempts: 0, score: null, passed: null },
    { person: { name: '王建国' }, attempts: 2, score: 88, passed: true, course: '保安定期培训', hours: 2 },
  ]);
  expect(await site.as(principal).ledger({ month: '2026-12' })).toEqual([]);
});

test.each([
  ['hours', { hours: 0 }],
  ['date', { date: '2026-13-01' }],
  ['from', { from: '25:00' }],
  ['topic', { topic: '长'.repeat(10_000) }],
  ['place', { place: '' }],
])('a session with a wrong %s is refused', async (_, given) => {
  const of = await office().saveCourse(course());
  await expect(office().saveSession(session(of, given))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

const lesson = (given: Record<string, unknown> = {}) => ({
  id: newId(),
  class: 'c-32',
  date: '2026-11-20',
  topic: 'fire' as const,
  minutes: 40,
  material: { title: '消防安全课件', link: null },
  ...given,
});

test("a class teacher enters her own class's lesson, with a photo; another's not", async () => {
  const given = lesson();
  const view = await site.as(teacher).recordLesson(given);
  expect(view).toMatchObject({ className: '三（2）班', by: { name: '刘芳' }, hasProof: false });
  expect(await site.as(teacher).recordLesson(given)).toEqual(view);
  await expect(site.as(teacher).recordLesson(lesson({ class: 'c-11' }))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(site.as(guard).recordLesson(lesson())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(site.as(agent()).recordLesson(lesson())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await office().recordLesson(lesson({ class: 'c-11', topic: 'fraud', date: '2026-11-19' }));

  const file = { type: 'image/png' as const, base64: png };
  expect(await site.as(teacher).addProof({ lesson: given.id, file })).toMatchObject({ hasProof: true });
  expect((await site.get(`/lessons/${given.id}/proof`, teacher)).status).toBe(200);
  expect((await site.get(`/lessons/${given.id}/proof`, principal)).status).toBe(200);
  expect((await site.get(`/lessons/${given.id}/proof`, guard)).status).toBe(403);
  expect((await site.get(`/lessons/${given.id}/proof`, null)).status).toBe(401);
  expect((await site.as(principal).lessons({ month: '2026-11' })).map(({ class: of }) => of)).toEqual(['c-11', 'c-32']);
});

test.each([
  { date: '2026-11-24' },
  { minutes: 0 },
  { topic: 'maths' },
  { material: { title: '', link: null } },
  { material: { title: '课件', link: 'javascript:alert(1)' } },
])('a lesson with %j is refused', async (given) => {
  await expect(site.as(teacher).recordLesson(lesson(given) as never)).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('coverage by month and class, in the order of the school and never by who did more', async () => {
  await site.as(teacher).recordLesson(lesson());
  site.clock.set('2026-12-01T01:00:00.000Z');
  expect(await site.as(principal).education({ month: '2026-11' })).toMatchObject({
    topics: ['fire', 'antiTerror'],
    classes: [
      { class: { name: '一（1）班' }, cells: [{ state: 'late' }, { state: 'late' }], minutes: 0 },
      {
        class: { name: '三（2）班', teacher: { name: '刘芳' } },
        cells: [{ state: 'done' }, { state: 'late' }],
        minutes: 40,
      },
    ],
  });
  const own = await site.as(teacher).myEducation({ month: '2026-11' });
  expect(own.classes.map(({ class: of }) => of.id)).toEqual(['c-32']);
});
