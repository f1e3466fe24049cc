/** The main job as people see it: the guard's screen and the console in Chromium, real bytes on the readers. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { unreadable } from '@anyuan/ui/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openBrowser, sizes } from '../src/browser.ts';
import { GuardHands, openOffice } from '../src/guard-hands.ts';
import { bootSite, type Site } from '../src/site.ts';
import { Administrator, type Finding } from './administrator.ts';

const shots = join(import.meta.dirname, '../../../test-results');
const soon = { timeout: 20_000, interval: 50 };
let site: Site;
let browser: Browser;
let kiosk: Page;
let office: Page;
let officeContext: BrowserContext;
const errors: string[] = [];

beforeAll(async () => {
  mkdirSync(shots, { recursive: true });
  [site, browser] = await Promise.all([bootSite({ term: false }), openBrowser()]);
  kiosk = await (await browser.newContext({ viewport: sizes.kiosk, hasTouch: true })).newPage();
  officeContext = await browser.newContext({ viewport: sizes.office, locale: 'zh-CN' });
  office = await officeContext.newPage();
  for (const page of [kiosk, office]) page.on('pageerror', (error) => errors.push(error.message));
  await kiosk.goto(site.run.kiosk ?? '');
  await openOffice(office, site.run.gateway, 'admin', 'demo-1111');
  await kiosk.getByText('请放证件').waitFor();
}, 300_000);

afterAll(async () => {
  await browser?.close();
  await site?.stop();
}, 60_000);

const shot = (page: Page, name: string) => page.screenshot({ path: join(shots, `${name}.png`) });
const seen = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 10_000 });

test('an ID card, five touches and no typed character: the host says yes on a phone, and the office sees it within a second', async () => {
  const phone = await (await browser.newContext({ viewport: sizes.phone, locale: 'zh-CN' })).newPage();
  phone.on('pageerror', (error) => errors.push(error.message));
  await openOffice(phone, site.run.gateway, 'teacher', 'demo-1111');
  await phone.goto(`${site.run.gateway}/console/confirm`);
  await office.goto(`${site.run.gateway}/console/gate`);
  await seen(office, '门岗');
  await shot(kiosk, 'kiosk-idle');
  const laid = performance.now();
  await site.sim.act('present', 'zhang');
  await seen(kiosk, '张伟明');
  expect(performance.now() - laid).toBeLessThan(3_000);
  const hands = new GuardHands(kiosk);
  const before = await site.db.query('select count(*)::int as n from gate.visits');
  await hands.admit('家长面谈', '三（2）班', async () => {
    await seen(phone, '张伟明');
    await shot(phone, 'phone-host-asked');
    await phone.getByRole('button', { name: '请他进来' }).click();
  });
  const touched = performance.now();
  await office.getByText('张伟明').first().waitFor({ timeout: 5_000 });
  const ms = performance.now() - touched;
  expect(hands.touches).toBeLessThanOrEqual(5);
  expect(ms).toBeLessThan(1_000);
  const after = await site.db.query('select count(*)::int as n from gate.visits');
  expect(after.rows[0].n).toBe(before.rows[0].n + 1);
  await shot(kiosk, 'kiosk-admitted');
  await shot(office, 'console-gate');
  await phone.context().close();
});

test('the same person again: nothing is asked twice, he is offered the way out', async () => {
  await kiosk.goto(site.run.kiosk ?? '');
  await seen(kiosk, '请放证件');
  await site.sim.act('present', 'zhang');
  await seen(kiosk, '还没有签离');
  await new GuardHands(kiosk).touch('离校，签离');
  await vi.waitFor(
    async () => expect((await site.db.query(`select 1 from gate.visits where status = 'onSite'`)).rowCount).toBe(0),
    soon,
  );
});

test('a pickup card shows adult and child; a lost one says "do not release" and stays', async () => {
  await kiosk.goto(site.run.kiosk ?? '');
  await seen(kiosk, '请放证件');
  await site.sim.act('tap', 'wang-card');
  await seen(kiosk, '可以接走');
  await seen(kiosk, '林一诺');
  await shot(kiosk, 'kiosk-pickup-ok');
  expect(await unreadable(kiosk)).toEqual([]);
  await new GuardHands(kiosk).touch(/是本人/);
  await office.goto(`${site.run.gateway}/console/pickup`);
  await seen(office, '林一诺');
  await shot(office, 'console-pickup');
  await kiosk.goto(site.run.kiosk ?? '');
  await seen(kiosk, '请放证件');
  await site.sim.act('tap', 'lost-card');
  await seen(kiosk, '不要交人');
  await shot(kiosk, 'kiosk-pickup-refused');
});

test('the alarm control held for a second: every device, the count on both screens, ended by a named person', async () => {
  await kiosk.goto(site.run.kiosk ?? '');
  await seen(kiosk, '请放证件');
  await new GuardHands(kiosk).holdAlarm();
  await seen(kiosk, '真实警情');
  await vi.waitFor(async () => expect(await site.sim.swarm()).toMatchObject({ silent: 0 }), soon);
  await office.goto(`${site.run.gateway}/console/alarm`);
  await seen(office, /真实警情/);
  await seen(kiosk, '102');
  await shot(kiosk, 'kiosk-alarm');
  await shot(office, 'console-alarm');
  expect(await unreadable(office)).toEqual([]);
  await kiosk.getByText('解除警报').first().click();
  await new GuardHands(kiosk).touch(/险情已处置/);
  await site.sim.act('tap', 'zhou-card');
  await vi.waitFor(async () => expect(await site.sim.swarm()).toMatchObject({ loud: 0 }), soon);
  await seen(kiosk, '请放证件');
});

const found: readonly Finding[] = [
  {
    ...{ what: '北楼梯口拥堵', place: '综合楼北楼梯一楼', mends: { user: 'teacher2', name: '郭婷' } },
    ...{ measure: '低年级改走南楼梯', evidence: '划了分流线，试走两次不再拥堵' },
  },
  {
    ...{ what: '二楼听不清广播', place: '综合楼二楼', mends: { user: 'teacher3', name: '曹雪' } },
    ...{ measure: '加一只喇叭', evidence: '装好了，走廊两头都听得清' },
  },
];

test('a new administrator plans her term, drills the school, mends what was found and proves it', async () => {
  const her = new Administrator(site, browser, office, shots);
  await her.setUp();
  expect(await her.planTerm()).toBeGreaterThan(5);
  const { view } = await site.office.drills.term.query({});
  const owed = view?.rules.flatMap((r) => r.duties.filter((d) => r.enabled && d.state === 'notScheduled'));
  expect(owed).toEqual([]);
  await her.writePlan();

  await her.goto('drills');
  const drill = await her.openDrill(office.getByRole('link', { name: /^消防疏散演练，/ }).first());
  await her.begin();
  await vi.waitFor(async () => expect(await site.sim.swarm()).toMatchObject({ silent: 0 }), soon);
  await seen(kiosk, '演练');
  await shot(kiosk, 'kiosk-exercise');
  const phones = ['teacher', 'teacher2', 'teacher3'];
  // One touch a pupil and one to report.
  for (const user of phones) expect(await her.takeRoll(user)).toBe(41);
  await vi.waitFor(async () => expect(await office.locator('p.sofar').textContent()).toContain('120/1200'), soon);
  await vi.waitFor(async () => expect(await office.locator('.figures b').first().textContent()).toBe('3'), soon);
  await shot(office, 'console-drill-running');
  const done = (await site.office.drills.rollCall.query()).classes.filter((c) => c.reportedAt).map((c) => c.class);
  expect(done).toHaveLength(3);
  await her.close();
  await her.othersTakeRoll(drill, done);
  await her.end();
  await vi.waitFor(async () => expect(await site.sim.swarm()).toMatchObject({ loud: 0 }), soon);
  for (const finding of found) await her.find(finding);
  await shot(office, 'console-drill-ended');
  expect(await unreadable(office)).toEqual([]);

  for (const finding of found) await her.mend(finding);
  await her.rewritePlan(found);
  const again = await her.planRedrill(found);
  await her.begin();
  await her.othersTakeRoll(again, []);
  await her.end();
  await her.goto('drills/findings');
  await vi.waitFor(async () => expect(await office.getByText('已闭环').count()).toBeGreaterThanOrEqual(2), soon);
  await office.waitForFunction(() => [...document.images].every((photo) => photo.complete));
  await shot(office, 'console-chain');
  const pdf = await her.report(drill);
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  await her.goto('');
  await office.locator('.today .rows li').first().waitFor();
  await shot(office, 'console-today');
  await seen(kiosk, '请放证件');
}, 300_000);

test('with the bus gone the guard is told, and cards are still decided', async () => {
  site.freeze('nats');
  await seen(kiosk, /本机照常工作/);
  await shot(kiosk, 'kiosk-offline');
  await site.sim.act('tap', 'parent-05');
  await seen(kiosk, '可以接走');
  site.thaw('nats');
  await vi.waitFor(async () => expect((await site.kiosk.call.status.query()).server.services).toBe('up'), soon);
});

test('a guard signed in at the console gets no record of visitors, also not by asking for it', async () => {
  const context = await browser.newContext({ viewport: sizes.office, locale: 'zh-CN' });
  const page = await context.newPage();
  await openOffice(page, site.run.gateway, 'guard', 'demo-1111');
  await page.goto(`${site.run.gateway}/console/gate`);
  await seen(page, /没有权限/);
  const answer = await context.request.get(`${site.run.gateway}/api/gate/trpc/today`);
  expect(answer.status()).toBe(403);
  expect(await answer.text()).not.toContain('张伟明');
  await context.close();
});

test('no page threw, and no page asked for anything from elsewhere', () => {
  expect(errors).toEqual([]);
});
