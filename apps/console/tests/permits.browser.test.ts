/** Permits and vehicles as the office keeps them. */
import { describe, expect, it } from 'vitest';
import { open, page, sees, soon } from './console-page.ts';

const sent = (name: string) =>
  page.evaluate((of) => window.hand.sent.filter(([n]) => n === of).map(([, input]) => input), name);
const row = (text: string) => page.locator('tbody tr').filter({ hasText: text });

describe('permits', () => {
  it('are found by a part of a plate and by state; what ends soon is said', async () => {
    await open({ path: 'gate/permits' });
    await row('赵铁军').getByText('还有 7 天到期').waitFor(soon);
    await page.getByRole('searchbox').fill('d·083');
    await expect.poll(() => page.locator('tbody tr').count(), soon).toBe(1);
    await row('刘芳').waitFor(soon);
    await page.getByRole('searchbox').fill('');
    await page.getByRole('radio', { name: '暂停' }).check();
    await row('离职，卡未交回').waitFor(soon);
  });

  it('one is suspended with a reason, and given back', async () => {
    await open({ path: 'gate/permits' });
    await row('赵铁军').getByRole('button', { name: '暂停' }).click();
    const dialog = page.getByRole('dialog');
    const go = dialog.getByRole('button', { name: '暂停' });
    expect(await go.isDisabled()).toBe(true);
    await dialog.getByLabel('原因').fill('合同终止');
    await go.click();
    await row('合同终止').getByText('已暂停').waitFor(soon);
    await row('赵铁军').getByRole('button', { name: '恢复' }).click();
    await dialog.getByRole('button', { name: '恢复' }).click();
    await row('赵铁军').getByText('有效').waitFor(soon);
    expect(await sent('permit.suspend')).toMatchObject([{ reason: '合同终止' }]);
  });

  it('a new one takes the card that was just tapped at a gate; a wrong plate and another’s plate are said', async () => {
    await open({ path: 'gate/permits' });
    await page.getByRole('button', { name: '发出入证' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('姓名或车名').fill('郭婷');
    await dialog.getByLabel('尾号 7731').check();
    const plates = dialog.getByLabel('车牌（可写多个，用逗号隔开）');
    await plates.fill('京AIO345');
    await dialog.getByText('“京AIO345”不是车牌。').waitFor(soon);
    await plates.fill('京a·83615');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.getByText('京A·83615 已经在“校车 1 号”的证上。').waitFor(soon);
    await plates.fill('京A10086');
    await dialog.getByRole('button', { name: '保存' }).click();
    await row('郭婷').getByText('7731').waitFor(soon);
    expect((await sent('permit.save')).at(-1)).toMatchObject({
      card: { by: 'tap' },
      plates: ['京A10086'],
      kind: 'staff',
    });
  });

  it('says what a permit still lacks, and that it ends before it begins', async () => {
    await open({ path: 'gate/permits' });
    await page.getByRole('button', { name: '发出入证' }).click();
    const dialog = page.getByRole('dialog');
    const [from, to] = [dialog.getByLabel('有效期 起'), dialog.getByLabel('有效期 止')];
    await from.fill('2026-12-01');
    await to.fill('2026-11-01');
    await dialog.getByText('截止日期早于开始日期').waitFor(soon);
    expect(await dialog.locator('.lacking').textContent()).toMatch(/姓名.*有效期/);
    const save = dialog.getByRole('button', { name: '保存' });
    expect(await save.isDisabled()).toBe(true);
    const at = await save.boundingBox();
    expect((at?.y ?? 900) + (at?.height ?? 0)).toBeLessThan(900);
    const days = await dialog
      .locator('.weekdays .check')
      .evaluateAll((all) => all.map((e) => e.getBoundingClientRect().top));
    expect(new Set(days).size).toBe(1);
  });

  it.each([
    ['permits', 1440],
    ['book', 390],
  ])('a name without spaces breaks no table: %s at %i', async (path, width) => {
    await open({ path: `gate/${path}`, width });
    const lead = page.locator('td.lead .clip').first();
    await lead.waitFor(soon);
    const standing = () => page.locator('th').evaluateAll((all) => all.map((th) => th.clientWidth));
    const before = await standing();
    await lead.evaluate((name) => {
      name.textContent = 'Wolfeschlegelsteinhausen'.repeat(9).slice(0, 200);
    });
    expect(await standing()).toEqual(before);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  it('a principal reads and changes nothing; a teacher finds no page', async () => {
    await open({ path: 'gate/permits', scene: 'principal' });
    await row('刘芳').waitFor(soon);
    expect(await page.getByRole('button', { name: '发出入证' }).count()).toBe(0);
    await open({ path: 'gate/permits', scene: 'teacher' });
    await sees('没有权限');
  });
});

describe('vehicles', () => {
  it('inside, overnight first; the log shows a gap and why one was turned back', async () => {
    await open({ path: 'gate/vehicles' });
    await row('冀R·7719挂').getByText('过夜').waitFor(soon);
    await row('京N·5K218').getByText('没有进校记录').waitFor(soon);
    await row('冀R·83X52').getByText('出入证已过期').first().waitFor(soon);
  });

  it('a delivery is planned, and cancelled; a window the wrong way round is said', async () => {
    await open({ path: 'gate/vehicles' });
    await page.getByRole('button', { name: '登记送货' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('供货单位').fill('绿源蔬菜');
    await dialog.getByLabel('时间 起').fill('11:00');
    await dialog.getByLabel('时间 止').fill('10:00');
    await dialog.getByRole('button', { name: '保存' }).click();
    await dialog.getByText('结束时间要晚于开始时间').waitFor(soon);
    await dialog.getByLabel('时间 止').fill('12:00');
    await dialog.getByRole('button', { name: '保存' }).click();
    await row('绿源蔬菜').getByRole('button', { name: '取消' }).click();
    await expect.poll(() => row('绿源蔬菜').count(), soon).toBe(0);
  });
});
