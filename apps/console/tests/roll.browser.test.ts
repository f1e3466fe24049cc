/** The roll on a teacher's phone, with the network cut for a while: nothing is lost, nobody is counted twice. */
import { unreadable } from '@anyuan/ui/testing';
import { describe, expect, it } from 'vitest';
import { open, page, sees, soon } from './console-page.ts';

const phone = { scene: 'rolling', path: 'roll', width: 390 };
const sent = () =>
  page.evaluate(() => window.hand.sent.filter(([name]) => name === 'takeRoll').map(([, roll]) => roll));
type Sent = { marks: { id: string; pupil: string; state: string; note: string }[]; report: { id: string } | null }[];
const marks = async () => ((await sent()) as Sent).flatMap((roll) => roll.marks);
const kid = (name: string) => page.locator('.kid').filter({ hasText: name });
const came = (name: string) => kid(name).getByRole('button', { name: '到了' }).click();
const counted = (n: number) => page.locator('.tally .v', { hasText: `${n} / 42 人已到` }).waitFor(soon);

/** How many rolls lie on this phone. */
const kept = () =>
  page.evaluate(
    () =>
      new Promise((done) => {
        const asked = indexedDB.open('anyuan');
        asked.onsuccess = () => {
          const all = asked.result.transaction('kept').objectStore('kept').getAll();
          all.onsuccess = () => done(all.result.length);
        };
      }),
  );

describe('the roll', () => {
  it('opens on the own class, with one touch a pupil, and says first that it is a drill', async () => {
    await open(phone);
    await sees('演练，不是真实警情');
    await page.getByRole('heading', { name: '紧急疏散', level: 1 }).waitFor(soon);
    await counted(37);
    await came('何雨萱');
    await counted(38);
    await page.getByRole('button', { name: '先上报：到 38，没见到 1' }).click();
    await sees('已上报');
    await expect.poll(async () => (await marks()).map((m) => [m.pupil, m.state]), soon).toEqual([['c-0-4', 'present']]);
    expect((await sent()) as Sent).toMatchObject([{ report: null }, { marks: [], report: {} }]);
  });

  it('takes where a pupil is instead, with a reason, and puts right what was touched by mistake', async () => {
    await open(phone);
    await kid('郑一鸣').getByRole('button', { name: '在别处' }).click();
    const dialog = page.getByRole('dialog', { name: '郑一鸣' });
    await dialog.getByRole('radio', { name: '请假在家' }).check();
    await dialog.getByRole('button', { name: '记下' }).click();
    await kid('郑一鸣').getByText('请假在家').waitFor(soon);
    await page.getByRole('button', { name: '改 林一诺 的记录' }).click();
    const other = page.getByRole('dialog', { name: '林一诺' });
    await other.getByRole('radio', { name: '没见到' }).check();
    await other.getByLabel('最后在哪里见到').fill('综合楼三楼');
    await other.getByRole('button', { name: '记下' }).click();
    await counted(36);
    await kid('林一诺').getByText('综合楼三楼').waitFor(soon);
    await expect
      .poll(async () => (await marks()).map((m) => [m.pupil, m.state, m.note]), soon)
      .toEqual([
        ['c-0-5', 'elsewhere', '请假在家'],
        ['c-0-1', 'missing', '综合楼三楼'],
      ]);
  });

  it('goes on while the network is away, says what waits and since when, and the totals come right', async () => {
    await open(phone);
    await counted(37);
    await page.evaluate(() => window.hand.refuse(true));
    for (const name of ['何雨萱', '郑一鸣', '宋知夏']) await came(name);
    await counted(40);
    await kid('赵子轩').getByRole('button', { name: '找到了' }).click();
    await counted(41);
    await page.getByRole('button', { name: '上报：到 41，在别处 1' }).click();
    await sees(/5 条还没发出，从 \d\d:\d\d 起。连上后自动上报/);
    await page.clock.runFor(60_000);
    expect(await sent()).toEqual([]);
    await page.evaluate(() => window.hand.refuse(false));
    await page.clock.runFor(20_000);
    await sees('没有信号也能点名，连上后自动上报');
    await counted(41);
    const all = await marks();
    expect(all.map((m) => [m.pupil, m.state])).toEqual(
      ['c-0-4', 'c-0-5', 'c-0-6', 'c-0-7'].map((pupil) => [pupil, 'present']),
    );
    expect(new Set(all.map((m) => m.id)).size).toBe(4);
  });

  it('goes on after the page was opened anew without the server, and sends it when the server is back', async () => {
    await open(phone);
    await counted(37);
    await page.evaluate(() => window.hand.refuse(true));
    await came('何雨萱');
    await sees(/1 条还没发出/);
    const again = (scene: string, path = 'roll') =>
      page.goto(`${new URL(page.url()).origin}/console/fixtures.html?${new URLSearchParams({ scene, path })}`);
    await again('away');
    await sees('连不上学校服务器，点名照常');
    await counted(38);
    await came('宋知夏');
    await counted(39);
    await again('rolling');
    await counted(39);
    await expect.poll(async () => (await marks()).map((m) => m.pupil).sort(), soon).toEqual(['c-0-4', 'c-0-6']);
  });

  it('keeps no names of children on the phone of somebody who has signed out', async () => {
    await open({ ...phone, path: '' });
    await expect.poll(kept, soon).toBe(1);
    await page.getByRole('button', { name: /^(我|更多)$/ }).click();
    await page.getByRole('button', { name: '退出' }).last().click();
    await page.getByRole('heading', { name: '登录' }).waitFor(soon);
    await expect.poll(kept, soon).toBe(0);
    await page.goto(`${new URL(page.url()).origin}/console/fixtures.html?scene=away&path=roll`);
    await sees('正在自动重连');
    expect(await page.getByText('何雨萱').count()).toBe(0);
  });

  it('says when no drill runs and which comes next, and never one that was not announced', async () => {
    await open({ ...phone, scene: 'teacher' });
    await sees('现在没有演练');
    await sees('反恐防暴演练');
    expect(await page.getByText('地震避险演练').count()).toBe(0);
  });

  it('still sends what waited when the drill is over', async () => {
    await open(phone);
    await counted(37);
    await page.evaluate(() => window.hand.refuse(true));
    await came('何雨萱');
    await sees(/1 条还没发出/);
    await page.goto(`${new URL(page.url()).origin}/console/fixtures.html?scene=teacher&path=roll`);
    await sees('现在没有演练');
    await expect.poll(async () => (await marks()).map((m) => m.pupil), soon).toContain('c-0-4');
    await sees('1 条已送到');
    await page.clock.runFor(11 * 60_000);
    await page.getByText('1 条已送到').waitFor({ ...soon, state: 'detached' });
  });

  it('can be read by everybody, day and night, and fits a small phone in both languages', async () => {
    for (const [scene, lang] of [
      ['rolling', 'zh'],
      ['rolling', 'en'],
      ['teacher', 'en'],
    ] as const) {
      await open({ ...phone, scene, lang });
      await page.locator('.tally, .nothing').first().waitFor(soon);
      expect(await unreadable(page)).toEqual([]);
      for (const width of [1440, 390, 340]) {
        await page.setViewportSize({ width, height: 844 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }
      const small = await page
        .locator('.hand button, .hand a.pick')
        .evaluateAll((all) => all.filter((e) => e.getBoundingClientRect().height < 48).map((e) => e.outerHTML));
      expect(small).toEqual([]);
      await page.context().close();
    }
  });
});
