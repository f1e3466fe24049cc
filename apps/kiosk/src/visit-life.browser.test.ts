/** How many touches a visit costs, counted as the browser counts them: real clicks and keys, nothing that a test knows better. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { presented, stranger } from './testing/data.ts';
import { asked, fresh, tell } from './testing/kiosk-page.ts';

/** From now on. */
async function counting(page: Page): Promise<() => Promise<{ touches: number; keys: number }>> {
  await page.evaluate(() => {
    const counts = { touches: 0, keys: 0 };
    addEventListener('click', (e) => e.isTrusted && counts.touches++, true);
    addEventListener('keydown', (e) => e.isTrusted && counts.keys++, true);
    Object.assign(window, { counts });
  });
  return () => page.evaluate(() => Reflect.get(window, 'counts'));
}
const touch = (page: Page, name: string, exact = false) => page.getByRole('button', { name, exact }).first().click();

it('a returning visitor is asked for by himself and is in after two touches, once his host has said yes', async () => {
  const page = await fresh('idle-asking');
  const counts = await counting(page);
  await tell(page, { type: 'presented', presented: presented() });
  await page.getByText('正在问刘芳').waitFor();
  await touch(page, '无违禁品');
  expect(await page.getByRole('button', { name: '放行', exact: true }).count()).toBe(0);
  await page.evaluate(() => window.gate.hostSays('yes'));
  await page.getByText('同意').waitFor();
  await touch(page, '放行', true);
  await page.getByText('E1123-008').waitFor();
  expect(await asked(page, 'askHost')).toHaveLength(1);
  expect(await counts()).toEqual({ touches: 2, keys: 0 });
});

it('a first visit with an ID card takes five touches and no key, also when two hosts bear one name', async () => {
  const page = await fresh('idle-namesakes');
  const counts = await counting(page);
  await tell(page, { type: 'presented', presented: stranger() });
  await touch(page, '家长面谈');
  await touch(page, '三（2）班');
  // Told apart by their posts.
  await touch(page, '刘芳 三（2）班，数学教师');
  await page.getByText('同意').waitFor();
  await touch(page, '无违禁品');
  await touch(page, '放行', true);
  await page.getByText('E1123-008').waitFor();
  expect(await counts()).toEqual({ touches: 5, keys: 0 });
  expect(await asked(page, 'admit')).toMatchObject([[{ host: 'liufang2', type: 'parent' }]]);
});

it('a no is a refusal with one more touch; off line the guard gives a reason', async () => {
  const page = await fresh('idle-asking');
  await tell(page, { type: 'presented', presented: presented() });
  await page.getByText('正在问刘芳').waitFor();
  await touch(page, '无违禁品');
  await page.evaluate(() => window.gate.hostSays('no'));
  await page.getByText('刘芳不见：不认识').waitFor();
  await touch(page, '拒绝');
  await page.getByText('被访人不见').waitFor();
  expect(await asked(page, 'refuse')).toMatchObject([[{ refusal: 'hostDeclined' }]]);

  const cut = await fresh('idle-cut');
  await tell(cut, { type: 'presented', presented: presented() });
  await cut.getByText('断网，问不出去').waitFor();
  await touch(cut, '无违禁品');
  await touch(cut, '不等答复');
  await touch(cut, '打过电话了');
  await touch(cut, '放行', true);
  await cut.getByText('E1123-008').waitFor();
  expect(await asked(cut, 'admit')).toMatchObject([[{ override: 'phoned' }]]);
});

it('a coach of parents is one entry, and what is typed of them stays text', async () => {
  const page = await fresh('idle-agreed');
  await tell(page, { type: 'presented', presented: presented() });
  await touch(page, '更改');
  await touch(page, '多 10 人');
  await page.getByLabel('同行人姓名').fill("<img src=x onerror=alert(1)>、'); drop table visits;--、😀");
  await touch(page, '好了');
  await touch(page, '无违禁品');
  await touch(page, '放行', true);
  await page.getByText('E1123-008').waitFor();
  expect(await page.locator('img').count()).toBe(0);
  expect(await asked(page, 'admit')).toMatchObject([
    [{ party: { count: 11, names: ['<img src=x onerror=alert(1)>', "')", 'drop table visits', '--', '😀'] } }],
  ]);
});
