/** What must be done today, and hazards from their report until somebody else has verified the fix. */
import { describe, expect, it } from 'vitest';
import { open, page, sees, soon } from './console-page.ts';

const id = (n: number) => `0199e1a4-5e10-7000-8000-${String(n).padStart(12, '0')}`;
const sent = (name: string) =>
  page.evaluate((of) => window.hand.sent.filter(([n]) => n === of).map(([, input]) => input), name);
const row = (text: string | RegExp) => page.locator('.today li').filter({ hasText: text });

describe('today', () => {
  it('is the first page, and answers what is late, what is due and what is missing', async () => {
    await open({});
    await page.getByRole('heading', { name: '今天要办的事', level: 1 }).waitFor(soon);
    for (const group of [/^逾期/, /^今天和 7 天内到期/, /^缺少/])
      await page.getByRole('heading', { name: group, level: 2 }).waitFor(soon);
    expect(await row('食堂后门闭门器损坏').textContent()).toMatch(/隐患 Y-1107.*孙浩.*晚 3 天.*催办/);
    expect(await row('校车应急演练还没做').textContent()).toContain('安排');
  });

  it('leads to the one place where each is done', async () => {
    await open({});
    await row('食堂后门闭门器损坏').getByRole('link').click();
    await page.getByRole('heading', { name: '食堂后门闭门器损坏', level: 1 }).waitFor(soon);
    await page.goBack();
    await row('综合楼三楼听不清广播').getByRole('link').click();
    const dialog = page.getByRole('dialog', { name: '登记隐患' });
    expect(await dialog.getByLabel('什么隐患').inputValue()).toBe('综合楼三楼听不清广播');
    await dialog.getByRole('button', { name: '登记隐患' }).click();
    await page.getByRole('heading', { name: '综合楼三楼听不清广播', level: 1 }).waitFor(soon);
    expect(await sent('hazard.reported')).toMatchObject([{ source: { kind: 'finding' } }]);
  });

  it('begins in a new school with its term and its headcount', async () => {
    await open({ scene: 'empty' });
    expect(await row('还没有学期').textContent()).toContain('去填');
    expect(await row('没有填在校人数').textContent()).toContain('去填');
  });

  it('asks for nothing that the reader may not see', async () => {
    await open({ scene: 'guard' });
    expect(await page.getByRole('link', { name: /今日/ }).count()).toBe(0);
  });
});

describe('a hazard', () => {
  it.each([
    ['zh', '登记隐患', '什么隐患', '照片（可不拍）', '这个文件不是照片，换一张。'],
    ['en', 'Report a hazard', 'What is wrong', 'Photo (optional)', 'This file is not a photo. Choose another.'],
  ] as const)(
    'is not reported with a file that is no photo: the form names it (%s)',
    async (lang, add, what, label, words) => {
      await open({ path: 'hazards', lang });
      await page.getByRole('button', { name: add }).click();
      const dialog = page.getByRole('dialog', { name: add });
      await dialog.getByLabel(what).fill('围栏松动');
      const noise = Buffer.from(Array.from({ length: 900 }, (_, i) => (i * 7919) % 251));
      await dialog.getByLabel(label).setInputFiles({ name: 'noise.jpg', mimeType: 'image/jpeg', buffer: noise });
      await dialog.getByText(words).waitFor(soon);
      await dialog.getByRole('button', { name: add }).click();
      await dialog.getByText(words).waitFor(soon);
      expect(await dialog.getByRole('alert').getByText(/./).count()).toBe(1);
      expect(await sent('hazard.reported')).toEqual([]);
    },
  );

  it('is assigned with owner, date and measure, and then stands with him', async () => {
    await open({ path: `hazards/${id(602)}` });
    await page.getByRole('button', { name: '分派' }).click();
    const dialog = page.getByRole('dialog', { name: '分派' });
    const save = dialog.getByRole('button', { name: '分派' });
    expect(await save.isDisabled()).toBe(true);
    await dialog.getByLabel('责任人').selectOption({ label: '马超' });
    await dialog.getByLabel('整改期限').fill('2020-01-01');
    await dialog.getByLabel('整改措施').fill('重新焊接围栏');
    await save.click();
    await dialog.getByText('这一天已经过去。换一天再试。').waitFor(soon);
    await dialog.getByLabel('整改期限').fill('2099-01-01');
    await save.click();
    await dialog.waitFor({ ...soon, state: 'detached' });
    await sees('重新焊接围栏');
    expect((await sent('hazard.assigned')).at(-1)).toMatchObject({ owner: { name: '马超' }, level: 'byDate' });
  });

  it('takes the proof of the fix, and lets nobody verify his own', async () => {
    await open({ path: `hazards/${id(601)}` });
    await page.getByRole('button', { name: '报整改完成' }).click();
    const dialog = page.getByRole('dialog', { name: '报整改完成' });
    const photo = { name: 'list.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('a,b\n1,2\n') };
    await dialog.getByLabel('照片（可不拍）').setInputFiles(photo);
    await dialog.getByText('这个文件不是照片，换一张。').waitFor(soon);
    await dialog.getByLabel('照片（可不拍）').setInputFiles([]);
    await dialog.getByText('这个文件不是照片，换一张。').waitFor({ ...soon, state: 'detached' });
    await dialog.getByLabel('做了什么').fill('换了闭门器，试了 10 次都能关上');
    await dialog.getByRole('button', { name: '报整改完成' }).click();
    await sees('整改是你报的，请另一个人复核。');
    expect(await page.getByRole('button', { name: '复核通过' }).count()).toBe(0);
  });

  it('that another fixed is verified or sent back with a reason', async () => {
    await open({ path: `hazards/${id(604)}` });
    await page.getByRole('button', { name: '退回重改' }).click();
    const dialog = page.getByRole('dialog', { name: '退回重改' });
    expect(await dialog.getByRole('button', { name: '退回重改' }).isDisabled()).toBe(true);
    await dialog.getByRole('button', { name: '取消' }).click();
    await page.getByRole('button', { name: '复核通过' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '复核通过' }).click();
    await sees('已销号');
  });

  it('opens back to the drill that found it', async () => {
    await open({ path: `hazards/${id(601)}` });
    expect(await page.getByRole('link', { name: '看那次演练' }).getAttribute('href')).toMatch(/drills\/0199e1a4/);
  });

  it('that nobody knows is said so', async () => {
    await open({ path: `hazards/${id(99)}` });
    await sees('没有这个页面');
  });
});

describe('the ledger', () => {
  it('shows what is open first, filters what is late, and prints what it shows', async () => {
    await open({ path: 'hazards' });
    await sees('操场东侧围栏松动');
    expect(await page.getByText('北楼梯口拥堵').count()).toBe(0);
    await page.getByRole('radio', { name: /逾期/ }).check({ force: true });
    await expect.poll(() => page.locator('.ledger tbody tr').count()).toBe(1);
    expect(await page.getByRole('link', { name: '打印台账' }).getAttribute('href')).toBe(
      '/api/ledger/hazards.pdf?filter=late&lang=zh',
    );
  });

  it('takes a hazard from a phone', async () => {
    await open({ path: 'mend', width: 390 });
    await page.getByRole('button', { name: '登记隐患' }).click();
    const dialog = page.getByRole('dialog', { name: '登记隐患' });
    await dialog.getByLabel('什么隐患').fill('一楼地砖翘起');
    await dialog.getByLabel('在哪里').fill('一楼走廊');
    await dialog.getByRole('button', { name: '登记隐患' }).click();
    await page.getByRole('heading', { name: '一楼地砖翘起', level: 1 }).waitFor(soon);
    expect(await sent('hazard.reported')).toMatchObject([{ place: '一楼走廊', source: { kind: 'report' } }]);
  });
});

it('a word of 200 letters moves nothing off the screen', async () => {
  for (const width of [1440, 390]) {
    await open({ path: 'mend', width: 390 });
    await page.getByRole('button', { name: '登记隐患' }).click();
    const dialog = page.getByRole('dialog', { name: '登记隐患' });
    await dialog.getByLabel('什么隐患').fill('W'.repeat(200));
    await dialog.getByLabel('在哪里').fill('W'.repeat(100));
    await dialog.getByRole('button', { name: '登记隐患' }).click();
    await page.getByRole('heading', { name: 'WWW', level: 1 }).waitFor(soon);
    await page.setViewportSize({ width, height: 900 });
    await expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    const alarm = await page.getByRole('button', { name: /按住报警/ }).boundingBox();
    expect((alarm?.x ?? width) + (alarm?.width ?? 0)).toBeLessThanOrEqual(width);
    await page.context().close();
  }
});
