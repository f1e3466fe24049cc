import { type HazardView, newId, type RollMark } from '@anyuan/contracts';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ledgerSheet } from '../src/print-ledger.ts';
import { chen, classes, drill, drillsSite, guard, lead, teacherOf, term, zhou } from './site.ts';

let site: Awaited<ReturnType<typeof drillsSite>>;
beforeEach(async () => {
  site = await drillsSite();
  await site.openTerm();
  site.clock.set('2026-11-24T02:00:00.000Z');
});
afterEach(() => site.close());

const at = (seconds: number) => new Date(Date.parse('2026-11-24T02:00:00.000Z') + seconds * 1_000).toISOString();
const marksOf = (n: number, seconds: number, state: RollMark['state'] = 'present'): RollMark[] =>
  (classes[n - 1]?.pupils ?? []).map((p) => ({ id: newId(), pupil: p.id, state, at: at(seconds), note: '' }));

/** Each class by its own teacher, everybody there. */
async function countAll(id: string, except: readonly number[] = [], seconds = 60) {
  for (let n = 1; n <= 30; n++)
    if (!except.includes(n))
      await site.as(teacherOf(n)).takeRoll({
        ...{ drill: id, class: `c${n}`, marks: marksOf(n, seconds), report: { id: newId(), at: at(seconds) } },
      });
}
const fireRule = async () => (await site.as(zhou).term({})).view?.rules.find((r) => r.rule.id === 'fire-term')?.state;

async function running(given = {}) {
  const planned = drill(given);
  await site.as(zhou).schedule(planned);
  const incident = newId();
  await site.as(zhou).begin({ drill: planned.id, incident });
  const raised = {
    ...{ incident, kind: 'fire', action: 'evacuate', mode: 'exercise', audibility: 'audible', via: 'console' },
    ...{ place: { zone: 'gate', name: '大门' }, raisedBy: lead, raisedAt: at(0), presses: 1 },
  };
  await site.hear('alarm', 'incident', 'raised', raised);
  return { id: planned.id, incident };
}

test('a drill from its beginning to its result, and the rule that it proves', async () => {
  const { id } = await running();
  for (let n = 1; n <= 30; n++) {
    site.clock.set(at(40 + n));
    await site.as(teacherOf(n)).takeRoll({
      ...{ drill: id, class: `c${n}`, marks: marksOf(n, 30 + n) },
      report: { id: newId(), at: at(40 + n) },
    });
  }
  site.clock.set(at(180));
  const ended = await site.as(zhou).end({ drill: id, note: '' });
  expect(ended).toMatchObject({
    status: 'ended',
    result: { wholeSeconds: 70, met: true, expected: 1_200, present: 1_200, missing: 0, unmarked: 0 },
  });
  expect(await fireRule()).toBe('done');
  const times = await site.as(zhou).evacuations({});
  expect(times[0]?.classes).toHaveLength(30);
  expect(times[0]).toMatchObject({ wholeSeconds: 70, targetSeconds: 120 });
});

test('thirty phones at once, two of them off line for three minutes: totals right, nobody twice', async () => {
  const { id } = await running();
  const phone = async (n: number, away: boolean) => {
    const marks = marksOf(n, 20 + n).map((m, i) => (i === 0 && n % 10 === 0 ? { ...m, state: 'missing' as const } : m));
    const found: RollMark = { id: newId(), pupil: `c${n}-p1`, state: 'present', at: at(90), note: '' };
    const report = { id: newId(), at: at(60) };
    const command = { drill: id, class: `c${n}` };
    const sends = [
      { ...command, marks: marks.slice(0, 20), report: null },
      { ...command, marks: marks.slice(20), report },
      { ...command, marks: n === 10 ? [found] : [], report: null },
    ];
    // A phone without an answer sends again; one that was away sends everything in one go.
    const all = away ? [{ ...command, marks: sends.flatMap((s) => s.marks), report }] : sends;
    for (const send of [...all, ...all]) await site.as(teacherOf(n)).takeRoll(send);
  };
  site.clock.set(at(100));
  await Promise.all(Array.from({ length: 28 }, (_, i) => phone(i + 1, false)));
  const meanwhile = await site.as(zhou).drill({ drill: id });
  expect(meanwhile.board.drill.result).toMatchObject({
    present: 1_119,
    missing: 1,
    unmarked: 80,
    wholeSeconds: null,
  });
  site.clock.set(at(280));
  await Promise.all([phone(29, true), phone(30, true)]);
  const { board } = await site.as(zhou).drill({ drill: id });
  expect(board.drill.result).toEqual({
    ...{ wholeSeconds: 60, met: true, expected: 1_200, present: 1_198, missing: 2, elsewhere: 0, unmarked: 0 },
  });
  expect(board.missing.map((m) => m.name)).toEqual(['学生20之1', '学生30之1']);
  const { rows } = await sql<{ n: number }>`select count(*) as n from roll_marks`.execute(site.db.kysely);
  expect(rows[0]?.n).toBe(1_201);
});

test('marks that come after the end change the result; a day later they are refused', async () => {
  const { id } = await running();
  site.clock.set(at(120));
  await site.as(zhou).end({ drill: id, note: '' });
  site.clock.set(at(200));
  await site.as(teacherOf(1)).takeRoll({ drill: id, class: 'c1', marks: marksOf(1, 60), report: null });
  const { drills } = await site.as(zhou).term({});
  expect(drills[0]?.result).toMatchObject({ present: 40, unmarked: 1_160 });
  site.clock.set('2026-11-25T02:05:00.000Z');
  await expect(
    site.as(teacherOf(1)).takeRoll({ drill: id, class: 'c1', marks: marksOf(1, 60), report: null }),
  ).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('one class of thirty proves nothing, and it is said; the last marks make it count by themselves', async () => {
  const { id } = await running();
  site.clock.set(at(120));
  await countAll(id, [29, 30]);
  await site.as(zhou).end({ drill: id, note: '' });
  expect((await site.as(zhou).drill({ drill: id })).board.drill).toMatchObject({
    lacks: 'roll',
    result: { unmarked: 80, wholeSeconds: null },
  });
  expect(await fireRule()).toBe('notScheduled');
  expect(await site.as(zhou).evacuations({})).toEqual([]);
  site.clock.set(at(3_600));
  await site.as(teacherOf(29)).takeRoll({ drill: id, class: 'c29', marks: marksOf(29, 70), report: null });
  expect(await fireRule()).toBe('notScheduled');
  // The marks of the last class are enough, its report may be missing; and a report of every class is enough too.
  await site.as(teacherOf(30)).takeRoll({ drill: id, class: 'c30', marks: marksOf(30, 70), report: null });
  expect((await site.as(zhou).drill({ drill: id })).board.drill).toMatchObject({
    lacks: null,
    result: { unmarked: 0 },
  });
  expect(await fireRule()).toBe('done');
});

test('every class has reported: it counts with a pupil unmarked; a class without pupils has nothing to report', async () => {
  await sql`delete from pupils where class = 'c30'`.execute(site.db.kysely);
  const { id } = await running();
  site.clock.set(at(120));
  await countAll(id, [1, 30]);
  const report = { id: newId(), at: at(70) };
  await site.as(teacherOf(1)).takeRoll({ drill: id, class: 'c1', marks: marksOf(1, 60).slice(1), report });
  await site.as(zhou).end({ drill: id, note: '' });
  expect((await site.as(zhou).drill({ drill: id })).board.drill).toMatchObject({
    lacks: null,
    result: { unmarked: 1 },
  });
  await site
    .as(teacherOf(1))
    .takeRoll({ drill: id, class: 'c1', marks: marksOf(1, 80), report: { id: newId(), at: at(90) } });
  expect((await site.as(zhou).drill({ drill: id })).board.drill.result).toMatchObject({ wholeSeconds: 90 });
});

test("a phone's clock counts within bounds: not before the beginning, not after it was received", async () => {
  const { id } = await running();
  site.clock.set(at(60));
  const [first, second] = marksOf(1, 0);
  if (!first || !second) throw new Error('no pupils');
  const marks = [
    { ...first, at: '2020-01-01T00:00:00.000Z' },
    { ...second, at: '2030-01-01T00:00:00.000Z' },
  ];
  const roll = await site.as(teacherOf(1)).takeRoll({ drill: id, class: 'c1', marks, report: null });
  expect(roll.pupils.slice(0, 2).map((p) => p.at)).toEqual([at(0), at(60)]);
});

test("a teacher takes the own class's roll and no other, unless the leader gives it", async () => {
  const { id } = await running();
  const take = (n: number) =>
    site.as(teacherOf(1)).takeRoll({ drill: id, class: `c${n}`, marks: marksOf(n, 10), report: null });
  await take(1);
  await expect(take(2)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(site.as(teacherOf(1)).roll({ drill: id, class: 'c2' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(site.as(guard).rollCall()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await site.as(chen).giveRoll({ drill: id, class: 'c2', person: { id: 't-1', name: '班主任1' } });
  await take(2);
  expect((await site.as(teacherOf(1)).rollCall()).mine).toEqual(['c1', 'c2']);
  expect((await site.as(teacherOf(1)).drill({ drill: id })).board.missing).toEqual([]);
  await expect(
    site.as(teacherOf(1)).takeRoll({ drill: id, class: 'c1', marks: marksOf(2, 10), report: null }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

test('begun twice is begun once; another drill waits; one that was not heard proves nothing', async () => {
  const planned = drill();
  const admin = site.as(zhou);
  await admin.schedule(planned);
  const incident = newId();
  await Promise.all([admin.begin({ drill: planned.id, incident }), admin.begin({ drill: planned.id, incident })]);
  const other = drill({ date: '2026-12-03', kind: 'violence' });
  await admin.schedule(other);
  await expect(admin.begin({ drill: other.id, incident: newId() })).rejects.toMatchObject({ code: 'CONFLICT' });
  await site.as(teacherOf(1)).takeRoll({ drill: planned.id, class: 'c1', marks: marksOf(1, 0), report: null });
  await admin.end({ drill: planned.id, note: '' });
  expect(await fireRule()).toBe('notScheduled');
  expect((await admin.drill({ drill: planned.id })).board.drill.lacks).toBe('alarm');
});

test('begun the evening before, it is shown, printed and fed into calendars at its real beginning', async () => {
  const planned = drill();
  site.clock.set('2026-11-23T02:00:00.000Z');
  await site.as(zhou).schedule(planned);
  site.clock.set('2026-11-23T14:07:00.000Z');
  const begun = await site.as(zhou).begin({ drill: planned.id, incident: newId() });
  expect(begun).toMatchObject({ date: '2026-11-23', time: '22:07' });
  await site.as(zhou).end({ drill: planned.id, note: '' });
  const { rows } = await ledgerSheet(site.db.kysely, {
    ...{ term, language: 'zh', schoolName: '青禾小学', by: lead, now: site.clock.now() },
  });
  expect(rows[0]?.[0]).toBe('2026-11-23 22:07');
  expect(rows[0]?.at(-1)).toBe('已结束，没有收到警报，这次不算数');
  const { path } = await site.as(zhou).makeFeed();
  const feed = await (await site.get(null, `/files${path}`)).text();
  expect(feed).toContain('DTSTART:20261123T140700Z');
});

test('a drill is led and watched by people of this school, under the names that the school knows', async () => {
  const ghost = { id: 'ghost', name: '无名' };
  for (const given of [{ lead: ghost }, { observers: [ghost] }])
    await expect(site.as(zhou).schedule(drill(given))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const posing = drill({ lead: { id: 's-zhou', name: '陈立新' }, observers: [{ id: 's-liu', name: '周敏' }] });
  expect(await site.as(zhou).schedule(posing)).toMatchObject({
    drill: { lead, observers: [{ id: 's-liu', name: '刘芳' }] },
  });
  // Whoever is signed in is known by that.
  await sql`delete from readers where id = ${lead.id}`.execute(site.db.kysely);
  expect(await site.as(zhou).schedule(drill({ date: '2026-11-25' }))).toMatchObject({ drill: { lead } });
});

test('a real alarm is no drill, whatever its id says', async () => {
  const planned = drill();
  await site.as(zhou).schedule(planned);
  const incident = newId();
  await site.as(zhou).begin({ drill: planned.id, incident });
  await site.hear('alarm', 'incident', 'raised', {
    ...{ incident, kind: 'fire', action: 'evacuate', mode: 'actual', audibility: 'audible', via: 'button' },
    ...{ place: { zone: 'gate', name: '大门' }, raisedBy: lead, raisedAt: at(0), presses: 1 },
  });
  expect((await site.as(zhou).drill({ drill: planned.id })).board.drill.alarmHeardAt).toBeNull();
});

test('who pressed, led, counted and held the fork is on record for the training service', async () => {
  const { id } = await running();
  site.clock.set(at(60));
  const report = { id: newId(), at: at(55) };
  await site.as(teacherOf(1)).takeRoll({ drill: id, class: 'c1', marks: marksOf(1, 50), report });
  await site.as(zhou).recordSkill({
    ...{ id: newId(), drill: id, person: { id: 's-guard-1', name: '王建国' }, skill: 'fork', seconds: 12 },
  });
  const skills = (await site.events('skill')).map(({ data }) => [data.person, data.skill, data.seconds]);
  expect(skills).toEqual([
    ['s-zhou', 'pressed', 0],
    ['t-1', 'led', 55],
    ['t-1', 'counted', 55],
    ['s-guard-1', 'fork', 12],
  ]);
});

test('an import changes no drill that took place', async () => {
  const { id } = await running();
  await site.as(teacherOf(1)).takeRoll({ drill: id, class: 'c1', marks: marksOf(1, 0), report: null });
  await sql`delete from classes`.execute(site.db.kysely);
  expect((await site.as(zhou).drill({ drill: id })).board.drill.result).toMatchObject({ expected: 1_200, present: 40 });
});

test('finding, hazard, fix, plan, re-drill: the chain opens link by link and closes', async () => {
  const { id } = await running();
  const finding = newId();
  const admin = site.as(zhou);
  await site.as(teacherOf(1)).recordFinding({ id: finding, drill: id, what: '北楼梯口拥堵', place: '北楼' });
  const steps = async () => (await admin.finding({ finding })).chain.map((s) => s.state);
  expect(await steps()).toEqual(['done', 'now', 'todo', 'todo', 'todo']);
  const hazard: HazardView = {
    ...{ id: newId(), number: 'Y-1101', what: '北楼梯口拥堵', place: '北楼', details: '', status: 'assigned' },
    ...{ source: { kind: 'finding', finding, drill: id }, reportedBy: lead, reportedAt: at(600), level: 'byDate' },
    ...{ owner: { id: 's-sun', name: '孙浩' }, deadline: '2026-12-01', measure: '分流通行', stopgap: '' },
    ...{ fixedAt: null, fixedBy: null, evidence: '', verifiedAt: null, verifiedBy: null, reason: '' },
    ...{ late: 0, escalated: 0, urgedAt: null },
  };
  await site.hear('ledger', 'hazard', 'recorded', hazard);
  expect(await steps()).toEqual(['done', 'done', 'now', 'todo', 'todo']);
  const fixed = { status: 'fixed', fixedAt: at(900), fixedBy: { id: 's-sun', name: '孙浩' } } as const;
  await site.hear('ledger', 'hazard', 'fixed', { ...hazard, ...fixed });
  await site.hear('ledger', 'hazard', 'fixed', { ...hazard, ...fixed });
  expect(await steps()).toEqual(['done', 'done', 'done', 'now', 'todo']);
  const body = { lead, duties: [], steps: ['分两路下楼'], places: [{ class: '*', place: '操场', route: '' }] };
  const [plan, first, second] = [newId(), newId(), newId()];
  const drafted = new Date(site.clock.now()).toISOString();
  await admin.plans.createPlan({
    ...{ id: plan, kind: 'fire', level: 'general', title: '消防' },
    version: first,
    body,
  });
  await site.as(chen).plans.approvePlanVersion({ version: first, draftedAt: drafted });
  await admin.plans.draftPlanVersion({ plan, version: second, body, why: '北楼拥堵', findings: [finding] });
  expect(await steps()).toEqual(['done', 'done', 'done', 'now', 'todo']);
  await site.as(chen).plans.approvePlanVersion({ version: second, draftedAt: drafted });
  expect(await steps()).toEqual(['done', 'done', 'done', 'done', 'now']);
  await admin.end({ drill: id, note: '' });
  site.clock.set('2026-12-08T02:00:00.000Z');
  const again = drill({ date: '2026-12-08', verifies: [finding] });
  await admin.schedule(again);
  const incident = newId();
  await admin.begin({ drill: again.id, incident });
  await site.hear('alarm', 'incident', 'raised', {
    ...{ incident, kind: 'fire', action: 'evacuate', mode: 'exercise', audibility: 'audible', via: 'console' },
    ...{ place: { zone: 'gate', name: '大门' }, raisedBy: lead, raisedAt: at(0), presses: 1 },
  });
  await admin.end({ drill: again.id, note: '' });
  expect((await admin.finding({ finding })).state).toBe('open');
  await countAll(again.id);
  const closed = await admin.finding({ finding });
  expect(closed.state).toBe('closed');
  expect(closed.chain.map((s) => s.opens?.kind)).toEqual(['drill', 'hazard', 'hazard', 'plan', 'drill']);
  expect(closed.chain[3]).toMatchObject({ label: '2', by: '陈立新' });
});

test('a finding is set aside only while no hazard is registered for it; one that comes later is to be mended', async () => {
  const { id } = await running();
  const admin = site.as(zhou);
  const record = async () => {
    const finding = newId();
    await admin.recordFinding({ id: finding, drill: id, what: '北楼梯口拥堵', place: '北楼' });
    return finding;
  };
  const registered = (finding: string): HazardView => ({
    ...{ id: newId(), number: 'Y-1101', what: '北楼梯口拥堵', place: '北楼', details: '', status: 'reported' },
    ...{ source: { kind: 'finding', finding, drill: id }, reportedBy: lead, reportedAt: at(600), level: null },
    ...{ owner: null, deadline: null, measure: '', stopgap: '', fixedAt: null, fixedBy: null, evidence: '' },
    ...{ verifiedAt: null, verifiedBy: null, reason: '', late: 0, escalated: 0, urgedAt: null },
  });
  const known = await record();
  await site.hear('ledger', 'hazard', 'recorded', registered(known));
  expect(await admin.dismissFinding({ finding: known, reason: '当天已处理' })).toMatchObject({
    result: 'hasHazard',
    finding: { state: 'open', dismissed: null },
  });
  // Set aside before the bus told of the hazard.
  const late = await record();
  expect(await admin.dismissFinding({ finding: late, reason: '当天已处理' })).toMatchObject({
    result: 'dismissed',
    finding: { state: 'dismissed' },
  });
  const none = registered(late);
  await site.hear('ledger', 'hazard', 'recorded', none);
  expect(await admin.finding({ finding: late })).toMatchObject({ state: 'open', dismissed: null });
  await site.hear('ledger', 'hazard', 'rejected', { ...none, status: 'rejected' });
  expect(await admin.finding({ finding: late })).toMatchObject({ state: 'dismissed', dismissed: '当天已处理' });
});

const PIXEL = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

test('the report and the ledger print; photos are photos; who may not read them does not', async () => {
  const { id } = await running();
  const finding = newId();
  await site.as(zhou).recordFinding({ id: finding, drill: id, what: '𬱖 <b>字</b>; drop table', place: '' });
  const photo = newId();
  await site.as(zhou).addPhoto({ id: photo, finding, data: PIXEL });
  await expect(site.as(zhou).addPhoto({ id: newId(), finding, data: PIXEL.slice(0, 16) })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  await expect(
    site.as(zhou).addPhoto({ id: newId(), finding, data: Buffer.from('<svg/>').toString('base64') }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await site.as(teacherOf(1)).takeRoll({ drill: id, class: 'c1', marks: marksOf(1, 0, 'missing'), report: null });
  const report = await site.get(zhou, `/files/drills/${id}/report.pdf`);
  expect(report.headers.get('content-type')).toBe('application/pdf');
  expect(
    Buffer.from(await report.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-');
  expect((await site.get(teacherOf(1), `/files/drills/${id}/report.pdf`)).status).toBe(403);
  expect((await site.get(null, `/files/drills/${id}/report.pdf`)).status).toBe(403);
  expect((await site.get(zhou, '/files/ledger.pdf')).status).toBe(200);
  const sheet = Buffer.from(await (await site.get(chen, '/files/ledger.xlsx')).arrayBuffer());
  expect(sheet.subarray(0, 2).toString()).toBe('PK');
  expect((await site.get(teacherOf(1), `/files/photos/${photo}`)).headers.get('content-type')).toBe('image/png');
  expect((await site.get(guard, `/files/photos/${photo}`)).status).toBe(403);
});

test('no mark, report, skill or history line can be changed or taken away with the rights of the service', async () => {
  const { id } = await running();
  await site.as(teacherOf(1)).takeRoll({ drill: id, class: 'c1', marks: marksOf(1, 0), report: null });
  for (const table of ['roll_marks', 'roll_reports', 'skills', 'history', 'drill_pupils', 'rule_changes']) {
    await expect(sql`delete from ${sql.table(table)}`.execute(site.db.kysely)).rejects.toMatchObject({ code: '42501' });
  }
});
