import { newId } from '@anyuan/contracts';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { administrator, admission, agent, events, gateSite, refusal, signOut } from './site.ts';

let site: Awaited<ReturnType<typeof gateSite>>;
beforeAll(async () => {
  site = await gateSite();
});
afterAll(() => site.close());
beforeEach(async () => {
  const admin = sql`truncate gate.visits, gate.visitors, gate.sign_outs, gate.item_returns, gate.outbox, gate.access_log`;
  await site.asAdmin(admin);
  site.clock.set('2026-11-23T08:00:00.000Z');
});

const types = async () => (await events(site.db)).map((e) => e.type);

test('a visitor comes in, is seen as on site, and leaves', async () => {
  const gate = site.as(agent());
  const command = admission({ security: { result: 'held', items: ['美工刀'] } });
  const view = await gate.admit(command);
  expect(view).toMatchObject({
    visit: command.visit,
    number: 'E1123-001',
    name: '张伟明',
    idLast4: '271X',
    status: 'onSite',
    security: { result: 'held', items: ['美工刀'] },
    host: { name: '刘芳' },
    admittedAt: '2026-11-23T08:00:00.000Z',
  });
  expect(await gate.onSite()).toEqual([view]);
  const left = await gate.signOut(signOut(command.visit));
  expect(left).toMatchObject({ status: 'left', leftAt: '2026-11-23T08:40:00.000Z' });
  expect(await gate.onSite()).toEqual([]);
  expect(await site.as(administrator).today()).toEqual([left]);
  expect(await types()).toEqual(['visit.admitted', 'visit.left']);
});

test('an admission sent three times is one visit and one event', async () => {
  const gate = site.as(agent());
  const command = admission();
  const answers = await Promise.all([gate.admit(command), gate.admit(command), gate.admit(command)]);
  expect(new Set(answers.map((a) => JSON.stringify(a))).size).toBe(1);
  expect(await gate.onSite()).toHaveLength(1);
  expect(await types()).toEqual(['visit.admitted']);
});

test('a sign-out that comes before its admission, and twice, is harmless', async () => {
  const gate = site.as(agent());
  const command = admission({ offline: true });
  const out = signOut(command.visit);
  expect(await gate.signOut(out)).toBeNull();
  expect(await gate.signOut(out)).toBeNull();
  expect(await gate.admit(command)).toMatchObject({
    status: 'left',
    leftAt: '2026-11-23T08:40:00.000Z',
    offline: true,
  });
  await gate.signOut(signOut(command.visit, { at: '2026-11-23T09:00:00.000Z' }));
  expect(await gate.onSite()).toEqual([]);
  expect((await site.as(administrator).today())[0]?.leftAt).toBe('2026-11-23T08:40:00.000Z');
  expect(await events(site.db)).toMatchObject([
    { type: 'visit.admitted', data: { status: 'onSite', leftAt: null } },
    { type: 'visit.left', data: { status: 'left' } },
  ]);
});

test('admission and sign-out at the same moment never leave a ghost inside', async () => {
  const gate = site.as(agent());
  for (let i = 0; i < 20; i++) {
    const command = admission({ number: `E1123-${i}`, person: { idNumber: undefined } });
    await Promise.all([gate.admit(command), gate.signOut(signOut(command.visit))]);
  }
  expect(await gate.onSite()).toEqual([]);
});

test('the same person inside twice is kept and shown twice', async () => {
  const gate = site.as(agent());
  await gate.admit(admission({ number: 'E1123-001' }));
  await gate.admit(admission({ number: 'W1123-001', gate: 'main', at: '2026-11-23T08:05:00.000Z' }));
  expect((await gate.onSite()).map((v) => v.number)).toEqual(['E1123-001', 'W1123-001']);
});

test('a refused visitor is on record with reason and items, and is not on site', async () => {
  const gate = site.as(agent());
  const view = await gate.refuse(refusal());
  expect(view).toMatchObject({ status: 'refused', refusal: 'dangerousItems', name: '何强', idLast4: null, host: null });
  expect(await gate.onSite()).toEqual([]);
  expect(await site.as(administrator).today()).toEqual([view]);
  expect(await types()).toEqual(['visit.refused']);
});

test("today is the school's day, and whoever is still inside from before", async () => {
  const gate = site.as(agent());
  const [overnight, gone, early] = [
    '2026-11-22T15:59:59.000Z',
    '2026-11-22T15:30:00.000Z',
    '2026-11-22T16:00:00.000Z',
  ].map((at) => admission({ at, person: { idNumber: undefined } }));
  for (const command of [overnight, gone, early]) if (command) await gate.admit(command);
  await gate.signOut(signOut(gone?.visit ?? '', { at: '2026-11-22T15:50:00.000Z' }));
  const today = await site.as(administrator).today();
  expect(today.map((v) => v.visit)).toEqual([early?.visit, overnight?.visit]);
});

test('a returning visitor is recognised by his number, whichever way it is typed', async () => {
  const gate = site.as(agent());
  const first = admission({ at: '2026-11-20T08:00:00.000Z', reason: 'delivery' });
  await gate.admit(first);
  await gate.signOut(signOut(first.visit, { at: '2026-11-20T08:30:00.000Z' }));
  await gate.admit(admission());
  await gate.refuse(refusal({ identity: { ...first.identity, name: '张伟明' } }));
  const known = await gate.recognise({ identity: { ...first.identity, idNumber: '１１００００19840515271x' } });
  expect(known).toMatchObject({
    visits: 2,
    lastVisitAt: '2026-11-23T08:00:00.000Z',
    lastReason: 'parentTalk',
    lastHost: { id: 's-liu' },
    onSite: { status: 'onSite' },
  });
  const stranger = await gate.recognise({ identity: { document: 'typed', name: '张伟明', sex: 'male' } });
  expect(stranger).toEqual({
    visits: 0,
    lastVisitAt: null,
    lastReason: null,
    lastHost: null,
    lastType: null,
    onSite: null,
  });
});

test('first visits of one person at two gates at once are one person', async () => {
  const [east, west] = [site.as(agent('east')), site.as(agent('west'))];
  await Promise.all([
    ...Array.from({ length: 5 }, () => east.admit(admission({ gate: 'east' }))),
    ...Array.from({ length: 5 }, () => west.admit(admission({ gate: 'west' }))),
  ]);
  expect(await east.recognise({ identity: admission().identity })).toMatchObject({ visits: 10 });
});

test("a gate can't decide in another gate's name, and nobody acts beyond his role", async () => {
  const east = site.as(agent('east'));
  const command = admission();
  await expect(east.admit(command)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(east.signOut(signOut(command.visit))).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(site.as(administrator).admit(command)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(east.today()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const teacher = site.as({ kind: 'person', id: 's-liu', name: '刘芳', role: 'teacher' });
  await expect(teacher.today()).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(teacher.showIdNumber({ visit: command.visit, purpose: '好奇' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
  expect(await types()).toEqual([]);
});

test('an ID number is shown to a person with a reason, and that stays on record', async () => {
  const command = admission();
  await site.as(agent()).admit(command);
  const office = site.as(administrator);
  expect(await office.showIdNumber({ visit: command.visit, purpose: '派出所查询' })).toEqual({
    idNumber: '11000019840515271X',
  });
  const { rows } = await sql`select visit, actor_id, purpose from access_log`.execute(site.db.kysely);
  expect(rows).toEqual([{ visit: command.visit, actorId: 's-zhou', purpose: '派出所查询' }]);
  await expect(office.showIdNumber({ visit: newId(), purpose: '派出所查询' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  await expect(sql`delete from access_log`.execute(site.db.kysely)).rejects.toMatchObject({ code: '42501' });
  await expect(sql`update sign_outs set gate = 'x'`.execute(site.db.kysely)).rejects.toMatchObject({ code: '42501' });
});

test('neither the tables nor the events hold an ID or phone number in clear', async () => {
  await site.as(agent()).admit(admission({ person: { phone: '138 0013-8000' } }));
  const tables = ['visitors', 'visits', 'sign_outs', 'outbox', 'access_log'];
  for (const table of tables) {
    const { rows } = await sql<{ text: string }>`select t::text as text from ${sql.table(table)} t`.execute(
      site.db.kysely,
    );
    const text = rows.map((row) => row.text).join();
    const hex = (s: string) => Buffer.from(s).toString('hex');
    for (const secret of ['11000019840515271X', '13800138000'])
      for (const form of [secret, hex(secret)]) expect(text, table).not.toContain(form);
  }
});

test('strange input is refused or kept as plain text', async () => {
  const gate = site.as(agent());
  for (const name of ['', ' ', 'x'.repeat(201), 'a\0b']) {
    await expect(gate.admit(admission({ person: { name } }))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  }
  await expect(gate.admit(admission({ person: { idNumber: '12345' } }))).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  for (const name of ['李𬱖', "'; drop table visits; --", '<img src=x onerror=alert(1)>', '__proto__', 'مرحبا']) {
    expect((await gate.admit(admission({ person: { name, idNumber: undefined } }))).name).toBe(name);
  }
});
