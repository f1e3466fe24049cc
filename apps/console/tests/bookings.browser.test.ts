/** Bookings: made, agreed, shown as a code, and the page of a visitor without sign-in. */
import { unreadable } from '@anyuan/ui/testing';
import { expect, inject, it } from 'vitest';
import { open, page, sees, soon } from './console-page.ts';
import { everybodyCanRead } from './readable.ts';

const sent = (name: string) =>
  page.evaluate((of) => window.hand.sent.filter(([n]) => n === of).map(([, input]) => input), name);
const row = (name: string) => page.locator('.bookingrow').filter({ hasText: name }).first();
const visit = (what: string, token?: string, lang = 'zh') =>
  page.goto(
    `${inject('consoleFixtures')}fixtures.html?${new URLSearchParams({ visit: what, lang, ...(token ? { token } : {}) })}`,
  );

it('the office books, names the host whom nobody has found, and shows the code', async () => {
  await open({ path: 'gate/bookings' });
  await page.getByRole('button', { name: '预约访客' }).click();
  const dialog = page.getByRole('dialog', { name: '预约访客' });
  await dialog.getByLabel('访客姓名').fill('<b>冯七</b>');
  await dialog.getByLabel('哪天').fill('2020-01-01');
  await dialog.getByRole('button', { name: '预约访客' }).click();
  await dialog.getByText('这个时间已经过去').waitFor(soon);
  await dialog.getByLabel('哪天').fill('2099-01-01');
  await dialog.getByRole('button', { name: '预约访客' }).click();
  await sees('<b>冯七</b>');
  expect(await sent('booking.book')).toMatchObject([{ name: '<b>冯七</b>', phone: null, host: 'p-zhou' }]);
  await row('孙丽').getByRole('button', { name: '同意', exact: true }).click();
  const yes = page.getByRole('dialog', { name: '同意' });
  expect(await yes.getByRole('button', { name: '同意' }).isDisabled()).toBe(true);
  await yes.getByLabel('找谁').selectOption({ label: '李娟 语文组' });
  await yes.getByRole('button', { name: '同意' }).click();
  await row('孙丽').getByRole('button', { name: '二维码' }).click();
  await page.getByRole('img', { name: '二维码' }).waitFor(soon);
  expect(await row('吴刚').textContent()).toContain('又用了一次');
});

it('a host agrees on the phone, and takes back a booking with a reason', async () => {
  await open({ path: 'expected', scene: 'teacher', width: 390 });
  await row('钱进').getByRole('button', { name: '同意', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: '同意' }).click();
  await row('钱进').getByRole('button', { name: '取消预约' }).click();
  const dialog = page.getByRole('dialog', { name: '取消预约' });
  expect(await dialog.getByRole('button', { name: '取消预约' }).isDisabled()).toBe(true);
  await dialog.getByLabel('为什么取消（留档）').fill('改期');
  await dialog.getByRole('button', { name: '取消预约' }).click();
  await expect.poll(() => row('钱进').textContent()).toContain('已取消');
});

it('a visitor applies without sign-in, waits, and has the code on the same page', async () => {
  await open({ width: 390 });
  await visit('applying');
  await page.getByLabel('您的姓名（与证件一致）').fill('钱进');
  await page.getByLabel('手机').fill('13900001111');
  await page.getByLabel('找谁（全名）').fill('刘芳');
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.getByText('等待确认').waitFor(soon);
  expect(page.url()).toContain(`/visit/${'a'.repeat(43)}`);
  await page.clock.runFor(11_000);
  await page.getByRole('img', { name: '二维码' }).waitFor(soon);
});

it('what can’t be read is named at its field, by the office and by the visitor, and nothing is sent or lost', async () => {
  await open({ path: 'gate/bookings' });
  await page.getByRole('button', { name: '预约访客' }).click();
  const dialog = page.getByRole('dialog', { name: '预约访客' });
  await dialog.getByLabel('访客姓名').fill('名'.repeat(10_000));
  await dialog.getByLabel('车牌').fill('X12345');
  await dialog.getByLabel('手机').fill('一三八');
  await dialog.getByRole('button', { name: '预约访客' }).click();
  for (const words of ['最多 100 个字', '车牌要从省份开始', '写 11 位手机号'])
    await dialog.getByText(words).waitFor(soon);
  expect([await sent('booking.book'), (await dialog.getByLabel('访客姓名').inputValue()).length]).toEqual([[], 10_000]);
  await visit('applying');
  await page.getByLabel('您的姓名（与证件一致）').fill('名'.repeat(101));
  await page.getByLabel('手机').fill('13900001111');
  await page.getByLabel('找谁（全名）').fill('刘芳');
  await page.getByLabel('车牌').fill('京A1234O');
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.getByText('最多 100 个字').waitFor(soon);
  await page.getByText('车牌没有 I 和 O').waitFor(soon);
});

it('a token that is none, and a school that does not answer, are said; what was typed stays', async () => {
  await open({ width: 390 });
  await visit('unknown', 'x'.repeat(43));
  await page.getByText('这个链接无效或已过期').waitFor(soon);
  await visit('away');
  for (const [label, words] of [
    ['您的姓名（与证件一致）', '钱进'],
    ['手机', '13900001111'],
    ['找谁（全名）', '刘芳'],
  ] as const)
    await page.getByLabel(label).fill(words);
  await page.getByRole('button', { name: '提交申请' }).click();
  await page.getByText('现在连不上学校。内容还在').waitFor(soon);
  expect(await page.getByLabel('您的姓名（与证件一致）').inputValue()).toBe('钱进');
});

it.each(['zh', 'en'])('can be read by every visitor on a phone, day and night, at each step: %s', async (lang) => {
  await open({ width: 390 });
  const fits = async () => {
    expect(await unreadable(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  };
  await visit('applying', undefined, lang);
  await page.locator('input').first().waitFor(soon);
  await fits();
  await visit('applying', 'a'.repeat(43), lang);
  await page.clock.runFor(11_000);
  await page.getByRole('img').first().waitFor(soon);
  await fits();
  await visit('unknown', 'x'.repeat(43), lang);
  await page.getByRole('alert').or(page.locator('h1')).first().waitFor(soon);
  await fits();
});

everybodyCanRead([
  ['bookings', { path: 'gate/bookings' }],
  ['expected, on a phone', { path: 'expected', scene: 'teacher', width: 390 }],
]);
