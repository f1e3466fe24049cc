/** Posts and patrols: a guard's phone with and without a network, and the office that plans and looks on. */
import { unreadable } from '@anyuan/ui/testing';
import { describe, expect, it } from 'vitest';
import { open, page, sees, soon } from './console-page.ts';

const phone = { scene: 'guardCalm', path: 'patrol', width: 390 };
const sent = (asked: string) =>
  page.evaluate((asked) => window.hand.sent.filter(([name]) => name === asked).map(([, input]) => input), asked);
const button = (name: string) => page.getByRole('button', { name, exact: true });
/** By the page's own keys. */
async function type(code: string) {
  await button('输编号').click();
  const dialog = page.getByRole('dialog', { name: '标牌编号' });
  const shown = ((await dialog.locator('.typed').textContent()) ?? '').trim();
  const typed = shown.startsWith('至少') ? '' : shown;
  const goesOn = code.startsWith(typed);
  if (!goesOn) for (const _ of typed) await dialog.getByRole('button', { name: '删一位' }).click();
  const start = goesOn ? typed.length : 0;
  let letters = false;
  for (const key of code.slice(start)) {
    const asks = !/\d/.test(key);
    if (asks !== letters) await dialog.locator('.turn').click();
    letters = asks;
    await dialog.getByRole('button', { name: key, exact: true }).click();
  }
  await dialog.getByRole('button', { name: '打卡' }).click();
}
const readable = async () => expect(await unreadable(page)).toEqual([]);
const fits = (width: number) =>
  expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth), soon).toBeLessThanOrEqual(width);

describe('the phone of who walks', () => {
  it('shows the own posts and the rounds, and signs in by the keys of the page', async () => {
    await open(phone);
    await sees('东门早高峰');
    expect(await page.getByText('北门早高峰').count()).toBe(0);
    await readable();
    await fits(390);
    await type('PT-0102');
    await sees('已打卡：楼顶门');
    await sees('这一轮还差 1 个点。');
    await type('PT-0199');
    await sees('没有这个编号：PT-0199');
    await type('GD-0101');
    await sees('已签到：东门早高峰');
    expect(await sent('signIn')).toMatchObject([
      { code: 'PT-0102', via: 'typed' },
      { code: 'PT-0199' },
      { code: 'GD-0101' },
    ]);
  });

  it('keeps a sign-in while the network is away, and sends it once', async () => {
    await open(phone);
    await sees('东门早高峰');
    await page.evaluate(() => window.hand.refuse(true));
    await type('PT-0102');
    await sees('已记在手机上，连上后自动上报');
    await page.clock.runFor(60_000);
    expect(await sent('signIn')).toEqual([]);
    await page.evaluate(() => window.hand.refuse(false));
    await page.clock.runFor(20_000);
    await sees('已打卡：楼顶门');
    expect(await sent('signIn')).toHaveLength(1);
  });

  it('says so when a sign-in waited for more than a day', async () => {
    await open(phone);
    await sees('东门早高峰');
    await page.evaluate(() => window.hand.refuse(true));
    await type('PT-0102');
    await sees('已记在手机上');
    await page.clock.fastForward(25 * 3_600_000);
    await page.evaluate(() => window.hand.refuse(false));
    await page.clock.runFor(20_000);
    await sees('这次打卡已过 24 小时，不能补记');
    expect(await sent('signIn')).toEqual([]);
  });
});

describe('the office', () => {
  it('sees who came, how late, and what was missed; fits and can be read', async () => {
    await open({ path: 'patrols' });
    await sees('今天只安排了 4 轮，规定每天至少 5 轮。');
    await sees(/王建国，晚 7 分钟，在东门刷卡/);
    await page.locator('.stops li', { hasText: '漏了' }).first().waitFor(soon);
    await readable();
    for (const width of [1440, 1024, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await fits(width);
    }
  });

  it('plans a post, and is told when its code hangs elsewhere', async () => {
    await open({ path: 'patrols' });
    await button('加护学岗').click();
    const dialog = page.getByRole('dialog', { name: '护学岗' });
    await dialog.getByLabel('名称').fill('西门');
    await dialog.getByLabel('地点').fill('西门口');
    await dialog.getByLabel('职责').fill('看车');
    await dialog.getByLabel('马超').check();
    await dialog.getByLabel('标牌编号').fill('pt-0101');
    await dialog.getByRole('button', { name: '保存' }).click();
    await sees('编号 PT-0101 已经挂在一楼配电间。换一个编号。');
    await dialog.getByLabel('标牌编号').fill('GD-0103');
    await dialog.getByLabel('也可在校门刷卡').selectOption('东门');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.waitFor({ ...soon, state: 'detached' });
    await sees('西门口，看车，马超');
    await sees('GD-0103，在东门刷卡');
    expect(await sent('savePost')).toMatchObject([{}, { code: 'GD-0103', gate: 'east' }]);
  });

  it('adds a round to a route', async () => {
    await open({ path: 'patrols' });
    await page.locator('.stops li', { hasText: '每天 4 轮' }).getByRole('button', { name: '修改' }).click();
    const dialog = page.getByRole('dialog', { name: '巡查路线' });
    await dialog.getByRole('button', { name: '加一轮' }).click();
    await dialog.getByLabel('第 5 轮 从').fill('14:30');
    await dialog.getByLabel('第 5 轮 到').fill('16:50');
    await sees('几轮的时间重叠了。');
    await dialog.getByLabel('第 5 轮 从').fill('16:00');
    await dialog.getByRole('button', { name: '保存' }).click();
    await sees('每天 5 轮');
  });
});
