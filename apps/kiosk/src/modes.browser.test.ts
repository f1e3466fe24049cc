/** Practice beside the real gate, and peak hours, by touch in a real browser. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { alarm, presented, yes } from './testing/data.ts';
import { fresh, tell } from './testing/kiosk-page.ts';

const touch = (page: Page, words: string) =>
  page.locator('main button, .rail button', { hasText: words }).first().tap();
/** Everything that the screen has asked of its agent, by name. */
const said = (page: Page) => page.evaluate(() => window.gate.agent.asked.map(({ call }) => call));

describe('practice', () => {
  it('asks nothing of the agent, whatever is touched in it, and a real card ends it at once', async () => {
    const page = await fresh('practice-right');
    await page.getByRole('alert').filter({ hasText: '对' }).waitFor();
    for (const words of [
      '下一位',
      '下一位来了',
      '无违禁品',
      '放行',
      '下一位',
      '下一位来了',
      '发现物品',
      '刀具',
      '不放行',
    ]) {
      await touch(page, words);
    }
    for (const words of ['下一位', '下一位来了', '是本人', '下一位', '下一位来了', '叫班主任'])
      await touch(page, words);
    await page.getByText('5 / 8').waitFor();
    await tell(page, { type: 'reading', device: 'reader' });
    expect(await page.locator('.ribbon').count()).toBe(1);
    expect(await said(page)).toEqual([]);
    await tell(page, { type: 'verdict', verdict: yes() });
    await page.getByText('可以接走').waitFor();
    await touch(page, '是本人');
    await page.locator('.results').waitFor();
    expect(await page.locator('.ribbon').count()).toBe(0);
    expect(await said(page)).toEqual(['handOver']);
  });

  it('ends for an alarm of the school, and for a press of its own', async () => {
    const page = await fresh('practice-first');
    await tell(page, { type: 'alarms', incidents: [alarm()] });
    await page.getByRole('alert').filter({ hasText: '锁门躲避' }).waitFor();
    const again = await fresh('practice-first');
    await again.locator('.alarm').dispatchEvent('pointerdown', { button: 0, pointerId: 1, bubbles: true });
    await expect.poll(() => said(again), { timeout: 4000 }).toContain('press');
    expect(await again.locator('.ribbon.practice').count()).toBe(0);
  });
});

describe('peak hours', () => {
  it('are begun by hand, answer a card over a visitor, and bring the visitor back', async () => {
    const page = await fresh('more');
    await touch(page, '打开高峰模式');
    await page.locator('.peak-plate').waitFor();
    await tell(page, { type: 'presented', presented: presented() });
    await touch(page, '无违禁品');
    await tell(page, { type: 'verdict', verdict: yes() });
    await touch(page, '是本人');
    await page.evaluate(() => window.gate.skip(4000));
    await page.getByText('张伟明').first().waitFor();
    expect(await page.getByRole('button', { name: '无违禁品' }).getAttribute('aria-pressed')).toBe('true');
  });
});
