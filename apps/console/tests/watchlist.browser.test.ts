/** The watchlist as the principal keeps it, as a responder answers, and as nobody else sees it. */
import { describe, expect, it } from 'vitest';
import { open, page, sees, soon } from './console-page.ts';

const sent = (name: string) =>
  page.evaluate((of) => window.hand.sent.filter(([n]) => n === of).map(([, input]) => input), name);
const line = (name: string) => page.locator('.watchlines > li').filter({ hasText: name });

describe('the watchlist', () => {
  it('an administrator whom no entry names sees nobody, no link and no notice', async () => {
    await open({ path: 'gate' });
    expect(await page.getByRole('link', { name: '重点人员预警' }).count()).toBe(0);
    expect(await page.locator('.watchnotice').count()).toBe(0);
    await open({ path: 'watchlist' });
    await sees('没有需要核对的来访。');
    await page.getByRole('radio', { name: '名单' }).check();
    await sees('名单上没有写明您可以查看的人。');
    expect(await page.getByRole('radio', { name: '查看记录' }).count()).toBe(0);
  });

  it('names are covered; to open one is a click, and who looked stands beside', async () => {
    await open({ path: 'gate', scene: 'principal' });
    await page.getByRole('link', { name: '重点人员预警' }).click();
    await line('鲁＊＊').waitFor(soon);
    expect(await page.getByText('鲁志平').count()).toBe(0);
    await line('鲁＊＊').getByRole('button', { name: '打开' }).click();
    await page.getByRole('dialog', { name: '鲁志平' }).getByText('…5154').waitFor(soon);
    await page.keyboard.press('Escape');
    await page.getByRole('radio', { name: '查看记录' }).check();
    await sees('无权查看，已拒绝');
  });

  it('what is wrong is said in words before anything is sent, and SQL or HTML is text', async () => {
    await open({ path: 'watchlist', scene: 'principal' });
    await page.getByRole('button', { name: '新增' }).click();
    const dialog = page.getByRole('dialog');
    const save = dialog.getByRole('button', { name: '保存' });
    const says = (words: string) => dialog.getByRole('alert').getByText(words).waitFor(soon);
    await save.click();
    await says('请填写姓名。');
    await dialog.getByRole('textbox', { name: '姓名', exact: true }).fill("<b>鲁</b>'; drop table gate.staff;--");
    await save.click();
    await says('请填出生日期或证件号码。只有姓名不能比对。');
    await dialog.getByRole('textbox', { name: /^证件号码/ }).fill('110000198207145155');
    await save.click();
    await says('证件号码不对。请对照证件再填一次。');
    await dialog.getByRole('textbox', { name: /^证件号码/ }).fill('110000198207145154');
    await dialog.getByRole('textbox', { name: /^给门卫的话/ }).fill('字'.repeat(10_000));
    await save.click();
    await says('给门卫的话最多 60 个字。请写短些。');
    await dialog.getByRole('textbox', { name: /^给门卫的话/ }).fill('请等候 😀');
    await dialog.getByRole('group', { name: '静默通知谁' }).getByLabel('周敏').check();
    await dialog.getByLabel('截止日期').fill('2020-01-01');
    await save.click();
    await says('截止日期太早。请填更晚的日期。');
    expect(await sent('watch.make')).toEqual([]);
    await dialog.getByLabel('截止日期').fill(new Date(Date.now() + 86_400_000 * 90).toISOString().slice(0, 10));
    await save.click();
    await dialog.waitFor({ state: 'detached' });
    expect(await sent('watch.make')).toMatchObject([
      { draft: { idNumber: '110000198207145154', responders: ['s-zhou'] } },
    ]);
  });

  it('a responder answers from the notice on his phone, and may correct himself', async () => {
    await open({ path: 'alarm', scene: 'principal', width: 390 });
    const notice = page.locator('.watchnotice');
    await notice.getByText('有一位来访者，请您核对。').waitFor(soon);
    expect(await notice.textContent()).not.toMatch(/鲁|法院|名单/);
    await notice.getByRole('button', { name: '不是' }).click();
    expect(await sent('watch.answer')).toEqual([]);
    await notice.getByText('不是这个人，门岗照常办理？').waitFor(soon);
    await notice.getByRole('button', { name: '确定' }).click();
    await notice.waitFor({ state: 'detached' });
    expect(await sent('watch.answer')).toMatchObject([{ is: 'no' }]);
  });

  it('the notice leads to the check, with how they agreed and who answered', async () => {
    await open({ path: 'today', scene: 'principal' });
    await page.locator('.watchnotice').getByRole('link', { name: '去核对' }).click();
    await page.getByText('证件号码相同').waitFor(soon);
    await page.getByText('姓名和出生年份相同').waitFor(soon);
    await page.getByRole('button', { name: '改答' }).click();
    expect(await page.locator('.hits .watchanswers').count()).toBe(2);
  });
});
