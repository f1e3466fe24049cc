/**
 * The screens in a real browser, with an agent that tells stories: what the guard sees at which pixels, and what his finger,
 * his mouse and his keyboard do. Nothing here waits for a fixed time but for what must appear.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { alarm, departments, drill, liuFang, presented, status, stranger, yes } from './testing/data.ts';
import type {} from './testing/fixtures.ts';
import { scenes } from './testing/scenes.ts';

const root = new URL('..', import.meta.url).pathname;
const SMALLEST = [1280, 800] as const;
const LARGER = [
  [1440, 900],
  [1920, 1080],
] as const;
/** Design: the alarm disc, 144 px square, at x 1124 and y 608 of 1280 × 800; as far from the same corner on larger panels. */
const DISC = { right: 12, bottom: 48, side: 144 };

let outDir: string;
let server: PreviewServer;
let browser: Browser;
let context: BrowserContext | undefined;

beforeAll(async () => {
  outDir = await mkdtemp(join(tmpdir(), 'anyuan-kiosk-'));
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
afterEach(async () => {
  await context?.close();
  context = undefined;
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  await rm(outDir, { recursive: true, force: true });
});

async function open(
  scene = 'idle',
  theme = 'day',
  [width, height]: readonly [number, number] = SMALLEST,
): Promise<Page> {
  context ??= await browser.newContext({ timezoneId: 'America/New_York', hasTouch: true });
  const page = await context.newPage();
  await page.setViewportSize({ width, height });
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  const base = server.resolvedUrls?.local[0] ?? '';
  await page.goto(`${base}fixtures.html#${scene},${theme}`);
  await page.waitForFunction((name) => document.body.dataset.ready === name, scene);
  expect(errors).toEqual([]);
  return page;
}
const fresh = async (...args: Parameters<typeof open>): Promise<Page> => {
  await context?.close();
  context = undefined;
  return open(...args);
};
const asked = (page: Page, call: string) =>
  page.evaluate((name) => window.gate.agent.asked.filter((a) => a.call === name).map((a) => a.with), call);
const tell = (page: Page, event: Parameters<Window['gate']['agent']['emit']>[0]) =>
  page.evaluate((e) => window.gate.agent.emit(e), event);

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
    const head = acts?.getBoundingClientRect().top ?? Number.POSITIVE_INFINITY;
    for (const element of document.querySelectorAll('main button, main p, main li')) {
      if (!acts?.contains(element) && element.getBoundingClientRect().bottom > head + 1)
        wrong.push(`${element.textContent?.trim()} lies under the buttons`);
    }
    for (const control of document.querySelectorAll('main button, .rail button')) {
      if (control.scrollWidth > control.clientWidth + 1) wrong.push(`${control.textContent?.trim()} is cut off`);
    }
    return wrong;
  });
const disc = (page: Page) =>
  page.evaluate(() => {
    const box = document.querySelector('.alarm .disc')?.getBoundingClientRect();
    return box && { right: innerWidth - box.right, bottom: innerHeight - box.bottom, side: box.width };
  });

describe('every screen', () => {
  const measure = async (names: string[], size: readonly [number, number]) => {
    const wrong: Record<string, unknown> = {};
    for (const scene of names) {
      const page = await open(scene, 'day', size);
      const found = await misfits(page);
      const where = await disc(page);
      if (found.length > 0) wrong[scene] = found;
      if (JSON.stringify(where) !== JSON.stringify(DISC)) wrong[`${scene} disc`] = where;
      await page.close();
    }
    return wrong;
  };
  const areas = [...new Set(Object.keys(scenes).map((name) => name.split('-')[0] ?? name))];
  it.each(areas)('fits the smallest panel, and the alarm disc stands at its pixels: %s', async (area) => {
    const names = Object.keys(scenes).filter((name) => name.split('-')[0] === area);
    expect(await measure(names, SMALLEST)).toEqual({});
  });

  it.each(LARGER)('fits %i × %i too', async (width, height) => {
    const names = ['idle', 'offline', 'visitor', 'visitor-hosts-letter', 'visits-onsite', 'pickup-many', 'alarm-many'];
    expect(await measure(names, [width, height])).toEqual({});
  });

  it.each(['idle', 'offline', 'visitor', 'pickup-refused', 'pickup-collected', 'test', 'alarm', 'alarm-exercise'])(
    'can be read by everybody, by day and by night: %s',
    async (scene) => {
      for (const theme of ['day', 'night']) {
        const page = await fresh(scene, theme);
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
          .analyze();
        expect(violations.map((v) => `${theme} ${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`)).toEqual(
          [],
        );
      }
    },
  );
});

describe('a visitor at the gate', () => {
  it('who is new is in after four touches, when only one person works where he goes', async () => {
    const page = await fresh();
    await tell(page, { type: 'presented', presented: stranger() });
    await page.getByRole('button', { name: '送货' }).click();
    await page.getByRole('button', { name: departments[5]?.replace('(', '（').replace(')', '）') ?? '' }).click();
    await page.getByRole('button', { name: liuFang.name }).waitFor();
    await page.getByRole('button', { name: '无违禁品' }).click();
    await page.getByRole('button', { name: '放行', exact: true }).click();
    await page.getByText('E1123-008').waitFor();
    expect(await asked(page, 'admit')).toMatchObject([[{ reason: 'delivery', host: 'liufang' }]]);
  });

  it('who was here before needs two, and can be called back', async () => {
    const page = await fresh();
    await tell(page, { type: 'presented', presented: presented() });
    await page.getByRole('button', { name: '无违禁品' }).click();
    await page.getByRole('button', { name: '放行', exact: true }).click();
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByText('已撤销').waitFor();
    expect(await asked(page, 'signOut')).toHaveLength(1);
  });

  it('is not let in by the finger that only answers 还在吗', async () => {
    const page = await fresh();
    await tell(page, { type: 'presented', presented: presented() });
    await page.getByRole('button', { name: '无违禁品' }).click();
    const box = await page.getByRole('button', { name: '放行', exact: true }).boundingBox();
    if (!box) throw new Error('放行 is not on the screen');
    await page.evaluate(() => window.gate.skip(21_000));
    await page.getByText('还在吗').waitFor();
    await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
    expect(await asked(page, 'admit')).toEqual([]);
    await page.getByRole('button', { name: '我在' }).click();
    await page.getByText('还在吗').waitFor({ state: 'detached' });
    await page.getByText('张伟明').waitFor();
  });

  it('is gone from the screen after half a minute without a touch', async () => {
    const page = await fresh();
    await tell(page, { type: 'presented', presented: presented() });
    await page.getByText('张伟明').waitFor();
    await page.evaluate(() => window.gate.skip(31_000));
    await page.getByText('请放证件').waitFor();
    expect(await page.getByText('张伟明').count()).toBe(0);
  });
});

describe('the alarm disc', () => {
  const press = (page: Page) => page.getByRole('button', { name: '报警，按住 1 秒' });

  it('does nothing when let go early, and calls when held', async () => {
    const page = await fresh();
    await press(page).hover();
    await page.mouse.down();
    await page.locator('.alarm.holding').waitFor();
    await page.mouse.up();
    await page.locator('.alarm:not(.holding)').waitFor();
    expect(await asked(page, 'press')).toEqual([]);
    await page.mouse.down();
    await page.waitForFunction(() => window.gate.agent.asked.some((a) => a.call === 'press'));
    await page.mouse.up();
    expect(await asked(page, 'press')).toHaveLength(1);
  });

  it.each(['Space', 'Enter'])('can be held by the key %s', async (key) => {
    const page = await fresh();
    await press(page).focus();
    await page.keyboard.down(key);
    await page.waitForFunction(() => window.gate.agent.asked.some((a) => a.call === 'press'));
    await page.keyboard.up(key);
    expect(await asked(page, 'press')).toHaveLength(1);
  });

  it('keeps being held when the screen changes under the finger', async () => {
    const page = await fresh();
    await press(page).hover();
    await page.mouse.down();
    await page.locator('.alarm.holding').waitFor();
    await tell(page, { type: 'verdict', verdict: yes() });
    await page.getByText('可以接走').waitFor();
    await page.waitForFunction(() => window.gate.agent.asked.some((a) => a.call === 'press'));
    await page.mouse.up();
    expect(await asked(page, 'press')).toHaveLength(1);
  });
});

describe('when something is away', () => {
  it('the agent: the screen says what to do on paper, and comes back by itself', async () => {
    const page = await fresh('agent-away');
    await page.getByText('本机停了').waitFor();
    await tell(page, { type: 'status', status: status() });
    await page.getByText('请放证件').waitFor();
  });

  it('the server: cards are decided all the same', async () => {
    const page = await fresh('offline');
    await page.getByText('连不上学校服务器').waitFor();
    await tell(page, { type: 'verdict', verdict: yes() });
    await page.getByRole('button', { name: '是本人，放行' }).click();
    await page.getByText('已放行').waitFor();
  });

  it('the sound, until the first touch: the band says so', async () => {
    const page = await fresh();
    await page.getByText('静音').waitFor();
    await page.touchscreen.tap(300, 180);
    await page.getByText('静音').waitFor({ state: 'detached' });
  });
});

describe('an alarm', () => {
  it('is stood down with a reason and a card, and leaves the screen as it was', async () => {
    const page = await fresh();
    await tell(page, { type: 'presented', presented: presented() });
    await page.getByText('张伟明').waitFor();
    await tell(page, { type: 'alarms', incidents: [alarm()] });
    await page.getByRole('button', { name: '解除警报' }).click();
    await page.getByRole('button', { name: '误报' }).click();
    await page.getByText('请刷校长或安全管理员的卡').waitFor();
    await tell(page, {
      type: 'staffCard',
      tap: 'tap-1',
      person: { id: 'chen', name: '陈立新' },
      mayStandDown: true,
      at: presented().at,
    });
    await page.waitForFunction(() => window.gate.agent.asked.some((a) => a.call === 'standDown'));
    await tell(page, { type: 'alarms', incidents: [] });
    await page.getByText('张伟明').waitFor();
  });

  it('that is an exercise ends as one: it is no false alarm', async () => {
    const page = await fresh();
    await tell(page, { type: 'alarms', incidents: [drill('exercise')] });
    await page.getByRole('button', { name: '结束演练' }).click();
    await page.getByRole('button', { name: '演练完成' }).waitFor();
    expect(await page.getByRole('button', { name: '误报' }).count()).toBe(0);
  });
});
