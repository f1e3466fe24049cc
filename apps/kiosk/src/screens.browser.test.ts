/** Every screen at its pixels: nothing is cut off or scrolled, the alarm disc stands where it always does, everybody can read it. */
import { unreadable } from '@anyuan/ui/testing';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { open, SMALLEST } from './testing/kiosk-page.ts';
import { scenes } from './testing/scenes.ts';

/** And how many inches across, as `/?inches=` tells the page. */
const LARGER = [
  [1440, 900, 13.3],
  [1920, 1080, 15.6],
] as const;
const AT_ONCE = 3;
/** Design: the alarm disc, 144 px square, at x 1124 and y 608 of 1280 × 800; as far from the same corner on larger panels. */
const DISC = { right: 12, bottom: 48, side: 144 };

/** What does not fit: wider than the page, below its edge, or a content that would have to be scrolled. */
const misfits = (page: Page) =>
  page.evaluate(() => {
    const wrong: string[] = [];
    if (document.documentElement.scrollWidth > innerWidth) wrong.push('the page scrolls sideways');
    const main = document.querySelector('main');
    if (main && main.scrollHeight > main.clientHeight + 1) wrong.push('the content is higher than its place');
    for (const element of document.querySelectorAll('.kiosk *:not(svg *)')) {
      const box = element.getBoundingClientRect();
      const outside = box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1;
      if (box.width > 0 && outside) wrong.push(`${element.tagName}.${element.className} lies outside`);
    }
    const acts = document.querySelector('main > .acts');
    // A pad may stand beside them.
    const taken = [...(acts?.querySelectorAll('button') ?? [])].map((button) => button.getBoundingClientRect());
    for (const element of document.querySelectorAll('main button, main p, main li')) {
      const box = element.getBoundingClientRect();
      const under = taken.some(
        (act) =>
          box.bottom > act.top + 1 && box.top < act.bottom - 1 && box.right > act.left + 1 && box.left < act.right - 1,
      );
      if (under && box.width > 0 && !acts?.contains(element))
        wrong.push(`${element.textContent?.trim()} lies under the buttons`);
    }
    for (const control of document.querySelectorAll('main button, .rail button')) {
      if (control.scrollWidth > control.clientWidth + 1) wrong.push(`${control.textContent?.trim()} is cut off`);
    }
    for (const place of document.querySelectorAll('.verdict, .notice, .sheet, .entry, .act, .tile, .pick, .key')) {
      const box = place.getBoundingClientRect();
      for (const part of place.querySelectorAll('*:not(svg *)')) {
        const { width, bottom, right } = part.getBoundingClientRect();
        if (width > 0 && (bottom > box.bottom + 1 || right > box.right + 1))
          wrong.push(`${part.textContent?.trim()} stands out of ${place.className}`);
      }
    }
    return wrong;
  });
/**
 * What a glove can't hit: buttons under 20 mm on this panel. One exception, named in the design: the stand-down and its PIN
 * are rare and guarded by a reason and a card, and 16 mm leave their place to what is touched in an alarm.
 */
const tooSmall = (page: Page) =>
  page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('i'));
    const px = (name: string) => {
      probe.style.cssText = `position:absolute;width:var(${name})`;
      return probe.getBoundingClientRect().width;
    };
    const [primary, secondary] = [px('--touch-primary'), px('--touch-secondary')];
    probe.remove();
    const wrong: string[] = [];
    for (const button of document.querySelectorAll('.kiosk button')) {
      const { width, height } = button.getBoundingClientRect();
      const least = button.matches('.act.stand, .pinpad *') ? secondary : primary;
      if (width > 0 && Math.min(width, height) < least - 0.5)
        wrong.push(
          `${button.textContent?.trim()} is ${Math.round(width)} × ${Math.round(height)}, not ${Math.ceil(least)}`,
        );
    }
    return wrong;
  });
const disc = (page: Page) =>
  page.evaluate(() => {
    const box = document.querySelector('.alarm .disc')?.getBoundingClientRect();
    return box && { right: innerWidth - box.right, bottom: innerHeight - box.bottom, side: box.width };
  });

describe('every screen', () => {
  const measure = async (
    names: string[],
    [width, height, inches]: readonly [number, number, number?],
    also?: (page: Page) => Promise<string[]>,
  ) => {
    const wrong: Record<string, unknown> = {};
    const waiting = [...names];
    const look = async (page: Page, scene: string) => {
      await page.evaluate((name) => window.gate.show(name), scene);
      const found = [...(await misfits(page)), ...(await tooSmall(page))];
      const where = await disc(page);
      if (JSON.stringify(where) !== JSON.stringify(DISC)) wrong[`${scene}-disc`] = where;
      if (also) found.push(...(await also(page)));
      await page.evaluate(() => window.gate.speak('en'));
      const english = [...(await misfits(page)), ...(await tooSmall(page))];
      found.push(...english.map((one) => `en: ${one}`));
      if (found.length > 0) wrong[scene] = found;
    };
    const walk = async () => {
      const page = await open('idle', 'day', [width, height]);
      if (inches)
        await page.evaluate(
          ([px, inch]) => {
            document.documentElement.style.setProperty('--screen-diagonal-px', String(px));
            document.documentElement.style.setProperty('--screen-diagonal-in', String(inch));
          },
          [Math.hypot(width, height), inches],
        );
      for (let scene = waiting.shift(); scene; scene = waiting.shift()) await look(page, scene);
      await page.close();
    };
    // Part of a scene's time is waiting for its own clock.
    await Promise.all(Array.from({ length: AT_ONCE }, walk));
    return wrong;
  };
  const areaOf = (name: string) => name.split('-')[0] ?? name;
  const names = Object.keys(scenes);
  let wrong: Record<string, unknown>;
  // All in one go: a page costs more than a screen.
  beforeAll(async () => {
    wrong = await measure(names, SMALLEST, unreadable);
  }, 600_000);
  it.each([...new Set(names.map(areaOf))])(
    'fits the smallest panel in both languages, can be read by everybody by day and by night, and the alarm disc stands at its pixels: %s',
    (area) => {
      expect(Object.entries(wrong).filter(([name]) => areaOf(name) === area)).toEqual([]);
    },
  );

  it.each([
    [1024, 600],
    [800, 480],
  ])('is whole in a window of %i × %i, only smaller', async (width, height) => {
    const page = await open('visitor', 'day', [width, height]);
    expect([await misfits(page), (await page.locator('.alarm .disc').boundingBox())?.width]).toEqual([
      [],
      expect.closeTo(DISC.side * Math.min(width / 1280, height / 800), 0),
    ]);
  });

  it.each(LARGER)('fits %i × %i of %d inches too', async (...size) => {
    const some = ['idle', 'offline', 'visitor', 'visitor-hosts-letter', 'visits-onsite', 'pickup-many', 'alarm-many'];
    expect(await measure(some, size)).toEqual({});
  });
});
