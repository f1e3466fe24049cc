import { newId } from '@anyuan/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  administrator,
  agent,
  certificate,
  guard,
  people,
  png,
  principal,
  teacher,
  trainingSite,
  vetting,
} from './site.ts';

let site: Awaited<ReturnType<typeof trainingSite>>;
beforeAll(async () => {
  site = await trainingSite();
});
afterAll(() => site.close());
beforeEach(() => site.begin());

const office = () => site.as(administrator);
const cell = async (person: string, requirement: string) => {
  const { needs } = await site.as(principal).staffRecord({ person });
  return needs.find((need) => need.requirement.id === requirement)?.cell;
};

test('a certificate is shown by its last four; the number is nowhere in clear, and opened on record', async () => {
  const given = certificate({ number: 'GD20240088417X' });
  expect(await office().addCertificate(given)).toMatchObject({ last4: '417X', status: 'current', recordedBy: '周敏' });
  for (const table of ['certificates', 'changes', 'outbox']) expect(await site.text(table)).not.toContain('0088417');
  expect(await office().showCertificateNumber({ certificate: given.id, purpose: '备案填表' })).toEqual({
    number: 'GD20240088417X',
  });
  expect(await site.as(principal).certificateReadings({ certificate: given.id })).toMatchObject([
    { what: 'number', by: { id: 's-zhou', name: '周敏' }, purpose: '备案填表', at: '2026-11-23T01:00:00.000Z' },
  ]);
  await expect(
    site.as(principal).showCertificateNumber({ certificate: given.id, purpose: '看看' }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(office().showCertificateNumber({ certificate: given.id, purpose: ' ' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
});

test('the same command again changes nothing; an unknown person is not found', async () => {
  const given = certificate();
  const first = await office().addCertificate(given);
  expect(await office().addCertificate(given)).toEqual(first);
  expect((await site.events()).map((e) => e.type)).toEqual(['certificate.added']);
  await expect(office().addCertificate(certificate({ person: 's-nobody' }))).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('a renewal stands beside the old one; of two renewals at once one wins', async () => {
  const old = certificate({ expiresOn: '2026-11-01' });
  await office().addCertificate(old);
  expect(await cell('s-wang', 'guard-certificate')).toMatchObject({ state: 'expired', due: '2026-11-01' });
  const renewals = [1, 2].map(() =>
    certificate({ supersedes: old.id, issuedOn: '2026-11-02', expiresOn: '2029-11-01' }),
  );
  const done = await Promise.allSettled(renewals.map((renewal) => office().addCertificate(renewal)));
  expect(done.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await cell('s-wang', 'guard-certificate')).toMatchObject({ state: 'ok', due: '2029-11-01' });
  const all = await site.as(principal).certificates();
  expect(all.map(({ status }) => status)).toEqual(['current', 'superseded']);
  await expect(office().addCertificate(certificate({ person: 's-li', supersedes: old.id }))).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

test('a withdrawn one proves nothing and stays on record', async () => {
  const given = certificate();
  await office().addCertificate(given);
  const withdrawal = { certificate: given.id, reason: '录入有误' };
  expect(await office().withdrawCertificate(withdrawal)).toMatchObject({
    status: 'withdrawn',
    withdrawnFor: '录入有误',
  });
  await office().withdrawCertificate(withdrawal);
  expect(await cell('s-wang', 'guard-certificate')).toMatchObject({ state: 'missing' });
  expect((await site.events()).map((e) => e.type)).toEqual(['certificate.added', 'certificate.withdrawn']);
});

test('a scan goes to who may see the number, on record; what is no picture is refused', async () => {
  const given = certificate();
  await office().addCertificate(given);
  const file = { type: 'image/png' as const, base64: png };
  await expect(
    office().addScan({ certificate: given.id, file: { type: 'image/png', base64: btoa('<script>alert(1)</script>') } }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const cut = { type: 'image/png' as const, base64: png.slice(0, 16) };
  await expect(office().addScan({ certificate: given.id, file: cut })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const tooBig = { type: 'image/png' as const, base64: `${png.slice(0, 40)}${'A'.repeat(420_000)}` };
  await expect(office().addScan({ certificate: given.id, file: tooBig })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  expect(await office().addScan({ certificate: given.id, file })).toMatchObject({ hasScan: true });
  const path = `/certificates/${given.id}/scan`;
  const shown = await site.get(path, administrator);
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png']);
  expect(Buffer.from(await shown.arrayBuffer()).toString('base64')).toBe(png);
  for (const [actor, status] of [
    [null, 401],
    [principal, 403],
    [teacher, 403],
    [agent(), 403],
  ] as const)
    expect((await site.get(path, actor)).status).toBe(status);
  for (const id of [newId(), 'x', "' or 1=1"])
    expect((await site.get(`/certificates/${encodeURIComponent(id)}/scan`, administrator)).status).toBe(404);
  const { rows } = await sql`select what, actor_id from access_log`.execute(site.db.kysely);
  expect(rows).toEqual([{ what: 'scan', actorId: 's-zhou' }]);
});

test('the newest background check counts, also when it is a bad one; filings are asked for one by one', async () => {
  await office().recordVetting(vetting({ checkedOn: '2026-01-05' }));
  expect(await cell('s-wang', 'guard-vetting')).toMatchObject({ state: 'expiring', due: '2027-01-05', within: 90 });
  await office().recordVetting(vetting({ checkedOn: '2026-10-05', result: 'notClear' }));
  expect(await cell('s-wang', 'guard-vetting')).toMatchObject({ state: 'missing' });
  // Checked again on the same day: what was recorded last stands.
  site.clock.set('2026-11-23T02:00:00.000Z');
  await office().recordVetting(vetting({ checkedOn: '2026-10-05' }));
  expect(await cell('s-wang', 'guard-vetting')).toMatchObject({ state: 'ok', due: '2027-10-05' });
  await office().recordFiling({
    id: newId(),
    person: 's-wang',
    authority: 'police',
    filedOn: '2026-09-02',
    receipt: '公备 17',
  });
  expect(await cell('s-wang', 'guard-filing-police')).toMatchObject({ state: 'ok', due: null });
  expect(await cell('s-wang', 'guard-filing-education')).toMatchObject({ state: 'missing' });
  const { vettings, filings } = await site.as(principal).staffRecord({ person: 's-wang' });
  expect([vettings.length, filings.length]).toEqual([3, 1]);
});

test.each([
  ['expiresOn', { expiresOn: '2024-02-29' }],
  ['expiresOn', { expiresOn: '2026-02-30' }],
  ['expiresOn', { expiresOn: '9999-12-31' }],
  ['issuedOn', { issuedOn: 'yesterday' }],
  ['issuedOn', { issuedOn: '0024-03-01' }],
  ['issuer', { issuer: '   ' }],
  ['issuer', { issuer: '长'.repeat(10_000) }],
  ['number', { number: '' }],
  ['person', { person: '../s' }],
])('a certificate with a wrong %s is refused by its path', async (path, given) => {
  const refused = office().addCertificate(certificate(given));
  await expect(refused).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const error = await refused.catch((e: { cause: { issues: { path: string[] }[] } }) => e);
  expect(error).toMatchObject({ cause: { issues: [{ path: [path] }] } });
});

test('a NUL, and a check that was made tomorrow, are bad input and nothing else', async () => {
  await expect(office().addCertificate(certificate({ issuer: 'a\u0000b' }))).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  await expect(office().addCertificate(certificate({ issuedOn: '2026-11-24' }))).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
  await office().addCertificate(certificate({ issuedOn: '2026-11-23' }));
  await expect(office().recordVetting(vetting({ checkedOn: '2026-11-24' }))).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
});

test('people: saved with who did it, a card belongs to one, phones are normalised, who has left no longer counts', async () => {
  const saved = await office().savePerson({
    id: 's-cook',
    name: '𠮷野 花',
    roles: ['cook'],
    phone: '１３８-0000-0001',
    employedFrom: '2026-09-01',
  });
  expect(saved).toMatchObject({ name: '𠮷野 花', phone: '13800000001', hasCard: false });
  await expect(
    office().savePerson({ id: 's-li', name: '李强', roles: ['guard'], cardNumber: '0b00c2c591' }),
  ).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(
    office().savePerson({ id: 's-x', name: '甲', roles: ['cook'], employedFrom: '2026-09-01', leftOn: '2026-08-31' }),
  ).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  const found = await site.as(principal).people({});
  expect(found.map(({ id }) => id)).not.toContain('s-gone');
  expect(found).toHaveLength(people.length);
  expect(await site.as(principal).people({ search: '%' })).toEqual([]);
  expect(await site.as(principal).history({ entity: 'person', id: 's-cook' })).toMatchObject([
    { type: 'saved', by: { id: 's-zhou', name: '周敏' }, data: { roles: ['cook'] } },
  ]);
});

test('the office of the school, and nobody else, reads and writes', async () => {
  for (const actor of [teacher, guard, agent()]) {
    await expect(site.as(actor).people({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(site.as(actor).matrix({})).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(site.as(actor).addCertificate(certificate())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  }
  await expect(site.as(principal).addCertificate(certificate())).rejects.toMatchObject({ code: 'FORBIDDEN' });
});

test('no proof can be changed or taken away with the rights of the service', async () => {
  for (const table of [
    'changes',
    'certificates',
    'withdrawals',
    'scans',
    'access_log',
    'vettings',
    'filings',
    'attendances',
    'assessments',
    'lessons',
    'proofs',
    'headcounts',
    'inspections',
    'equipment_checks',
    'drill_skills',
    'reminders',
  ])
    await expect(sql`delete from ${sql.table(table)}`.execute(site.db.kysely), table).rejects.toMatchObject({
      code: '42501',
    });
});
