import { newId } from '@anyuan/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { followFacility } from '../src/commands.ts';
import {
  administrator,
  agent,
  assignment,
  guard,
  jpeg,
  ledgerSite,
  otherGuard,
  png,
  principal,
  START,
  teacher,
} from './site.ts';

let site: Awaited<ReturnType<typeof ledgerSite>>;
beforeAll(async () => {
  site = await ledgerSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  site.set(START);
  await site.empty();
});

const of = (hazard: string) => ({ command: newId(), hazard });
const told = async () => (await site.events()).map(({ type }) => type);

test('what protects a gate was found damaged: one hazard however often it is told, nonsense passed over', async () => {
  const data = {
    ...{ hazard: newId(), facility: newId(), what: '校门防冲撞柱损坏', place: '大门外', details: '松了' },
    by: { id: 's-zhou', name: '周敏' },
  };
  const event = { id: newId(), owner: 'gate', entity: 'facility', type: 'damaged', at: new Date(START) };
  const now = Date.parse(START);
  for (const told of [data, data, { hazard: 'x' }])
    await site.db.tx((trx) => followFacility(trx, { ...event, data: told }, now));
  const { hazards } = await site.as(administrator).hazards({ filter: 'all' });
  expect(hazards).toMatchObject([{ id: data.hazard, what: data.what, source: { kind: 'inspection' } }]);
});

test('the life of a hazard: reported, assigned, put off, urged, fixed with a photo, verified', async () => {
  const { id } = await site.report();
  const office = site.as(administrator);
  await office.assign(assignment({ hazard: id }));
  await office.extendDeadline({ ...of(id), deadline: '2026-12-02', reason: '配件未到' });
  await office.urge({ ...of(id), note: '尽快' });
  const owner = site.as(otherGuard);
  expect((await owner.mine()).map(({ number }) => number)).toEqual(['Y-1101']);
  expect(await owner.addPhoto({ id: newId(), hazard: id, of: 'fix', data: jpeg() })).toMatchObject({
    result: 'stored',
  });
  site.set('2026-11-24T02:00:00.000Z');
  const fixed = await owner.fix({ ...of(id), evidence: '已换新闭门器' });
  expect(fixed).toMatchObject({ result: 'done', hazard: { status: 'fixed', fixedBy: { id: 's-zhao' }, late: 0 } });
  expect(await owner.mine()).toEqual([]);
  const verified = await office.verify({ ...of(id) });
  expect(verified.hazard).toEqual({
    id,
    number: 'Y-1101',
    what: '食堂后门闭门器损坏',
    place: '食堂后门',
    details: '',
    source: { kind: 'report', by: { id: 's-wang', name: '王建国' } },
    reportedBy: { id: 's-wang', name: '王建国' },
    reportedAt: START,
    status: 'verified',
    level: 'byDate',
    owner: { id: 's-zhao', name: '赵磊' },
    deadline: '2026-12-02',
    measure: '更换闭门器',
    stopgap: '保安每小时巡一次',
    fixedAt: '2026-11-24T02:00:00.000Z',
    fixedBy: { id: 's-zhao', name: '赵磊' },
    evidence: '已换新闭门器',
    verifiedAt: '2026-11-24T02:00:00.000Z',
    verifiedBy: { id: 's-zhou', name: '周敏' },
    reason: '',
    late: 0,
    escalated: 0,
    urgedAt: START,
  });
  const file = await office.hazard({ hazard: id });
  expect(file.history.map(({ type, actor }) => `${type} ${actor?.name}`)).toEqual([
    'reported 王建国',
    'assigned 周敏',
    'deadlineExtended 周敏',
    'urged 周敏',
    'photoAdded 赵磊',
    'fixed 赵磊',
    'verified 周敏',
  ]);
  expect(file.history[2]?.detail).toEqual({ from: '2026-11-30', to: '2026-12-02', reason: '配件未到' });
  expect(file.photos).toHaveLength(1);
  const names = ['recorded', 'changed', 'changed', 'urged', 'changed', 'fixed', 'verified'];
  expect(await told()).toEqual(names.map((name) => `hazard.${name}`));
  expect((await site.events()).at(-1)?.data).toEqual(verified.hazard);
});

test('whoever fixed it can not verify it; a fix that does not hold is reopened and its owner has it again', async () => {
  const { id } = await site.assigned({ owner: { id: 's-zhou', name: '周敏' } });
  const office = site.as(administrator);
  await office.fix({ ...of(id), evidence: '已修好' });
  expect(await office.verify(of(id))).toMatchObject({
    result: 'refused',
    refusal: 'ownFix',
    hazard: { status: 'fixed' },
  });
  expect((await site.as(principal).verify(of(id))).hazard.status).toBe('verified');
  const reopened = await office.reopen({ ...of(id), reason: '又坏了', deadline: '2026-12-09' });
  expect(reopened.hazard).toMatchObject({ status: 'reopened', fixedAt: null, verifiedAt: null, reason: '又坏了' });
  expect((await office.mine()).map(({ deadline }) => deadline)).toEqual(['2026-12-09']);
});

test('what was written is written once, however often it is sent', async () => {
  const report = { id: newId(), what: '护栏松动', place: '操场' };
  const reported = await Promise.all([1, 2, 3].map(() => site.as(guard).reportHazard(report)));
  expect(new Set(reported.map(({ hazard }) => hazard.number))).toEqual(new Set(['Y-1101']));
  const command = assignment({ hazard: report.id });
  const office = site.as(administrator);
  await Promise.all([1, 2, 3].map(() => office.assign(command)));
  await office.fix({ ...of(report.id), evidence: '已加固' });
  expect(await office.assign(command)).toMatchObject({ result: 'done', hazard: { status: 'fixed' } });
  expect(await told()).toEqual(['hazard.recorded', 'hazard.changed', 'hazard.fixed']);
  const other = await site.report();
  await expect(office.assign({ ...command, hazard: other.id })).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(site.as(teacher).reportHazard(report)).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('two decide at the same moment: one is done, the other is told what stands', async () => {
  const { id } = await site.assigned();
  const answers = await Promise.all([
    site.as(administrator).reject({ ...of(id), reason: '不是隐患' }),
    site.as(principal, site.second).reject({ ...of(id), reason: '重复登记' }),
  ]);
  expect(answers.map(({ result }) => result).sort()).toEqual(['done', 'refused']);
  expect(answers.every(({ hazard }) => hazard.status === 'rejected')).toBe(true);
});

test('numbers rise in a month, begin anew in the next, and repeat in another school year only', async () => {
  const numbers = async (count: number) => {
    const made = await Promise.all(Array.from({ length: count }, (_, i) => site.report(`隐患${i}`)));
    return made.map(({ number }) => number).sort();
  };
  expect(await numbers(12)).toEqual(Array.from({ length: 12 }, (_, i) => `Y-11${String(i + 1).padStart(2, '0')}`));
  site.set('2026-11-30T16:00:00.000Z');
  expect(await numbers(1)).toEqual(['Y-1201']);
  site.set('2027-11-01T01:00:00.000Z');
  expect(await numbers(1)).toEqual(['Y-1101']);
});

test('a finding of a drill has one hazard; rejected, it may have another', async () => {
  const source = { kind: 'finding', finding: newId(), drill: newId() } as const;
  const first = await site.as(teacher).reportHazard({ id: newId(), what: '北楼梯口拥堵', source });
  expect(first).toMatchObject({ result: 'done', hazard: { source, reportedBy: { id: 's-liu' } } });
  const office = site.as(administrator);
  const again = await office.reportHazard({ id: newId(), what: '楼梯拥堵', source });
  expect(again).toEqual({ result: 'refused', refusal: 'alreadyRegistered', hazard: first.hazard });
  await office.reject({ ...of(first.hazard.id), reason: '登记错了' });
  expect((await office.reportHazard({ id: newId(), what: '楼梯拥堵', source })).result).toBe('done');
  const inspection = { id: newId(), what: '灭火器过期', source: { kind: 'inspection' } } as const;
  await expect(site.as(guard).reportHazard({ ...inspection, source })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(site.as(teacher).reportHazard(inspection)).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('who may do what: everybody reports, the office decides, a person sees his own', async () => {
  const { id } = await site.assigned();
  const forbidden = { code: 'FORBIDDEN' };
  for (const actor of [teacher, guard]) {
    const caller = site.as(actor);
    await expect(caller.assign(assignment({ hazard: id }))).rejects.toMatchObject(forbidden);
    await expect(caller.extendDeadline({ ...of(id), deadline: '2027-01-01', reason: '不急' })).rejects.toMatchObject(
      forbidden,
    );
    await expect(caller.fix({ ...of(id), evidence: '不是我的' })).rejects.toMatchObject(forbidden);
    await expect(caller.verify(of(id))).rejects.toMatchObject(forbidden);
    await expect(caller.reopen({ ...of(id), reason: '重做' })).rejects.toMatchObject(forbidden);
    await expect(caller.reject({ ...of(id), reason: '重复' })).rejects.toMatchObject(forbidden);
    await expect(caller.urge(of(id))).rejects.toMatchObject(forbidden);
    await expect(caller.hazards()).rejects.toMatchObject(forbidden);
    await expect(caller.counts()).rejects.toMatchObject(forbidden);
    await expect(caller.addPhoto({ id: newId(), hazard: id, of: 'fix', data: png })).rejects.toMatchObject(forbidden);
  }
  await expect(site.as(teacher).hazard({ hazard: id })).rejects.toMatchObject(forbidden);
  expect((await site.as(guard).hazard({ hazard: id })).hazard.id).toBe(id);
  expect((await site.as(otherGuard).hazard({ hazard: id })).hazard.id).toBe(id);
  await expect(site.as(agent).mine()).rejects.toMatchObject(forbidden);
  await expect(site.as(administrator).hazard({ hazard: newId() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('what is too long, empty or half is refused; what is text stays text', async () => {
  const office = site.as(administrator);
  const { id } = await site.assigned();
  const bad = { code: 'BAD_REQUEST' };
  await expect(site.report('长'.repeat(10_000))).rejects.toMatchObject(bad);
  await expect(site.report(' ')).rejects.toMatchObject(bad);
  await expect(site.report('空字符\u0000在此')).rejects.toMatchObject(bad);
  await expect(office.fix({ ...of(id), evidence: '  ' })).rejects.toMatchObject(bad);
  await expect(office.extendDeadline({ ...of(id), deadline: '2026-02-30', reason: '配件未到' })).rejects.toMatchObject(
    bad,
  );
  await expect(office.extendDeadline({ ...of(id), deadline: '2026-12-30', reason: '' })).rejects.toMatchObject(bad);
  for (const what of [`<img src=x onerror=alert(1)>`, `'; drop table hazards; --`, '🔥𠮷𬱖 ZWJ👨‍👩‍👧', '=1+1']) {
    const { id: stored } = await site.report(what);
    expect((await office.hazard({ hazard: stored })).hazard.what).toBe(what);
  }
});

test('open, late and all, page by page; the badge counts', async () => {
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) ids.push((await site.assigned({ deadline: `2026-11-2${3 + i}` })).id);
  await site.report();
  const office = site.as(administrator);
  await office.fix({ ...of(ids[0] ?? ''), evidence: '已修好' });
  await office.reject({ ...of(ids[1] ?? ''), reason: '不是隐患' });
  site.set('2026-11-26T16:00:00.000Z');
  expect(await office.counts()).toEqual({ open: 5, late: 2 });
  const late = await office.hazards({ filter: 'late' });
  expect(late.hazards.map((hazard) => hazard.late)).toEqual([1, 2]);
  expect((await office.hazards()).hazards).toHaveLength(5);
  const first = await office.hazards({ filter: 'all', limit: 4 });
  const second = await office.hazards({ filter: 'all', limit: 4, before: first.more ?? 0 });
  expect([...first.hazards, ...second.hazards].map(({ number }) => number)).toEqual(
    [6, 5, 4, 3, 2, 1].map((n) => `Y-110${n}`),
  );
  expect(second.more).toBeNull();
});

test('photos: by their bytes, not too large, not too many, shown to whom the hazard concerns', async () => {
  const { id: hazard } = await site.report();
  const caller = site.as(guard);
  const add = (data: string, part: 'hazard' | 'fix' = 'hazard') =>
    caller.addPhoto({ id: newId(), hazard, of: part, data });
  const html = Buffer.from('<script>alert(1)</script>').toString('base64');
  expect(await add(html)).toEqual({ result: 'refused', refusal: 'notAPhoto' });
  for (const cut of [png.slice(0, 16), png.slice(0, 60), jpeg().slice(0, 40)])
    expect(await add(cut)).toEqual({ result: 'refused', refusal: 'notAPhoto' });
  await expect(add(jpeg(301 * 1024))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  expect(await add(png, 'fix')).toEqual({ result: 'refused', refusal: 'notNow' });
  const id = newId();
  for (let i = 0; i < 2; i++) {
    expect(await caller.addPhoto({ id, hazard, of: 'hazard', data: png })).toEqual({ result: 'stored', photo: id });
  }
  const response = await site.get(`/photos/${id}`, administrator);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect(Buffer.from(await response.arrayBuffer()).toString('base64')).toBe(png);
  expect((await site.get(`/photos/${id}`, guard)).status).toBe(200);
  expect((await site.get(`/photos/${id}`, teacher)).status).toBe(403);
  expect((await site.get(`/photos/${id}`, null)).status).toBe(401);
  expect((await site.get(`/photos/${newId()}`, administrator)).status).toBe(404);
  expect((await site.get('/photos/1', administrator)).status).toBe(404);
  for (let i = 0; i < 11; i++) expect(await add(jpeg(300 * 1024 - 4))).toMatchObject({ result: 'stored' });
  expect(await add(jpeg())).toEqual({ result: 'refused', refusal: 'tooMany' });
});

test('history, photos and what was reported can not be changed with the rights of the service', async () => {
  const { id: hazard } = await site.assigned();
  await site.as(administrator).addPhoto({ id: newId(), hazard, of: 'fix', data: png });
  const denied = { code: '42501' };
  for (const table of ['history', 'photos', 'escalations', 'hazards']) {
    await expect(sql`delete from ${sql.table(table)}`.execute(site.db.kysely)).rejects.toMatchObject(denied);
    await expect(sql`truncate ${sql.table(table)} cascade`.execute(site.db.kysely)).rejects.toMatchObject(denied);
  }
  for (const change of [
    sql`history set at = now()`,
    sql`photos set at = now()`,
    sql`hazards set what = ''`,
    sql`hazards set number = ''`,
  ]) {
    await expect(sql`update ${change}`.execute(site.db.kysely)).rejects.toMatchObject(denied);
  }
  const selfVerified = sql`update hazards set status = 'verified', fixed_at = now(), verified_at = now(), evidence = 'x',
    fixed_by = '{"id":"a"}', verified_by = '{"id":"a"}'`;
  await expect(selfVerified.execute(site.db.kysely)).rejects.toMatchObject({ code: '23514' });
});
