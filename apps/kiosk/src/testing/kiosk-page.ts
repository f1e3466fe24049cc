/** The built screens in a real browser, with an agent that tells stories, for the browser tests. */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import type {} from './built.ts';
import type {} from './fixtures.ts';

export const SMALLEST = [1280, 800] as const;

let browser: Browser;
let context: Promise<BrowserContext> | undefined;

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
const leave = async () => {
  const left = await context;
  context = undefined;
  await left?.close();
};
afterEach(leave);
afterAll(() => browser?.close());

export async function open(
  scene = 'idle',
  theme = 'day',
  [width, height]: readonly [number, number] = SMALLEST,
): Promise<Page> {
  context ??= browser.newContext({ timezoneId: 'America/New_York', hasTouch: true });
  const page = await (await context).newPage();
  await page.setViewportSize({ width, height });
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.goto(`${inject('kioskFixtures')}fixtures.html#${scene},${theme}`);
  await page.waitForFunction((name) => document.body.dataset.ready === name, scene);
  expect(errors).toEqual([]);
  return page;
}
export const fresh = async (...args: Parameters<typeof open>): Promise<Page> => {
  await leave();
  return open(...args);
};
export const asked = (page: Page, call: string) =>
  page.evaluate((name) => window.gate.agent.asked.filter((a) => a.call === name).map((a) => a.with), call);
export const tell = (page: Page, event: Parameters<Window['gate']['agent']['emit']>[0]) =>
  page.evaluate((e) => window.gate.agent.emit(e), event);
/** A minute goes by, and the screen has noticed: its clock says so. */
export async function minuteLater(page: Page): Promise<void> {
  const clock = page.locator('.band time');
  const before = await clock.textContent();
  await page.evaluate(() => window.gate.skip(60_000));
  await expect.poll(() => clock.textContent(), { timeout: 10_000 }).not.toBe(before);
}
