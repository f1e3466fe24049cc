/** A view as everybody must be able to read it: by axe, day and night, and at six widths in both languages. */
import { AxeBuilder } from '@axe-core/playwright';
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

async function wrong(rules: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  const { violations } = await rules(new AxeBuilder({ page })).analyze();
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`);
}

export function everybodyCanRead(views: [name: string, look: Look][]): void {
  it.each(views)(
    'can be read by everybody, day and night, and fits its screen in both languages: %s',
    async (_, look) => {
      await open(look);
      await page.clock.runFor(7000);
      expect(await wrong((axe) => axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']))).toEqual([]);
      // At night nothing but the colours is another.
      await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'night'));
      expect(await wrong((axe) => axe.withRules(['color-contrast']))).toEqual([]);
      await fits('zh');
      await page.evaluate(() => window.hand.speak('en'));
      await fits('en');
    },
  );
}
