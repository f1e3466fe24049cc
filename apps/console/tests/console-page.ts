/** The built console in a real browser, on a school in memory. Time is the browser's own clock in the test's hand. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type * as fixtures from '../src/testing/fixtures.ts';
import type { Hand } from '../src/testing/memory-clients.ts';

declare global {
  interface Window {
    hand: Hand;
    made: typeof fixtures;
  }
}

const root = new URL('..', import.meta.url).pathname;
let outDir: string;
let server: PreviewServer;
let browser: Browser;
export let page: Page;

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'anyuan-console-'));
  await build({ root, logLevel: 'error', build: { outDir, rolldownOptions: { input: join(root, 'fixtures.html') } } });
  server = await preview({ root, logLevel: 'error', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
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
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(outDir, { recursive: true, force: true });
});

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
  const base = server.resolvedUrls?.local[0] ?? '';
  await page.goto(`${base}fixtures.html?${new URLSearchParams({ scene, path, theme, lang })}`);
  await page.locator('.pane, .alone').first().waitFor();
  return page;
}
export const soon = { timeout: 15_000 };
/** From here the page's time moves only by the test's hand. */
export const still = async () => page.clock.pauseAt((await page.evaluate(() => Date.now())) + 200);
export const sees = (text: string | RegExp) => page.getByText(text).first().waitFor(soon);
