/** A view as everybody must be able to read it: by axe, day and night, and at six widths in both languages. */
import { unreadable } from '@anyuan/ui/testing';
import { expect, it } from 'vitest';
import { type Look, open, page } from './console-page.ts';

export const idOf = (n: number) => `0199e1a4-5e10-7000-8000-${String(n).padStart(12, '0')}`;

async function fits(lang: string): Promise<void> {
  for (const width of [1440, 1180, 1024, 901, 760, 390]) {
    await page.setViewportSize({ width, height: 900 });
    const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
    await expect.poll(wide, { timeout: 2000, message: `${lang} ${width}` }).toBeLessThanOrEqual(width);
  }
}

export function everybodyCanRead(views: [name: string, look: Look][]): void {
  it.each(views)(
    'can be read by everybody, day and night, and fits its screen in both languages: %s',
    async (_, look) => {
      await open(look);
      await page.clock.runFor(7000);
      expect(await unreadable(page)).toEqual([]);
      await fits('zh');
      await page.evaluate(() => window.hand.speak('en'));
      await fits('en');
    },
  );
}
