/** Every view of the console as everybody must be able to read it: by axe, day and night, and at six widths. */
import { AxeBuilder } from '@axe-core/playwright';
import { describe, expect, it } from 'vitest';
import { type Look, open, page } from './console-page.ts';

const drill = (n: number) => `0199e1a4-5e10-7000-8000-${String(n).padStart(12, '0')}`;
const views: [string, Look][] = [
  ['sign-in', { scene: 'signedOut' }],
  ['today', {}],
  ['hazards', { path: 'hazards' }],
  ['hazard', { path: `hazards/${drill(601)}` }],
  ['gate', { path: 'gate', scene: 'actual' }],
  ['pickup', { path: 'pickup' }],
  ['cards', { path: 'pickup/cards' }],
  ['calm', { path: 'alarm' }],
  ['real alarm', { path: 'alarm', scene: 'actual' }],
  ['exercise', { path: 'alarm', scene: 'exercise' }],
  ['test', { path: 'alarm', scene: 'test' }],
  ['devices', { path: 'devices' }],
  ['channels', { path: 'devices/channels' }],
  ['channels on a phone', { path: 'devices/channels', width: 390 }],
  ['cut line', { path: 'gate', scene: 'silent' }],
  ['term', { path: 'drills' }],
  ['term on a phone', { path: 'drills', width: 390 }],
  ['calendar', { path: 'drills/calendar' }],
  ['settings of drills', { path: 'drills/setup' }],
  ['drill to come', { path: `drills/${drill(1)}` }],
  ['running drill', { path: `drills/${drill(13)}`, scene: 'drilling' }],
  ['drill that is over', { path: `drills/${drill(6)}` }],
  ['findings', { path: 'drills/findings' }],
  ['plans', { path: 'plans' }],
  ['plan', { path: `plans/${drill(700)}`, scene: 'principal' }],
  ['hazards by phone', { path: 'mend', width: 390 }],
  ['who lacks what', { path: 'training' }],
  ['courses', { path: 'training/courses' }],
  ['lessons of pupils', { path: 'training/education' }],
  ['people', { path: 'training/people' }],
  ['person', { path: 'training/person/s-1' }],
  ['person on a phone', { path: 'training/person/s-1', width: 390 }],
  ['equipment', { path: 'training/equipment' }],
  ['equipment on a phone', { path: 'training/equipment', width: 390 }],
  ['my own, on a phone', { path: 'mine', scene: 'teacher', width: 390 }],
  ['guards', { path: 'training/staffing' }],
  ['guards on a phone', { path: 'training/staffing', width: 390 }],
  ['phone', { path: 'alarm', scene: 'exercise', width: 390 }],
];

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

describe('every view', () => {
  for (const [name, look] of views) {
    it(`can be read by everybody, day and night, and fits its screen in both languages: ${name}`, async () => {
      await open(look);
      await page.clock.runFor(7000);
      await fits('zh');
      await page.setViewportSize({ width: look.width ?? 1440, height: 900 });
      expect(await wrong((axe) => axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']))).toEqual([]);
      // At night nothing but the colours is another.
      await page.evaluate(() => document.documentElement.setAttribute('data-theme', 'night'));
      expect(await wrong((axe) => axe.withRules(['color-contrast']))).toEqual([]);
      await page.context().close();
      await open({ ...look, lang: 'en' });
      await page.clock.runFor(7000);
      await fits('en');
    });
  }
});
