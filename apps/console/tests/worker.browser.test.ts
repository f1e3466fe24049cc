/** The built page without a network: opened once, it opens again, and asks for the server by itself. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { build, preview } from 'vite';
import { expect, it } from 'vitest';

const root = new URL('..', import.meta.url).pathname;

it('opens anew while the network is away, with its parts and its letters', async () => {
  const outDir = await mkdtemp(join(tmpdir(), 'anyuan-console-'));
  await build({ root, logLevel: 'error', build: { outDir } });
  const server = await preview({ root, logLevel: 'error', build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  const executablePath = process.env.ANYUAN_CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  try {
    const context = await browser.newContext();
    const page = await context.newPage();
    const address = server.resolvedUrls?.local[0] ?? '';
    await page.goto(`${address}roll`);
    /** Parts that the page uses and that are not kept yet. */
    const lacking = () =>
      page.evaluate(async () => {
        const parts = performance.getEntriesByType('resource').filter((part) => part.name.includes('/assets/'));
        const kept = await Promise.all(parts.map((part) => caches.match(part.name, { ignoreVary: true })));
        return parts.length === 0 ? null : kept.filter((found) => !found).length;
      });
    await expect.poll(lacking, { timeout: 60_000 }).toBe(0);
    await context.setOffline(true);
    await page.goto(`${address}roll`);
    await page.getByText('连不上学校服务器').first().waitFor();
    expect(await page.evaluate(() => document.styleSheets.length)).toBeGreaterThan(0);
  } finally {
    await browser.close();
    await server.close();
    await rm(outDir, { recursive: true, force: true });
  }
});
