/** A host's phone: who waits at the gate, and what he says. */
import { expect, it } from 'vitest';
import { open, sees } from './console-page.ts';

it('a host says yes with one touch, or no with its reason; the notice stands on every other view', async () => {
  const page = await open({ scene: 'asked', path: 'mine', width: 390 });
  await page.getByRole('link', { name: '去答复' }).click();
  await sees('张伟明');
  const first = page.getByRole('region', { name: '张伟明' });
  await first.getByRole('button', { name: '请他进来' }).click();
  await sees(/刘芳 .* 同意/);
  const second = page.getByRole('region', { name: /阿卜杜热合曼/ });
  await second.getByRole('button', { name: '不见' }).click();
  await second.getByRole('button', { name: '没有约' }).click();
  await sees('门口没有人等你答复。');
  const sent = await page.evaluate(() => window.hand.sent.filter(([name]) => name === 'answerHost'));
  expect(sent).toMatchObject([
    ['answerHost', { answer: 'yes' }],
    ['answerHost', { answer: 'no', decline: 'notExpected' }],
  ]);
});

it('the administrator settles who is asked after a host; who has left is named, and nothing typed is lost', async () => {
  const page = await open({ path: 'gate/asking' });
  await page.getByLabel('每人等多久').fill('90');
  await page.getByLabel('值班领导').selectOption('s-ma');
  await page.getByRole('button', { name: '保存' }).click();
  await sees('没有保存：马超的代理人已不在名单上，或是保安。请换人。');
  await page.getByLabel('马超的代理人').and(page.locator('select')).selectOption('s-liu');
  await page.getByRole('button', { name: '删除郭婷的代理人' }).click();
  await page.getByRole('button', { name: '保存' }).click();
  await sees('已保存。从下一次询问起照此办理。');
  const sent = await page.evaluate(() => window.hand.sent.filter(([name]) => name === 'saveAsking'));
  expect(sent.at(-1)?.[1]).toEqual({
    ...{ waitSeconds: 90, dutyLeader: 's-ma', closing: '18:30' },
    deputies: [{ host: 's-ma', deputy: 's-liu' }],
  });
});
