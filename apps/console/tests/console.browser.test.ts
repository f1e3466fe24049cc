/**
 * The built console in a real browser, on a school in memory: what a person in the office sees and does. Time is the
 * browser's own clock in the test's hand, so nothing here waits.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { build, type PreviewServer, preview } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
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
let page: Page;

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

interface Look {
  scene?: string;
  path?: string;
  theme?: 'day' | 'night';
  lang?: 'zh' | 'en';
  width?: number;
}

async function open({ scene = 'calm', path = '', theme = 'day', lang = 'zh', width = 1440 }: Look): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, timezoneId: 'America/New_York' });
  page = await context.newPage();
  await page.clock.install();
  const base = server.resolvedUrls?.local[0] ?? '';
  await page.goto(`${base}fixtures.html?${new URLSearchParams({ scene, path, theme, lang })}`);
  await page.locator('.pane, .alone').first().waitFor();
  return page;
}
const soon = { timeout: 15_000 };
/** From here the page's time moves only by the test's hand. */
const still = async () => page.clock.pauseAt((await page.evaluate(() => Date.now())) + 200);
const sees = (text: string | RegExp) => page.getByText(text).first().waitFor(soon);

describe('signing in', () => {
  it('says what is wrong and what to do, and keeps nothing in the address', async () => {
    await open({ scene: 'wrong' });
    await page.getByLabel('用户名').fill('zhoumin');
    await page.getByLabel('密码').fill('not-this-one');
    await page.getByRole('button', { name: '登录' }).click();
    await sees('用户名或密码不对。检查大小写再试。');
    expect(await page.getByLabel('密码').inputValue()).toBe('');
    expect(page.url()).not.toMatch(/zhoumin|not-this-one/);
  });

  it('opens the first view of the role, and signing out closes everything', async () => {
    await open({ scene: 'signedOut' });
    await sees('DEMO');
    await page.getByLabel('用户名').fill('zhoumin');
    await page.getByLabel('密码').fill('right');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '门岗', level: 1 }).waitFor(soon);
    await page.getByRole('button', { name: '退出' }).first().click();
    await page.getByRole('heading', { name: '登录' }).waitFor(soon);
    expect(await page.getByText('E1124').count()).toBe(0);
  });

  it('says that the server is away instead of an empty page', async () => {
    await open({ scene: 'away' });
    await sees('连不上学校服务器');
  });
});

describe('what a role may open', () => {
  it('shows a guard the alarm alone and refuses the rest in plain words', async () => {
    await open({ scene: 'guard', path: 'devices' });
    await sees('需要的话，请找安全管理员。');
    const nav = page.getByRole('navigation', { name: '主导航' });
    expect(await nav.getByRole('link').allInnerTexts()).toHaveLength(1);
    await nav.getByRole('link').click();
    await page.getByRole('heading', { name: '锁门躲避' }).waitFor(soon);
    expect(await page.getByRole('button', { name: '解除警报' }).count()).toBe(0);
    expect(page.url()).toMatch(/\/console\/alarm$/);
  });
});

describe('the alarm', () => {
  it('is raised by holding for a second, once, and not by a touch', async () => {
    await open({ path: 'gate' });
    const button = page.getByRole('button', { name: '按住报警' });
    await button.hover();
    await still();
    await page.mouse.down();
    await page.clock.runFor(900);
    await page.mouse.up();
    await page.clock.runFor(2000);
    expect(await page.evaluate(() => window.hand.raised)).toEqual([]);
    await page.mouse.down();
    await page.clock.runFor(3000);
    await page.mouse.up();
    expect(await page.evaluate(() => window.hand.raised)).toEqual([
      { mode: 'actual', kind: 'intrusion', action: 'lockdown' },
    ]);
    await page.clock.resume();
    await sees('已经发出，等设备应答。');
    await page.getByRole('heading', { name: '警情', level: 1 }).waitFor(soon);
  });

  it('is raised from the keyboard too, and letting go early empties it', async () => {
    await open({ path: 'gate' });
    await page.getByRole('button', { name: '按住报警' }).focus();
    await still();
    await page.keyboard.down('Space');
    await page.clock.runFor(500);
    await page.keyboard.up('Space');
    await page.clock.runFor(1000);
    expect(await page.evaluate(() => window.hand.raised.length)).toBe(0);
    await page.keyboard.down('Enter');
    await page.clock.runFor(1001);
    await page.keyboard.up('Enter');
    expect(await page.evaluate(() => window.hand.raised.length)).toBe(1);
  });

  it('says at once and what to do when it could not be sent', async () => {
    await open({ path: 'gate' });
    await page.evaluate(() => window.hand.refuse(true));
    await page.getByRole('button', { name: '按住报警' }).hover();
    await page.mouse.down();
    await page.clock.runFor(1001);
    await sees('没有发出去。马上按最近的报警按钮，或打 110。');
  });

  it('starts a test from the panel as a test: what is real must be chosen', async () => {
    await open({ path: 'alarm' });
    await page.getByRole('radio', { name: '火警' }).check();
    await page.getByRole('button', { name: '按住开始测试' }).hover();
    await page.mouse.down();
    await page.clock.runFor(1001);
    expect(await page.evaluate(() => window.hand.raised)).toEqual([{ mode: 'test', kind: 'fire', action: 'evacuate' }]);
  });

  it('shows on every view within a second, and its count rises as devices report', async () => {
    await open({ path: 'pickup' });
    await page.evaluate(() =>
      window.hand.tell({ type: 'incident', incident: window.made.incident(Date.now(), { secondsAgo: 1 }) }),
    );
    const strip = page.getByRole('link', { name: /真实警情/ });
    await strip.waitFor(soon);
    expect(await strip.textContent()).toMatch(/97\/100/);
    await strip.click();
    await page.getByRole('heading', { name: '锁门躲避' }).waitFor(soon);
    await sees('食堂后厨广播 S-31');
    await page.evaluate(() => {
      const all = window.made.incident(Date.now(), { secondsAgo: 1, missing: 0 });
      const incident = location.pathname.split('/').pop() ?? '';
      window.hand.tell({ type: 'incident', incident: { ...all, incident } });
    });
    await page.locator('.incident .sofar', { hasText: '100/100' }).waitFor(soon);
    await sees('全部设备都应答了。');
  });

  it('counts the missing up when they are called again, and takes the arrival of the guard', async () => {
    await open({ scene: 'actual', path: 'alarm' });
    await page.getByRole('button', { name: '再呼一次' }).click();
    await sees('已呼 13 次');
    await page.getByRole('button', { name: '保安到场' }).click();
    await page.getByRole('listitem').filter({ hasText: '3 分钟保安到场' }).filter({ hasText: '周敏' }).waitFor(soon);
  });

  it('ends only with a reason, and 其他 only with a note', async () => {
    await open({ scene: 'actual', path: 'alarm' });
    await page.getByRole('button', { name: '解除警报' }).click();
    const dialog = page.getByRole('dialog', { name: '解除警报' });
    const confirm = dialog.getByRole('button', { name: '解除警报' });
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel('其他').check();
    expect(await confirm.isDisabled()).toBe(true);
    await dialog.getByLabel(/说明/).fill('误触按钮，已到现场查看');
    await confirm.click();
    await sees('没有警情');
    expect(await dialog.count()).toBe(0);
  });
});

describe('a line that breaks', () => {
  it('is said after five seconds, devices become unknown, and all is well when it is back', async () => {
    await open({ path: 'devices' });
    await sees(/^实时/);
    await page.evaluate(() => window.hand.cut());
    await page.clock.runFor(8000);
    await sees('和学校服务器断开了');
    await sees('和学校服务器断开，设备现在的状态不知道。');
    expect(await page.getByText('在线', { exact: true }).count()).toBe(0);
    await page.evaluate(() => window.hand.mend());
    await page.clock.runFor(2500);
    await sees(/^实时/);
    await sees('按钮卡住');
  });

  it('keeps what was read and says so, when a service does not answer', async () => {
    await open({ scene: 'refusing', path: 'gate' });
    await sees('没有读到。');
    await page.evaluate(() => window.hand.refuse(false));
    await page.getByRole('button', { name: '再试一次' }).click();
    await sees('现在没有访客在校。');
  });
});

describe('pickup cards', () => {
  it('are found by a child, reported lost after a question, and show as lost', async () => {
    await open({ path: 'pickup/cards' });
    await page.getByRole('searchbox').fill('刘子涵');
    await page.clock.runFor(300);
    await page.getByRole('row').filter({ hasText: '刘大伟' }).waitFor(soon);
    expect(await page.getByRole('row').count()).toBe(2);
    expect(decodeURIComponent(page.url())).not.toContain('刘子涵');
    await page.getByRole('button', { name: '挂失' }).click();
    const dialog = page.getByRole('dialog', { name: '挂失这张卡' });
    await dialog.getByText('刘大伟的接送卡').waitFor(soon);
    await dialog.getByRole('button', { name: '挂失' }).click();
    await page.getByRole('button', { name: '恢复' }).waitFor(soon);
    await page.getByRole('row').filter({ hasText: '挂失' }).waitFor(soon);
  });
});

const views: [string, Look][] = [
  ['sign-in', { scene: 'signedOut' }],
  ['gate', { path: 'gate', scene: 'actual' }],
  ['pickup', { path: 'pickup' }],
  ['cards', { path: 'pickup/cards' }],
  ['calm', { path: 'alarm' }],
  ['real alarm', { path: 'alarm', scene: 'actual' }],
  ['exercise', { path: 'alarm', scene: 'exercise' }],
  ['test', { path: 'alarm', scene: 'test' }],
  ['devices', { path: 'devices' }],
  ['cut line', { path: 'gate', scene: 'silent' }],
];

describe('every view', () => {
  for (const [name, look] of views) {
    it(`can be read by everybody, day and night: ${name}`, async () => {
      await open(look);
      await page.clock.runFor(7000);
      for (const theme of ['day', 'night']) {
        await page.evaluate((name) => document.documentElement.setAttribute('data-theme', name), theme);
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
          .analyze();
        expect(violations.map((v) => `${theme}: ${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`)).toEqual([]);
      }
    });

    it(`fits its screen in both languages: ${name}`, async () => {
      for (const lang of ['zh', 'en'] as const) {
        await open({ ...look, lang });
        await page.clock.runFor(7000);
        for (const width of [1440, 1180, 1024, 901, 760, 390]) {
          await page.setViewportSize({ width, height: 900 });
          const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
          await expect.poll(wide, { timeout: 2000, message: `${lang} ${width}` }).toBeLessThanOrEqual(width);
        }
        await page.context().close();
      }
    });
  }
});
