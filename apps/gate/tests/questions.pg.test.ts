import { newId } from '@anyuan/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { tellOverdue } from '../src/overdue.ts';
import { roundOfQuestions } from '../src/questions.ts';
import { firstPolicy, importStaff } from '../src/service.ts';
import { administrator, admission, agent, events, gateSite, question, refusal, signOut, teacher } from './site.ts';

let site: Awaited<ReturnType<typeof gateSite>>;
const person = (id: string, name: string, role: 'teacher' | 'principal' | 'guard' = 'teacher') => ({
  ...{ id, name, role, department: '三（2）班', title: '教师', host: role !== 'guard', mayStandDown: false },
});
beforeAll(async () => {
  site = await gateSite();
  const people = [
    person('s-liu', '刘芳'),
    person('s-guo', '郭婷'),
    person('s-cao', '曹雪'),
    person('s-chen', '陈立新', 'principal'),
    person('s-wang', '王建国', 'guard'),
  ];
  await site.db.tx((trx) => importStaff(trx, people, site.keys));
  const deputies = [{ host: 's-liu', deputy: 's-guo' }];
  await site.db.tx((trx) => firstPolicy(trx, { waitSeconds: 60, dutyLeader: 's-chen', deputies, closing: '18:30' }));
});
afterAll(() => site.close());
beforeEach(async () => {
  await site.asAdmin(sql`truncate gate.visits, gate.visitors, gate.host_questions, gate.sign_outs, gate.outbox`);
  site.clock.set('2026-11-23T08:00:00.000Z');
});

const gate = () => site.as(agent()).host;
const host = (id?: string, name?: string) => site.as(teacher(id, name)).host;
const round = () => site.db.tx((trx) => roundOfQuestions(trx, site.clock.now()));
const yes = (of: string) => ({ command: newId(), question: of, answer: 'yes' as const });
const asked = async (of: string) => (await gate().question({ question: of }))?.asked.map((a) => a.person.id);
const told = async () => (await events(site.db)).map((e) => e.type);

test('the host is asked at once, says yes, and nobody else is asked after that', async () => {
  const ask = question();
  expect(await gate().ask(ask)).toMatchObject({ state: 'open', asked: [{ as: 'host', person: { name: '刘芳' } }] });
  expect((await host().mine()).questions).toMatchObject([{ question: ask.question, visitor: { name: '张伟明' } }]);
  expect((await host('s-guo', '郭婷').mine()).questions).toEqual([]);
  const answer = yes(ask.question);
  site.clock.set('2026-11-23T08:00:20.000Z');
  expect(await host().answer(answer)).toMatchObject({
    result: 'taken',
    question: { state: 'yes', answer: { by: { id: 's-liu' }, as: 'host', at: '2026-11-23T08:00:20.000Z' } },
  });
  expect(await host().answer(answer)).toMatchObject({ result: 'taken' });
  site.clock.set('2026-11-23T08:05:00.000Z');
  await round();
  expect(await asked(ask.question)).toEqual(['s-liu']);
  expect(await told()).toEqual(['question.asked', 'question.answered']);
});

test('nobody answers: the deputy after 60 s, the duty leader after 120 s, whenever the look comes', async () => {
  const ask = question();
  await gate().ask(ask);
  for (const [at, people] of [
    ['08:00:59', ['s-liu']],
    ['08:01:00', ['s-liu', 's-guo']],
    ['08:01:01', ['s-liu', 's-guo']],
    ['08:02:00', ['s-liu', 's-guo', 's-chen']],
    ['08:09:00', ['s-liu', 's-guo', 's-chen']],
  ] as const) {
    site.clock.set(`2026-11-23T${at}.000Z`);
    await Promise.all([round(), round()]);
    expect(await asked(ask.question)).toEqual(people);
  }
  expect(await told()).toEqual(['question.asked', 'question.asked', 'question.asked']);
  site.clock.set('2026-11-23T08:30:00.000Z');
  await round();
  expect(await gate().question({ question: ask.question })).toMatchObject({ state: 'withdrawn' });
});

test('the service was away for two minutes: both steps are made up at once, and an answer before the look finds them', async () => {
  const [first, second] = [question(), question()];
  await gate().ask(first);
  await gate().ask(second);
  site.clock.set('2026-11-23T08:02:30.000Z');
  expect(await site.as(teacher('s-chen', '陈立新')).host.answer(yes(first.question))).toMatchObject({
    result: 'taken',
    question: { answer: { as: 'dutyLeader' }, asked: [{}, { since: '2026-11-23T08:01:00.000Z' }, {}] },
  });
  await round();
  expect(await asked(second.question)).toEqual(['s-liu', 's-guo', 's-chen']);
});

test('only who is asked may answer; the first answer counts; "I come" may still become yes or no', async () => {
  const ask = question();
  await gate().ask(ask);
  await expect(host('s-cao', '曹雪').answer(yes(ask.question))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(host('s-guo', '郭婷').answer(yes(ask.question))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(gate().answer(yes(ask.question))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(site.as(administrator).host.ask(ask)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(host().answer(yes(newId()))).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const coming = { ...yes(ask.question), answer: 'coming' as const };
  expect(await host().answer(coming)).toMatchObject({ question: { state: 'coming' } });
  const no = { ...yes(ask.question), answer: 'no' as const, decline: 'unknownPerson' as const, note: '不认识' };
  await expect(host().answer({ ...no, decline: undefined })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(await host().answer(no)).toMatchObject({ question: { state: 'no', answer: { note: '不认识' } } });
  expect(await host().answer(yes(ask.question))).toMatchObject({ result: 'answered', question: { state: 'no' } });
});

test('a question sent twice is one; withdrawn it takes no answer; another gate may not touch it', async () => {
  const ask = question();
  const twice = await Promise.all([gate().ask(ask), gate().ask(ask)]);
  expect(twice[0]).toEqual(twice[1]);
  const other = site.as(agent('east')).host;
  await expect(other.withdraw({ question: ask.question })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(other.ask(question())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await gate().withdraw({ question: ask.question });
  await gate().withdraw({ question: ask.question });
  expect(await host().answer(yes(ask.question))).toMatchObject({ result: 'withdrawn' });
  expect(await told()).toEqual(['question.asked', 'question.withdrawn']);
});

test('the administrator settles who stands in; a guard or a stranger can’t', async () => {
  const office = site.as(administrator).host;
  const { policy, people } = await office.policy();
  expect(policy).toMatchObject({ waitSeconds: 60, dutyLeader: 's-chen' });
  expect(people.map((p) => p.id)).not.toContain('s-wang');
  expect(await office.savePolicy({ ...policy, dutyLeader: 's-wang' })).toEqual({
    result: 'cannotAnswer',
    people: ['s-wang'],
  });
  const next = { ...policy, waitSeconds: 90, deputies: [{ host: 's-liu', deputy: 's-cao' }] };
  expect(await office.savePolicy(next)).toEqual({ result: 'saved' });
  expect((await office.policy()).policy).toEqual(next);
  // What a person has settled outlives the next start of a demo school.
  await site.db.tx((trx) => firstPolicy(trx, policy));
  expect((await office.policy()).policy).toEqual(next);
  await expect(host().policy()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await office.savePolicy(policy);
});

test('asked, then the bus is gone: let in by the guard’s word, the question ends with the visit, whatever was not withdrawn', async () => {
  const [ask, other, later] = [
    question(),
    question({ visitor: { name: '吴桂英', type: 'guest', count: 1 } }),
    question(),
  ];
  await gate().ask(ask);
  await gate().ask(other);
  site.clock.set('2026-11-23T08:20:00.000Z');
  const override = { how: 'override', reason: 'phoned', asked: true } as const;
  const command = admission({ at: '2026-11-23T08:01:00.000Z', offline: true, confirmation: override });
  await site.as(agent()).admit(command);
  await site.as(agent()).admit(command);
  expect(await gate().question({ question: ask.question })).toMatchObject({ state: 'withdrawn', answer: null });
  expect(await host().answer(yes(ask.question))).toMatchObject({ result: 'withdrawn' });
  expect((await host('s-guo', '郭婷').mine()).questions.filter(({ state }) => state === 'open')).toMatchObject([]);
  expect(await gate().question({ question: other.question })).toMatchObject({ state: 'open' });
  expect((await told()).filter((type) => type === 'question.withdrawn')).toHaveLength(1);
  // A question that was asked beside his visit ends when he leaves; a refusal ends one too.
  await gate().ask(later);
  await site.as(agent()).signOut(signOut(command.visit, { at: '2026-11-23T08:21:00.000Z' }));
  expect(await gate().question({ question: later.question })).toMatchObject({ state: 'withdrawn' });
  const refused = refusal({ at: '2026-11-23T08:21:00.000Z' });
  await site.as(agent()).refuse({ ...refused, identity: { ...refused.identity, name: '吴桂英' } });
  expect(await gate().question({ question: other.question })).toMatchObject({ state: 'withdrawn' });
});

test('past the planned end the host is told once, nobody is signed out, and his own list shows it until they leave', async () => {
  const command = admission({ until: '2026-11-23T09:00:00.000Z' });
  await site.as(agent()).admit(command);
  const look = () => site.db.tx((trx) => tellOverdue(trx, site.clock.now()));
  await look();
  expect((await host().mine()).overdue).toEqual([]);
  site.clock.set('2026-11-23T09:00:00.000Z');
  await look();
  await look();
  expect(await told()).toEqual(['visit.admitted', 'visit.overdue', 'question.overdue']);
  expect((await host().mine()).overdue).toMatchObject([{ name: '张伟明', status: 'onSite', idLast4: null }]);
  expect((await host('s-guo', '郭婷').mine()).overdue).toEqual([]);
  await site.as(agent()).signOut(signOut(command.visit, { at: '2026-11-23T09:10:00.000Z' }));
  expect((await host().mine()).overdue).toEqual([]);
});
