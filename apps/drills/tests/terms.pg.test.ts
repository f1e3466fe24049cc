import { newId } from '@anyuan/contracts';
import ICAL from 'ical.js';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chen, drill, drillsSite, guard, teacherOf, term, zhou } from './site.ts';

let site: Awaited<ReturnType<typeof drillsSite>>;
beforeEach(async () => {
  site = await drillsSite();
  await site.openTerm();
});
afterEach(() => site.close());

test('a school without a term is told so', async () => {
  const other = await drillsSite();
  expect(await other.as(zhou).term({})).toEqual({ terms: [], view: null, drills: [] });
  await other.close();
});

test('plan my term: what is proposed meets every rule once it is scheduled', async () => {
  const admin = site.as(zhou);
  const before = await admin.term({});
  expect(before.view?.rules.map((r) => [r.rule.id, r.state])).toContainEqual(['violence-term', 'notScheduled']);
  const plan = await admin.propose({ term: term.id });
  const { scheduled, conflicts } = await admin.scheduleAll({
    drills: plan.drills.map(({ kind, date, time }) => drill({ kind, date, time })),
  });
  expect(conflicts).toEqual([]);
  expect(scheduled).toHaveLength(plan.drills.length);
  const { view } = await admin.term({});
  // September and October are over without a drill; bus and new pupils are late, and a date does not undo that.
  const late = view?.rules.flatMap((r) => r.duties).filter((d) => d.state === 'overdue');
  expect(late?.map((d) => d.rule).sort()).toEqual([
    'bus-term',
    'button-month',
    'button-month',
    'evacuation-month',
    'evacuation-month',
    'new-pupils',
  ]);
  expect(plan.unmet.map((u) => u.why)).toEqual(['past', 'past', 'past', 'past']);
  expect(view?.rules.flatMap((r) => r.duties).filter((d) => d.state === 'notScheduled')).toEqual([]);
  expect(await admin.propose({ term: term.id })).toEqual({ drills: [], unmet: plan.unmet });
});

test('a year whose holidays are not known is said, and no drill goes there until a person confirms it', async () => {
  const other = await drillsSite();
  const admin = other.as(zhou);
  await admin.saveTerm(term);
  expect((await admin.term({})).view?.unknownYears).toEqual([2027]);
  expect(await admin.schedule(drill({ date: '2027-01-06' }))).toEqual({ result: 'conflict', conflicts: ['unknown'] });
  await admin.confirmDays({ from: '2027-01-01', to: '2027-01-22' });
  expect(await admin.schedule(drill({ date: '2027-01-06' }))).toMatchObject({ result: 'scheduled' });
  // Who looked at January has said nothing of spring.
  const spring = { id: newId(), name: '春季', from: '2027-02-22', to: '2027-07-02' };
  await expect(admin.confirmDays({ from: '2027-02-22', to: '2027-07-02' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  await admin.saveTerm(spring);
  const { view } = await admin.term({ term: spring.id });
  expect(view?.unknownYears).toEqual([2027]);
  expect(view?.days.find((d) => d.date === '2027-04-05')?.kind).toBe('unknown');
  expect(await admin.schedule(drill({ term: spring.id, date: '2027-05-03' }))).toEqual({
    result: 'conflict',
    conflicts: ['unknown'],
  });
  await other.close();
});

test('what stands against a day is said: holiday, weekend, exams, another drill, outside the term, past', async () => {
  const admin = site.as(zhou);
  await admin.saveExam({ id: newId(), term: term.id, name: '期末考试', from: '2027-01-11', to: '2027-01-15' });
  await admin.schedule(drill({ date: '2026-12-03' }));
  const why = async (date: string, kind: 'fire' | 'buttonTest' = 'fire') => {
    const answer = await admin.schedule(drill({ date, kind }));
    return answer.result === 'conflict' ? answer.conflicts : answer.result;
  };
  expect(await why('2026-12-05')).toEqual(['weekend']);
  expect(await why('2027-01-01')).toEqual(['holiday']);
  expect(await why('2027-01-12')).toEqual(['exam']);
  expect(await why('2026-12-03')).toEqual(['anotherDrill']);
  expect(await why('2027-02-01')).toEqual(['outsideTerm']);
  expect(await why('2026-11-20')).toEqual(['past']);
  // It is 10:00.
  expect(await admin.schedule(drill({ date: '2026-11-23', time: '09:30' }))).toEqual({
    result: 'conflict',
    conflicts: ['past'],
  });
  const today = drill({ date: '2026-11-23', time: '14:00' });
  expect(await admin.schedule(today)).toMatchObject({ result: 'scheduled' });
  expect(await admin.move({ drill: today.id, date: '2026-11-23', time: '09:59' })).toEqual({
    result: 'conflict',
    conflicts: ['past'],
  });
  expect(await why('2026-12-03', 'buttonTest')).toBe('scheduled');
});

test('a holiday that is entered over a planned drill is said, and another day is proposed', async () => {
  const admin = site.as(zhou);
  const violence = drill({ kind: 'violence', date: '2026-12-03' });
  await admin.schedule(violence);
  const state = async () => {
    const { view } = await admin.term({});
    return [view?.clashes, view?.rules.find((r) => r.rule.id === 'violence-term')?.state];
  };
  expect(await state()).toEqual([[], 'scheduled']);
  await admin.saveDay({ date: '2026-12-03', kind: 'holiday', name: '校庆' });
  expect(await state()).toEqual([[{ drill: violence.id, why: 'holiday' }], 'notScheduled']);
  const { drills } = await admin.propose({ term: term.id });
  expect(drills.find((d) => d.kind === 'violence')?.date).not.toBe('2026-12-03');
  await admin.move({ drill: violence.id, date: '2026-12-04', time: '10:00' });
  expect(await state()).toEqual([[], 'scheduled']);
  // Whoever may not know of it learns nothing by its day either.
  const secret = drill({ kind: 'stampede', date: '2026-12-08', announced: false });
  await admin.schedule(secret);
  await admin.saveDay({ date: '2026-12-08', kind: 'holiday', name: '' });
  expect((await site.as(teacherOf(1)).term({})).view?.clashes).toEqual([]);
});

test('exams lie in their term', async () => {
  const admin = site.as(zhou);
  const exam = { id: newId(), term: term.id, name: '期末考试', from: '2027-01-11', to: '2027-01-15' };
  for (const outside of [{ to: '2027-01-25' }, { from: '2026-08-30' }, { from: '2027-02-01', to: '2027-02-03' }])
    await expect(admin.saveExam({ ...exam, ...outside })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await admin.saveExam(exam);
  expect((await admin.term({})).view?.exams).toEqual([exam]);
});

test('moved, called off with a reason, scheduled twice with one id: one drill', async () => {
  const admin = site.as(zhou);
  const first = drill({ date: '2026-12-03' });
  await Promise.all([admin.schedule(first), admin.schedule(first)]);
  expect(await admin.move({ drill: first.id, date: '2026-12-06', time: '10:00' })).toMatchObject({
    result: 'conflict',
  });
  expect(await admin.move({ drill: first.id, date: '2026-12-08', time: '15:00' })).toMatchObject({
    result: 'scheduled',
    drill: { date: '2026-12-08', time: '15:00' },
  });
  expect(await admin.cancel({ drill: first.id, reason: '台风' })).toMatchObject({ status: 'cancelled' });
  await expect(admin.move({ drill: first.id, date: '2026-12-09', time: '15:00' })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  const { history } = await admin.drill({ drill: first.id });
  expect(history.map((h) => h.type)).toEqual(['scheduled', 'moved', 'cancelled']);
});

test('two people take the same day at the same moment: one gets it', async () => {
  const admin = site.as(zhou);
  const answers = await Promise.all(Array.from({ length: 8 }, () => admin.schedule(drill({ date: '2026-12-03' }))));
  expect(answers.filter((a) => a.result === 'scheduled')).toHaveLength(1);
});

test('a rule is switched off with a reason that stays on record; an own rule joins', async () => {
  const admin = site.as(zhou);
  await admin.changeRule({ rule: 'stampede-term', enabled: false, reason: '全校平房' });
  await admin.addRule({ id: newId(), name: '防溺水演练', kinds: ['weather'], per: 'term', count: 1 });
  const { view } = await admin.term({});
  expect(view?.rules.find((r) => r.rule.id === 'stampede-term')).toMatchObject({ enabled: false, reason: '全校平房' });
  expect(view?.rules.at(-1)?.rule).toMatchObject({ name: '防溺水演练', force: 'school', source: '周敏' });
  await expect(admin.changeRule({ rule: 'stampede-term', enabled: true, reason: '' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
});

test('terms do not overlap, end after they begin and are no longer than a term can be', async () => {
  const admin = site.as(zhou);
  const next = { id: newId(), name: '春季', from: '2027-01-20', to: '2027-07-01' };
  await expect(admin.saveTerm(next)).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(admin.saveTerm({ ...next, from: '2027-07-02' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(admin.saveTerm({ ...next, from: '2027-02-22', to: '2028-07-01' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  await expect(admin.saveTerm({ ...next, from: '2027-02-30' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await admin.saveTerm({ ...next, from: '2027-02-22' });
  expect((await admin.term({})).terms).toHaveLength(2);
});

test('a teacher sees no drill that is not announced, neither in the list nor as evidence nor by its id', async () => {
  const secret = drill({ date: '2026-12-03', announced: false });
  await site.as(zhou).schedule(secret);
  await site.as(zhou).schedule(drill({ date: '2026-12-10', kind: 'violence' }));
  const teacher = await site.as(teacherOf(1)).term({});
  expect(teacher.drills.map((d) => d.date)).toEqual(['2026-12-10']);
  expect(JSON.stringify(teacher)).not.toContain(secret.id);
  await expect(site.as(teacherOf(1)).drill({ drill: secret.id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await site.as(chen).term({})).drills).toHaveLength(2);
});

test('who may not, does not', async () => {
  for (const actor of [teacherOf(1), guard, chen]) {
    await expect(site.as(actor).schedule(drill())).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(site.as(actor).saveTerm(term)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
  await expect(site.as(guard).term({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('the calendar feed opens by its address alone; a new address closes the old one; it hides what is not announced', async () => {
  await site.as(zhou).schedule(drill({ date: '2026-12-03', time: '09:00', announced: false }));
  const titles = async (path: string) => {
    const answer = await site.get(null, path.replace('/calendar/', '/files/calendar/'));
    if (answer.status !== 200) return answer.status;
    const feed = new ICAL.Component(ICAL.parse(await answer.text()));
    return feed.getAllSubcomponents('vevent').map((e) => {
      const event = new ICAL.Event(e);
      return [event.summary, event.startDate.toJSDate().toISOString()];
    });
  };
  expect(await site.as(zhou).feed()).toEqual({ since: null });
  const { path: planner } = await site.as(zhou).makeFeed();
  const { path: teacher } = await site.as(teacherOf(1)).makeFeed();
  expect(await site.as(zhou).feed()).toEqual({ since: '2026-11-23T02:00:00.000Z' });
  expect(await titles(planner)).toEqual([['【演练】消防疏散演练', '2026-12-03T01:00:00.000Z']]);
  expect(await titles(teacher)).toEqual([]);
  await site.as(zhou).makeFeed();
  expect(await titles(planner)).toBe(404);
  expect(await titles(`/calendar/${'0'.repeat(64)}.ics`)).toBe(404);
});

test("each day says whose word it is; the school's own is taken back, the national one stands", async () => {
  const admin = site.as(zhou);
  const dayOf = async (date: string) => (await admin.term({})).view?.days.find((d) => d.date === date);
  expect(await dayOf('2026-10-01')).toMatchObject({ kind: 'holiday', name: '国庆节', own: false });
  await admin.saveDay({ date: '2026-10-01', kind: 'schoolDay', name: '值班' });
  expect(await dayOf('2026-10-01')).toMatchObject({ kind: 'schoolDay', name: '值班', own: true });
  await admin.removeDay({ date: '2026-10-01' });
  expect(await dayOf('2026-10-01')).toMatchObject({ kind: 'holiday', name: '国庆节', own: false });
});
