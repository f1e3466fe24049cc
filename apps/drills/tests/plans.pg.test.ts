import { type DraftResult, newId, type PlanVersion } from '@anyuan/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { currentPlanFor } from '../src/plan-views.ts';
import { importReaders } from '../src/plans.ts';
import { administrator, agent, guard, otherOffice, planBody, plansSite, principal, teacher } from './plans-site.ts';

let site: Awaited<ReturnType<typeof plansSite>>;
beforeAll(async () => {
  site = await plansSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  await site.empty();
  site.clock.set('2026-11-23 09:00');
});

const office = () => site.as(administrator);
async function created(given: { level?: 'general' | 'major' | 'severe' } = {}) {
  const command = {
    ...({ id: newId(), kind: 'fire', level: 'general', title: '火灾疏散预案', version: newId() } as const),
    ...{ body: planBody(), ...given },
  };
  return { command, plan: await office().createPlan(command) };
}
async function approved(given: Parameters<typeof created>[0] = {}) {
  const { command, plan } = await created(given);
  const result = await site.as(principal).approvePlanVersion(seen(plan.draft));
  if (result.result !== 'approved') throw new Error(result.result);
  return { command, version: result.version };
}
function drafted(result: DraftResult): PlanVersion {
  if (result.result !== 'drafted') throw new Error(result.result);
  return result.version;
}
function seen(draft: { id: string; draftedAt: string } | null) {
  if (!draft) throw new Error('no draft');
  return { version: draft.id, draftedAt: draft.draftedAt };
}
const redraft = (
  plan: string,
  version: string,
  steps: string[],
  { findings = [], over = null }: { findings?: string[]; over?: { draftedAt: string } | null } = {},
) => ({
  ...{ plan, version, body: planBody(steps), why: '东楼梯改单向', findings, draftedAt: over?.draftedAt ?? null },
});

test('a plan begins with a draft, is approved by somebody else, and counts from then on', async () => {
  const { command, plan } = await created();
  expect(plan).toMatchObject({ current: null, draft: { number: 1, status: 'draft' }, versions: 1 });
  expect(await currentPlanFor(site.db.kysely, 'fire')).toBeUndefined();
  site.clock.set('2026-11-23 10:00');
  await site.as(principal).approvePlanVersion(seen(plan.draft));
  const [view] = await site.as(teacher).plans();
  expect(view).toMatchObject({
    draft: null,
    current: { id: command.version, number: 1, status: 'approved', approvedBy: { id: 's-zhang', name: '张明' } },
  });
  expect(await currentPlanFor(site.db.kysely, 'fire')).toMatchObject({ plan: command.id, version: { number: 1 } });
  expect((await site.events()).map((e) => e.type)).toEqual(['plan.created', 'plan.drafted', 'plan.approved']);
});

test('whatever is sent twice happens once', async () => {
  const { command, plan } = await created();
  expect(await office().createPlan(command)).toEqual(plan);
  const first = await site.as(principal).approvePlanVersion(seen(plan.draft));
  site.clock.set('2026-11-23 11:00');
  expect(await site.as(principal).approvePlanVersion(seen(plan.draft))).toEqual(first);
  expect(await site.events('plan.approved')).toHaveLength(1);
});

test('a draft may be written again, and none beside it', async () => {
  const { command } = await approved();
  const version = newId();
  const first = drafted(await office().draftPlanVersion(redraft(command.id, version, ['一'])));
  await office().draftPlanVersion(redraft(command.id, version, ['二'], { over: first }));
  expect(await site.as(otherOffice).draftPlanVersion(redraft(command.id, newId(), ['三']))).toMatchObject({
    result: 'otherDraft',
    draft: { id: version, body: { steps: ['二'] }, draftedBy: { name: '周敏' } },
  });
  expect((await office().plan({ plan: command.id })).versions.map((v) => [v.number, v.status])).toEqual([
    [2, 'draft'],
    [1, 'approved'],
  ]);
});

test('one account in two tabs: the second is told, and what is sent twice is written once', async () => {
  const { command } = await approved();
  const version = newId();
  const begun = drafted(await office().draftPlanVersion(redraft(command.id, version, ['一'])));
  const left = redraft(command.id, version, ['左'], { over: begun });
  const right = redraft(command.id, version, ['右'], { over: begun });
  const kept = drafted(await office().draftPlanVersion(left));
  expect(kept.draftedAt > begun.draftedAt).toBe(true);
  expect(await office().draftPlanVersion(right)).toMatchObject({
    result: 'changed',
    draft: { body: { steps: ['左'] } },
  });
  expect(await office().draftPlanVersion(left)).toEqual({ result: 'drafted', version: kept });
  expect(await office().draftPlanVersion({ ...right, draftedAt: kept.draftedAt })).toMatchObject({
    result: 'drafted',
    version: { body: { steps: ['右'] } },
  });
});

test('two who begin a draft at the same moment: one of them is told', async () => {
  const { command } = await approved();
  const results = await Promise.all(
    [administrator, otherOffice].map((who) => site.as(who).draftPlanVersion(redraft(command.id, newId(), [who.name]))),
  );
  expect(results.map((r) => r.result).sort()).toEqual(['drafted', 'otherDraft']);
});

test('nobody approves what he wrote at, nor a text that was written since he read it', async () => {
  const { command, plan } = await created();
  const boss = { ...administrator, role: 'principal' } as const;
  expect(await site.as(boss).approvePlanVersion(seen(plan.draft))).toEqual({ result: 'ownDraft' });
  site.clock.set('2026-11-23 09:05');
  const again = await site
    .as(otherOffice)
    .draftPlanVersion(redraft(command.id, command.version, ['新'], { over: plan.draft }));
  expect(await site.as(principal).approvePlanVersion(seen(plan.draft))).toMatchObject({
    result: 'changed',
    draft: { body: { steps: ['新'] } },
  });
  if (again.result !== 'drafted') throw new Error(again.result);
  expect(await site.as(boss).approvePlanVersion(seen(again.version))).toEqual({ result: 'ownDraft' });
  expect(await site.as(principal).approvePlanVersion(seen(again.version))).toMatchObject({ result: 'approved' });
});

test('an approved version never changes: not by command, not with the rights of the service', async () => {
  const { command, version } = await approved();
  expect(await office().draftPlanVersion(redraft(command.id, command.version, ['别的']))).toEqual({
    result: 'alreadyApproved',
    version,
  });
  const db = site.db.kysely;
  for (const statement of [
    sql`update plan_versions set body = '{}'`,
    sql`update plan_versions set status = 'draft', approved_by = null, approved_at = null`,
    sql`update plan_versions set number = 9`,
    sql`delete from plan_versions`,
    sql`delete from plans`,
    sql`update plan_reads set at = now()`,
  ]) {
    await expect(statement.execute(db)).rejects.toThrow();
  }
  expect((await office().plan({ plan: command.id })).versions).toEqual([version]);
});

test('the next version names the findings that caused it, and only such as are on record', async () => {
  const { command } = await approved();
  const finding = await site.finding();
  await expect(
    office().draftPlanVersion(redraft(command.id, newId(), ['一'], { findings: [finding, newId()] })),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const version = newId();
  expect(
    await office().draftPlanVersion(redraft(command.id, version, ['一'], { findings: [finding, finding] })),
  ).toMatchObject({
    result: 'drafted',
    version: { number: 2, findings: [finding], why: '东楼梯改单向' },
  });
  expect((await site.events('plan.drafted')).at(-1)?.data).toMatchObject({ version, findings: [finding] });
});

test('who has read it and who has not, by the version that counts', async () => {
  const people = [guard, teacher, administrator].map(({ id, name }) => ({ id, name }));
  await site.db.tx((trx) => importReaders(trx, people));
  const { command } = await approved();
  expect(await site.as(guard).plansToRead()).toMatchObject([{ title: '火灾疏散预案', readAt: null }]);
  const first = await site.as(guard).confirmPlanRead({ version: command.version });
  site.clock.set('2026-11-23 12:00');
  expect(await site.as(guard).confirmPlanRead({ version: command.version })).toEqual(first);
  await site.as(principal).confirmPlanRead({ version: command.version });
  const { plan, reads } = await office().plan({ plan: command.id });
  expect(plan).toMatchObject({ read: 1, readers: 3 });
  expect(reads.map(({ person, at }) => [person.name, at !== null])).toEqual(
    expect.arrayContaining([
      ['刘芳', false],
      ['周敏', false],
      ['王建国', true],
      ['张明', true],
    ]),
  );
  expect(await site.events('plan.read')).toHaveLength(2);

  const version = newId();
  const next = await office().draftPlanVersion(redraft(command.id, version, ['一']));
  if (next.result !== 'drafted') throw new Error(next.result);
  await expect(site.as(guard).confirmPlanRead({ version })).rejects.toMatchObject({ code: 'CONFLICT' });
  await site.as(principal).approvePlanVersion(seen(next.version));
  expect((await office().plans())[0]).toMatchObject({ current: { number: 2 }, read: 0, versions: 2 });
  expect(await site.as(guard).plansToRead()).toMatchObject([{ version: { number: 2 }, readAt: null }]);
});

test('readers: an import is the whole truth, and what was read stays', async () => {
  await site.db.tx((trx) => importReaders(trx, [guard, teacher]));
  const { command } = await approved();
  await site.as(guard).confirmPlanRead({ version: command.version });
  await site.db.tx((trx) => importReaders(trx, [{ id: teacher.id, name: '刘芳芳' }]));
  const { plan, reads } = await office().plan({ plan: command.id });
  expect(plan).toMatchObject({ read: 0, readers: 1 });
  expect(reads.map(({ person }) => person.name).sort()).toEqual(['刘芳芳', '王建国'].sort());
  await site.db.tx((trx) => importReaders(trx, []));
  expect((await office().plans())[0]).toMatchObject({ readers: 0 });
});

test('a drill follows the mildest level of its kind that is approved', async () => {
  const severe = await approved({ level: 'severe' });
  expect(await currentPlanFor(site.db.kysely, 'fire')).toMatchObject({ plan: severe.command.id });
  const general = await approved();
  expect(await currentPlanFor(site.db.kysely, 'fire')).toMatchObject({ plan: general.command.id });
  expect(await currentPlanFor(site.db.kysely, 'earthquake')).toBeUndefined();
});

test('who may what', async () => {
  const { command, plan } = await created();
  const denied = { code: 'FORBIDDEN' };
  for (const actor of [teacher, guard, principal, agent])
    await expect(site.as(actor).createPlan(command)).rejects.toMatchObject(denied);
  for (const actor of [administrator, teacher, guard, agent])
    await expect(site.as(actor).approvePlanVersion(seen(plan.draft))).rejects.toMatchObject(denied);
  for (const actor of [guard, agent]) await expect(site.as(actor).plans()).rejects.toMatchObject(denied);
  await expect(site.as(agent).confirmPlanRead({ version: command.version })).rejects.toMatchObject(denied);
  await expect(office().plan({ plan: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(office().createPlan({ ...command, id: newId() })).rejects.toMatchObject({ code: 'CONFLICT' });
});
