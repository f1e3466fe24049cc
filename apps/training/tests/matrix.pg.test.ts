import { newId, type SaveRequirement, type StaffRole } from '@anyuan/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { follow } from '../src/follow.ts';
import { importCertificates, importPeople } from '../src/service.ts';
import { administrator, certificate, guard, principal, trainingSite } from './site.ts';

let site: Awaited<ReturnType<typeof trainingSite>>;
beforeAll(async () => {
  site = await trainingSite();
});
afterAll(() => site.close());
beforeEach(() => site.begin());

const office = () => site.as(administrator);
const ofWang = async () => {
  const { requirements, rows } = await site.as(principal).matrix({});
  const row = rows.find(({ person }) => person.id === 's-wang');
  return Object.fromEntries(requirements.map(({ id }, i) => [id, row?.cells[i] ?? null]));
};

test('requirements × people: cells, evidence, gaps by person and by requirement', async () => {
  const given = certificate({ expiresOn: '2026-12-01' });
  await office().addCertificate(given);
  const matrix = await site.as(principal).matrix({ roles: ['guard'] });
  expect(matrix.rows.map(({ person }) => person.id).sort()).toEqual(['s-li', 's-wang']);
  const cells = await ofWang();
  expect(cells['guard-certificate']).toEqual({
    state: 'expiring',
    evidence: given.id,
    on: '2024-03-01',
    due: '2026-12-01',
    within: 30,
    seconds: null,
  });
  expect(cells['cook-health']).toBeNull();
  expect(matrix.requirements.find(({ id }) => id === 'guard-certificate')).toMatchObject({ gaps: 1, own: false });
  const wang = matrix.rows.find(({ person }) => person.id === 's-wang');
  expect(wang?.gaps).toBe(wang?.cells.filter((c) => c?.state === 'missing').length);
});

test("the school's own requirements come beside the built-in ones, and go again", async () => {
  const own: SaveRequirement = {
    id: 'own-first-aid',
    title: { zh: '急救证', en: 'First aid' },
    roles: ['guard', 'nurse'],
    need: { kind: 'certificate', what: 'firstAid' },
    source: '本校规定第 3 条',
  };
  await office().saveRequirement(own);
  expect((await ofWang())['own-first-aid']).toMatchObject({ state: 'missing' });
  await office().addCertificate(certificate({ kind: 'firstAid' }));
  expect((await ofWang())['own-first-aid']).toMatchObject({ state: 'ok' });
  await office().retireRequirement({ requirement: 'own-first-aid' });
  expect(await ofWang()).not.toHaveProperty('own-first-aid');
  await expect(office().saveRequirement({ ...own, id: 'guard-vetting' })).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('a skill that a drill has shown counts from its day, once, timed (H12)', async () => {
  const data = {
    id: newId(),
    drill: newId(),
    person: 's-wang',
    skill: 'fork',
    seconds: 14.2,
    at: '2026-11-22T17:30:00.000Z',
  };
  const event = { id: newId(), owner: 'drills', entity: 'skill', type: 'recorded', data, at: new Date(data.at) };
  for (const _ of [1, 2]) await site.in((trx) => follow(trx, event));
  // In the school's day it is the 23rd already.
  expect((await ofWang())['guard-fork']).toMatchObject({
    state: 'ok',
    on: '2026-11-23',
    due: '2027-05-23',
    seconds: 14.2,
  });
  expect(await site.events()).toEqual([{ type: 'person.practised', data: { id: 's-wang', skill: 'fork' } }]);
  await site.in((trx) => follow(trx, { ...event, data: { ...data, id: newId(), skill: 'flew' } }));
  await site.in((trx) => follow(trx, { ...event, entity: 'drill', type: 'ended' }));
  expect(await site.events()).toHaveLength(1);
});

test('everybody may see his own record and no other', async () => {
  await office().addCertificate(certificate({ expiresOn: '2026-12-01' }));
  const own = await site.as(guard).mine();
  expect(own).toMatchObject({ person: { id: 's-wang' }, certificates: [{ last4: '5678' }], nextShift: null });
  expect(own.due.find(({ requirement }) => requirement === 'guard-certificate')).toMatchObject({ state: 'expiring' });
  await expect(site.as(guard).staffRecord({ person: 's-li' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const nobody = site.as({ kind: 'person', id: 's-nobody', name: '无名', role: 'teacher' });
  expect(await nobody.mine()).toMatchObject({ person: null, due: [] });
});

test('300 people × 40 requirements', async () => {
  const roles: StaffRole[] = ['guard', 'teacher', 'headTeacher', 'driver', 'cook'];
  const kinds = ['guardCertificate', 'fireControl', 'firstAid', 'health', 'busDriver'] as const;
  await site.in(async (trx) => {
    const many = Array.from({ length: 300 }, (_, i) => ({ id: `p-${i}`, name: `人员${i}`, roles }));
    await importPeople(trx, many, site.keys, site.clock.now());
    const some = many.flatMap(({ id }) =>
      kinds.map((kind) => certificate({ person: id, kind, expiresOn: '2027-01-01' })),
    );
    await importCertificates(trx, some, site.keys, site.clock.now());
  });
  for (let i = 0; i < 24; i++)
    await office().saveRequirement({
      id: `own-${i}`,
      title: { zh: `要求${i}`, en: `own ${i}` },
      roles,
      need: { kind: 'certificate', what: kinds[i % kinds.length] ?? 'other' },
      source: '本校规定',
    });
  const timed = async (work: () => Promise<unknown>) => {
    await work();
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  const baseline = await timed(() => sql`select 1`.execute(site.db.kysely));
  const took = await timed(() => site.as(principal).matrix({ roles: ['driver'] }));
  const matrix = await site.as(principal).matrix({ roles: ['driver'] });
  expect([matrix.rows.length, matrix.requirements.length]).toEqual([300, 40]);
  process.stderr.write(`matrix 300 × 40: ${took.toFixed(0)} ms; select 1: ${baseline.toFixed(1)} ms\n`);
});
