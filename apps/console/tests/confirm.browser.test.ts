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
