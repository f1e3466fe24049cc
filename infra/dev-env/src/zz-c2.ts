import { readFileSync } from 'node:fs';
import { openBrowser } from './browser.ts';

const [, , out, ...shots] = process.argv;
const browser = await openBrowser();
const made: string[] = [];
let widest = 0;
for (const shot of shots) {
  const [name, query, size = 'office', script] = shot.split('|');
  const viewport = size.startsWith('phone') ? { width: 390, height: 844 } : { width: 1440, height: 900 };
  const page = await browser.newPage({ viewport });
  page.on('pageerror', (e) => console.log(name, 'PAGEERROR', e.message));
  page.on('console', (m) => m.type() === 'error' && console.log(name, 'console', m.text()));
  await page.goto(`http://localhost:5201/console/fixtures.html?${query}`);
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
  await page.screenshot({ path: `${out}/${name}.png`, fullPage: size.endsWith('full') });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  if (wide > viewport.width) console.log(name, 'WIDE', wide);
  made.push(`<img src="data:image/png;base64,${readFileSync(`${out}/${name}.png`).toString('base64')}">`);
  widest += viewport.width + 10;
  await page.close();
}
const sheet = await browser.newPage({ viewport: { width: Math.min(widest, 2000), height: 800 } });
await sheet.setContent(
  `<body style="margin:0;background:#888;display:flex;flex-wrap:wrap;gap:10px;align-items:flex-start">${made.join('')}</body>`,
);
await sheet.screenshot({ path: `${out}/sheet.png`, fullPage: true });
await browser.close();
