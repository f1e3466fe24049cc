import { openBrowser } from './browser.ts';

const [, , out, ...shots] = process.argv;
const browser = await openBrowser();
for (const shot of shots) {
  const [name, query, size = 'office', script] = shot.split('|');
  const viewport = size === 'phone' ? { width: 390, height: 844 } : { width: Number(size) || 1440, height: 900 };
  const page = await browser.newPage({ viewport });
  page.on('pageerror', (e) => console.log(name, 'PAGEERROR', e.message));
  page.on('console', (m) => m.type() === 'error' && console.log(name, 'console', m.text()));
  await page.goto(`http://localhost:5199/console/fixtures.html?${query}`);
  await page.locator('.pane, .alone').first().waitFor({ timeout: 30000 });
  await page.waitForTimeout(900);
  if (script) {
    const step = new Function('page', `return (async () => { ${script} })()`);
    try {
      await step(page);
    } catch (e) {
      console.log(name, String(e).slice(0, 300));
    }
    await page.waitForTimeout(500);
  }
  await page.screenshot({ path: `${out}/${name}.png`, fullPage: size === 'full' });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > viewport.width) console.log(name, 'WIDE', wide);
  await page.close();
}
await browser.close();
