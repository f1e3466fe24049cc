/** What drills and training came to, as an administrator looks at it, files it and brings it in. */
import { unreadable } from '@anyuan/ui/testing';
import { describe, expect, it } from 'vitest';
import { open, page, soon } from './console-page.ts';

const id = (n: number) => `0199e1a4-5e10-7000-8000-${String(n).padStart(12, '0')}`;
const sent = (name: string) =>
  page.evaluate((of) => window.hand.sent.filter(([n]) => n === of).map(([, input]) => input), name);

describe('what the drills came to', () => {
  it('shows each drill against its target, as a chart and as a table that says the same', async () => {
    await open({ path: 'drills' });
    const table = page.getByRole('table', { name: '全校疏散用时，一场一行' });
    await table.waitFor(soon);
    const [latest, ...earlier] = await table.locator('tbody tr').all();
    expect(earlier).toHaveLength(3);
    expect(await latest?.textContent()).toMatch(/消防疏散演练\s*02:00\s*01:52\s*达标\s*五（2）班\s*01:52/);
    await page.locator('.times .chart svg').waitFor(soon);
    expect(await page.locator('.times .chart').getAttribute('aria-hidden')).toBe('true');
    await latest?.getByRole('link').click();
    await page.getByRole('heading', { name: '消防疏散演练', level: 1 }).waitFor(soon);
  });

  it('follows one class over the drills', async () => {
    await open({ path: 'drills' });
    await page.getByLabel('看谁').selectOption('五（2）班');
    const table = page.getByRole('table', { name: '五（2）班疏散用时，一场一行' });
    await table.waitFor(soon);
    expect(await table.locator('tbody tr').first().textContent()).toMatch(/01:52/);
    expect(await table.locator('tbody tr').last().textContent()).toMatch(/02:16[\s\S]*慢 00:16/);
  });

  it('says which rules were kept, and gives the term’s ledger', async () => {
    await open({ path: 'drills' });
    const kept = page.locator('.kept');
    await kept.getByRole('img', { name: '校车应急演练：该做 1 次，做了 0 次' }).waitFor(soon);
    expect(await kept.getByText('还没到期').count()).toBeGreaterThan(0);
    for (const [name, kind] of [
      ['打印演练台账', 'pdf'],
      ['导出表格', 'xlsx'],
    ] as const)
      expect(await page.getByRole('link', { name }).getAttribute('href')).toBe(
        `/api/drills/files/ledger.${kind}?term=${id(900)}&lang=zh`,
      );
  });

  it('gives the ledger of the month that is looked at', async () => {
    await open({ path: 'training/courses', lang: 'en' });
    const link = page.getByRole('link', { name: 'Print the month’s ledger' });
    expect(await link.getAttribute('href')).toMatch(/^\/api\/training\/ledger\.pdf\?month=\d{4}-\d\d&lang=en$/);
  });
});

describe('the days of the term', () => {
  it('says whose word a day is, and takes back the school’s own ones only', async () => {
    await open({ path: 'drills/setup' });
    const days = page.locator('section').filter({ has: page.getByRole('heading', { name: '放假和补课' }) });
    await days.getByText('国家', { exact: true }).first().waitFor(soon);
    const rows = days.locator('.lines > li');
    expect(await rows.filter({ hasText: '国家' }).getByRole('button').count()).toBe(0);
    const first = (await days.getByLabel('从').getAttribute('min')) ?? '';
    const day = new Date(Date.parse(first) + (14 * 7 + 1) * 86_400_000).toISOString().slice(0, 10);
    await days.getByLabel('从').fill(day);
    await days.getByLabel('名称').fill('运动会');
    await days.getByRole('button', { name: '录入' }).click();
    const own = rows.filter({ hasText: '运动会' });
    await own.getByText('学校', { exact: true }).waitFor(soon);
    await own.getByRole('button', { name: '删除' }).click();
    await own.waitFor({ ...soon, state: 'detached' });
    expect(await sent('removeDay')).toEqual([day]);
  });
});

describe('the signs of patrol points', () => {
  it('are printed from the office, a route or a post at a time', async () => {
    await open({ path: 'patrols', lang: 'en' });
    const links = page.getByRole('link', { name: /^Print the signs/ });
    await links.first().waitFor(soon);
    for (const link of await links.all())
      expect(await link.getAttribute('href')).toMatch(
        /^\/api\/drills\/files\/places\/[0-9a-f-]{36}\/signs\.pdf\?lang=en$/,
      );
  });
});

describe('people from a sheet', () => {
  const list = {
    name: '人员.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(`工号,姓名,岗位\r\n${'T-1,甲,教师\r\n'.repeat(9)}`),
  };

  it('shows what would come of it before anything happens, brings it in, and takes it back', async () => {
    await open({ path: 'training' });
    await page.getByRole('button', { name: '导入名单' }).click();
    const dialog = page.getByRole('dialog', { name: '导入人员名单' });
    expect(await dialog.getByRole('link', { name: '下载模板' }).getAttribute('href')).toBe(
      '/api/training/people-template.xlsx?lang=zh',
    );
    await dialog.getByLabel(/^Excel/).setInputFiles(list);
    await dialog.getByRole('button', { name: '检查名单' }).click();
    await dialog.getByText('第 6 行，岗位：没有这个岗位。照下面的岗位写。').waitFor(soon);
    await dialog.getByText('已有同名的人，工号 s-1', { exact: false }).waitFor(soon);
    await dialog.getByText('岗位 保安 → 保安、司机，电话 空 → 13900001111').waitFor(soon);
    await dialog.getByText('教师、班主任，13911112222，入职日期 2026-09-01').waitFor(soon);
    await dialog.getByText('这些列没有导入：备注。', { exact: false }).waitFor(soon);
    expect(await sent('importPeople')).toEqual([]);
    expect(await unreadable(page)).toEqual([]);
    await dialog.getByRole('button', { name: '导入 3 人' }).click();
    await dialog.getByText('已导入：新增 2 人，修改 1 人。').waitFor(soon);
    expect(await sent('importPeople')).toMatchObject([{ seal: 'seal' }]);
    await dialog.getByRole('button', { name: '撤销导入' }).click();
    await dialog.getByText('新增的人会删掉，改过的人恢复原样。').waitFor(soon);
    expect(await sent('undoPeopleImport')).toEqual([]);
    await dialog.getByRole('button', { name: '撤销导入' }).click();
    await dialog.getByText('已撤销。').waitFor(soon);
    await dialog.getByText('已撤销', { exact: true }).waitFor(soon);
    expect(await unreadable(page)).toEqual([]);
  });

  it('says of a file that can’t be used what to do, in English too', async () => {
    await open({ path: 'training', lang: 'en', width: 390 });
    await page.getByRole('button', { name: 'Import people' }).click();
    const dialog = page.getByRole('dialog', { name: 'Import people' });
    await dialog.getByLabel(/^Excel/).setInputFiles({ ...list, buffer: Buffer.from('x') });
    await dialog.getByRole('button', { name: 'Check the list' }).click();
    await dialog.getByText('The column “Roles” is missing. Use the template.').waitFor(soon);
  });

  it('is for those who keep the list', async () => {
    await open({ path: 'training', scene: 'principal' });
    await page.getByRole('heading', { name: '谁缺什么' }).waitFor(soon);
    expect(await page.getByRole('button', { name: '导入名单' }).count()).toBe(0);
  });
});
