/** People, guards and equipment as the office works with them: what is refused and why, and what stays on record. */
import { describe, expect, it } from 'vitest';
import { open, page, sees, soon } from './console-page.ts';

const sent = (name: string) =>
  page.evaluate((name) => window.hand.sent.filter(([n]) => n === name).map(([, input]) => input), name);
const dialog = () => page.getByRole('dialog');

describe('the guards of the school', () => {
  it('are counted by both rule sets, each line with its number, and a word where no source was read', async () => {
    await open({ path: 'training/staffing' });
    await sees('全校缺 1 名');
    const notices = page.getByRole('article', { name: '公开通知' });
    const lines = await notices.getByRole('listitem').allInnerTexts();
    expect(lines.map((line) => line.split(/\s*\n\s*/))).toEqual([
      ['1,236 学生 + 96 教职工 = 1,332 人'],
      ['1000 人以内 2 名', '+2'],
      ['超过部分 332 人按每 500 人增 1 名（不足 500 人按 500 人计） → 1 名', '+1'],
      ['寄宿生 120 人，每 300 人另增 1 名（不足 300 人按 300 人计） → 1 名', '+1'],
      ['应配', '4 名'],
    ]);
    expect(await notices.getByText('来源未核实').count()).toBe(0);
    const standard = page.getByRole('article', { name: 'GB/T 29315-2022' });
    expect(await standard.getByText('来源未核实').count()).toBe(1);
    await sees('周敏登记');
  });

  it('are counted anew when the numbers change; more boarders than pupils is refused', async () => {
    await open({ path: 'training/staffing' });
    await page.getByRole('button', { name: '人数变了' }).click();
    await page.getByLabel('住宿生').fill('9999');
    await sees('住宿生比学生多。改好再存。');
    expect(await page.getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
    await page.getByLabel('住宿生').fill('130');
    await page.getByRole('button', { name: '保存' }).click();
    await page.locator('.headcount').getByText('130').waitFor(soon);
    expect(await sent('setHeadcount')).toMatchObject([
      { ruleSet: 'notices', headcount: { pupils: 1236, boarders: 130, staff: 96 } },
    ]);
  });

  it('stand on a shift only in date, unless a reason is written, and that stays beside the name', async () => {
    await open({ path: 'training/staffing' });
    await page.getByRole('button', { name: '下一周' }).click();
    await page.locator('.roster .shift').nth(1).click();
    await dialog().getByRole('combobox').selectOption('s-4');
    await dialog().getByRole('button', { name: '上岗', exact: true }).click();
    await dialog().getByText('保安员证，过期').waitFor(soon);
    expect(await sent('putOnShift')).toEqual([]);
    const anyway = dialog().getByRole('button', { name: '仍然上岗' });
    expect(await anyway.isDisabled()).toBe(true);
    await dialog().getByLabel('一定要他上岗的原因').fill('今天两人请假');
    await anyway.click();
    await dialog().getByText('证件不齐仍上岗：今天两人请假（周敏）').waitFor(soon);
    expect(await sent('putOnShift')).toMatchObject([{ person: 's-4', override: { reason: '今天两人请假' } }]);
  });

  it('are taken off with a reason, and the shift says who is short then', async () => {
    await open({ path: 'training/staffing' });
    await page.getByRole('button', { name: '下一周' }).click();
    await page.locator('.roster .shift').first().click();
    await dialog().getByRole('button', { name: '撤下 王强' }).click();
    await dialog().getByLabel('原因').fill('调到北门');
    await dialog().getByRole('button', { name: '把王强撤下' }).click();
    await dialog().getByText('全校缺 2 名').waitFor(soon);
    expect(await sent('takeOffShift')).toMatchObject([{ person: 's-1', reason: '调到北门' }]);
  });

  it('are planned for the days of a week at once', async () => {
    await open({ path: 'training/staffing' });
    await page.getByRole('button', { name: '下一周' }).click();
    await page.getByRole('button', { name: '排班' }).click();
    await page.getByLabel('校门').selectOption('north');
    await page.getByLabel('时段').selectOption('night');
    await sees('到第二天早上');
    await page.getByLabel('周三').uncheck();
    await page.getByRole('button', { name: '排 4 班' }).click();
    await page.getByRole('rowheader', { name: '夜间 北门保安室' }).waitFor(soon);
    expect(await sent('planShifts')).toMatchObject([
      [{ gate: 'north', kind: 'night', from: '20:00', to: '06:00' }, {}, {}, {}],
    ]);
  });

  it('can be looked at by the principal, who changes nothing', async () => {
    await open({ path: 'training/staffing', scene: 'principal' });
    await sees('全校缺 1 名');
    for (const name of ['人数变了', '排班']) expect(await page.getByRole('button', { name }).count()).toBe(0);
    await page.locator('.roster .shift').first().click();
    await dialog().getByText('王强').waitFor(soon);
    expect(await dialog().getByRole('button').allInnerTexts()).toEqual(['关闭']);
  });
});
