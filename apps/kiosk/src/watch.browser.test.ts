/** The watchlist at the screen: what the guard sees, and what whoever stands before it does not. */
import { expect, it } from 'vitest';
import { cutOff } from './testing/data.ts';
import { asked, fresh, minuteLater, tell } from './testing/kiosk-page.ts';
import { HIT, man, watch, woman } from './testing/watch.ts';

type Page = Awaited<ReturnType<typeof fresh>>;
const mark = (page: Page) => page.locator('.act.watch');
const sheet = (page: Page) => page.getByRole('dialog', { name: '核对证件信息' });
const admit = (page: Page) => page.getByRole('button', { name: /^放行/ });
/** Words that would tell whoever looks over the counter. */
const TELLING = /重点|名单|预警|警|黑|危险|可疑|拦|报警|法院|威胁/;

it('match: the mark stands between 拒绝 and 放行, nothing opens, and 相符 asks him to wait in plain words', async () => {
  const page = await fresh('watch');
  await mark(page).waitFor();
  expect(await admit(page).isDisabled()).toBe(true);
  expect(await page.getByText('请到值班室坐').count()).toBe(0);
  expect(await page.locator('main').textContent()).not.toMatch(TELLING);
  await mark(page).click();
  await sheet(page).getByText('请到值班室坐，打电话给陈校长，不要争执。').waitFor();
  expect(await sheet(page).textContent()).not.toMatch(TELLING);
  await sheet(page).getByRole('button', { name: '按说明办理' }).click();
  await page.getByText('请稍候，学校会派人来接待。').waitFor();
  expect(await asked(page, 'watchAnswer')).toEqual([[HIT, 'yes', { presented: man.id }]]);
  expect(await page.locator('main .verdict').count()).toBe(0);
  expect(await page.locator('main').textContent()).not.toMatch(TELLING);
  await minuteLater(page);
  expect(await page.getByText('请稍候，学校会派人来接待。').count()).toBe(1);
});

it('near match: says that it is incomplete, and waits for the school after 不能确定', async () => {
  const page = await fresh('watch-near');
  await sheet(page).getByText('信息不全。请打电话核对后再选。').waitFor();
  await sheet(page).getByRole('button', { name: '等学校答复' }).click();
  await mark(page).getByText('等学校答复').waitFor();
  expect(await admit(page).isDisabled()).toBe(true);
  await tell(page, watch({ answer: 'no', by: 'responder', blocks: false }));
  await mark(page).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '无违禁品' }).click();
  expect(await admit(page).isEnabled()).toBe(true);
});

it('false hit: 不相符 takes the mark away, and the second time there is none', async () => {
  const page = await fresh('watch-cleared');
  expect(await asked(page, 'watchAnswer')).toEqual([[HIT, 'no', { presented: man.id }]]);
  expect(await mark(page).count()).toBe(0);
  await admit(page).click();
  await page.getByText('已放行').first().waitFor();
  // The agent keeps silent about this pair from now on: the card comes alone.
  await tell(page, { type: 'presented', presented: { ...man, id: woman.id } });
  await page.getByRole('button', { name: '无违禁品' }).waitFor();
  expect(await mark(page).count()).toBe(0);
});

it('an expired entry, or nobody on the list: no mark, no notice', async () => {
  const page = await fresh('visitor');
  expect(await mark(page).count()).toBe(0);
  expect(await admit(page).isEnabled()).toBe(true);
});

it('off line: the sentence stands at once, and says that nobody has been told and whom to phone', async () => {
  const page = await fresh('watch-offline');
  await sheet(page).getByText('还没有通知到人。请现在打电话。').waitFor();
  await sheet(page).getByText('分机 8001').waitFor();
  await tell(page, { type: 'status', status: cutOff() });
  await tell(page, watch({ told: true }));
  await sheet(page).getByText('已通知下面的人。').waitFor();
});

it('a sheet that nobody touches folds, and the mark stays as long as it takes', async () => {
  const page = await fresh('watch-sheet');
  await page.evaluate(() => window.gate.skip(21_000));
  await sheet(page).waitFor({ state: 'detached' });
  await minuteLater(page);
  await mark(page).waitFor();
});

it('whoever is typed is compared too, and only looking holds nobody back', async () => {
  const page = await fresh('watch-observe');
  await mark(page).waitFor();
  expect(await admit(page).isEnabled()).toBe(true);
});

it('a child is not handed over while it is not answered', async () => {
  const page = await fresh('watch-pickup');
  await mark(page).waitFor();
  expect(await page.getByRole('button', { name: /^是本人/ }).isDisabled()).toBe(true);
  await mark(page).click();
  await sheet(page).getByRole('button', { name: '照常办理' }).click();
  await page.getByRole('button', { name: /^是本人/ }).click();
  expect(await asked(page, 'handOver')).toHaveLength(1);
});
