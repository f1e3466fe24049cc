/** The built console in a real browser, on a school in memory. Time is the browser's own clock in the test's hand. */
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import type * as fixtures from '../src/testing/fixtures.ts';
import type { Hand } from '../src/testing/memory-clients.ts';
import type {} from './built.ts';

declare global {
  interface Window {
    hand: Hand;
    made: typeof fixtures;
  }
}

let browser: Browser;
export let page: Page;

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env.ANYUAN_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
});
afterEach(() => page?.context().close());
afterAll(() => browser?.close());

export interface Look {
  scene?: string;
  path?: string;
  theme?: 'day' | 'night';
  lang?: 'zh' | 'en';
  width?: number;
}

export async function open({
  scene = 'calm',
  path = '',
  theme = 'day',
  lang = 'zh',
  width = 1440,
}: Look): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, timezoneId: 'America/New_York' });
  page = await context.newPage();
  await page.clock.install();
  await page.goto(`${inject('consoleFixtures')}fixtures.html?${new URLSearchParams({ scene, path, theme, lang })}`);
  await page.locator('.pane, .alone').first().waitFor();
  return page;
}
export const soon = { timeout: 15_000 };
/** From here the page's time moves only by the test's hand. */
export const still = async () => page.clock.pauseAt((await page.evaluate(() => Date.now())) + 200);
export const sees = (text: string | RegExp) => page.getByText(text).first().waitFor(soon);
