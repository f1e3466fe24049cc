/**
 * A new administrator's first term, by her own hands in Chromium: the term planned, a drill of the whole school with the roll
 * on three phones, two findings mended, proven by another drill, and the report. What she is not at (27 other teachers'
 * phones) goes as the commands that those phones send.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId, schoolDate } from '@anyuan/contracts';
import type { Browser, Locator, Page } from 'playwright-core';
import { sizes } from '../src/browser.ts';
import { openOffice } from '../src/guard-hands.ts';
import type { Site } from '../src/site.ts';

const DAY = 86_400_000;
const HELD_MS = 1_200;
const day = (days: number) => schoolDate(Date.now() + days * DAY);
const soon = { timeout: 20_000 };

export interface Finding {
  what: string;
  place: string;
  mends: { user: string; name: string };
  measure: string;
  evidence: string;
}

export class Administrator {
  readonly site: Site;
  readonly page: Page;
  readonly #browser: Browser;
  readonly #shots: string;
  #opened: Page[] = [];

  constructor(site: Site, browser: Browser, page: Page, shots: string) {
    this.site = site;
    this.#browser = browser;
    this.page = page;
    this.#shots = shots;
  }

  shot = (name: string, page = this.page) => page.screenshot({ path: join(this.#shots, `${name}.png`) });
  goto = (path: string, page = this.page) => page.goto(`${this.site.run.gateway}/console/${path}`);

  /** Somebody else, at a desk or with a phone. */
  async as(user: string, size: keyof typeof sizes = 'office'): Promise<Page> {
    const context = await this.#browser.newContext({ viewport: sizes[size], hasTouch: size === 'phone' });
    const page = await context.newPage();
    this.#opened.push(page);
    await openOffice(page, this.site.run.gateway, user, 'demo-1111');
    return page;
  }
  async close(): Promise<void> {
    await Promise.all(this.#opened.map((page) => page.context().close()));
    this.#opened = [];
  }

  async #hold(button: Locator): Promise<void> {
    await button.hover();
    await this.page.mouse.down();
    await this.page.waitForTimeout(HELD_MS);
    await this.page.mouse.up();
  }
  /** A dialog by its name, with what is done in it; it must be gone afterwards. */
  async #dialog(page: Page, name: string, fill: (dialog: Locator) => Promise<void>, save = name): Promise<void> {
    const dialog = page.getByRole('dialog', { name });
    await dialog.waitFor(soon);
    await fill(dialog);
    await dialog.getByRole('button', { name: save, exact: true }).click();
    await dialog.waitFor({ ...soon, state: 'detached' });
  }

  /** From the first page: what a new school must tell before anything can be planned. */
  async setUp(): Promise<void> {
    const { page } = this;
    await this.goto('');
    await page.locator('.today li', { hasText: '还没有学期' }).getByRole('link').click();
    await page.getByRole('button', { name: '新建学期' }).click();
    await this.#dialog(
      page,
      '学期',
      async (dialog) => {
        await dialog.getByLabel('名称').fill('本学期');
        await dialog.getByLabel('从').fill(day(-3));
        await dialog.getByLabel('到').fill(day(130));
      },
      '保存',
    );
    const facts = { 学生: 1_200, 教职工: 86, 住宿生: 0, 本学期新生: 200, 校车: 2, 教学楼最高层数: 4 };
    for (const [label, n] of Object.entries(facts)) await page.getByLabel(label, { exact: true }).fill(String(n));
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存。').waitFor(soon);
    await page.getByRole('button', { name: '加考试' }).click();
    await this.#dialog(
      page,
      '考试',
      async (dialog) => {
        await dialog.getByLabel('名称').fill('期末考试');
        await dialog.getByLabel('从').fill(day(120));
        await dialog.getByLabel('到').fill(day(124));
      },
      '保存',
    );
    const days = page.locator('.dayform');
    await days.getByLabel('从').fill(day(62));
    await days.getByLabel('到').fill(day(90));
    await days.getByLabel('名称').fill('寒假');
    await days.getByRole('button', { name: '录入' }).click();
    await page.getByText('寒假').last().waitFor(soon);
    const unknown = page.getByRole('button', { name: /确认 .*已录全/ });
    while ((await unknown.count()) > 0) {
      const left = await unknown.count();
      await unknown.first().click();
      await page.waitForFunction(
        (n) => [...document.querySelectorAll('button')].filter((b) => /确认 .*已录全/.test(b.textContent)).length < n,
        left,
      );
    }
    await this.shot('console-setup');
  }

  /** @returns how many drills were set down at once */
  async planTerm(): Promise<number> {
    const { page } = this;
    await this.goto('drills');
    await page.getByRole('button', { name: '一键排学期' }).click();
    const dialog = page.getByRole('dialog', { name: '一键排学期' });
    await dialog.locator('.proposals li').first().waitFor(soon);
    await this.shot('console-propose');
    await dialog.getByRole('button', { name: /^安排 \d+ 场/ }).click();
    const done = await dialog.getByText(/^排好了 \d+ 场/).textContent(soon);
    await dialog.getByRole('button', { name: '关闭' }).last().click();
    await this.shot('console-term');
    return Number(done?.match(/\d+/)?.[0]);
  }

  async writePlan(): Promise<void> {
    const { page } = this;
    await this.goto('plans');
    await page.getByRole('button', { name: '新建预案' }).click();
    await this.#dialog(page, '新建预案', async (dialog) => {
      await dialog.getByLabel('名称').fill('消防疏散应急预案');
      await dialog.getByLabel(/^步骤/).fill('班主任带队，沿右侧下楼\n到操场按班站好\n班主任点名，上报缺的人');
    });
    await this.approve(1);
  }
  /** By the principal: nobody approves what he wrote himself. */
  async approve(version: number): Promise<void> {
    const principal = await this.as('principal');
    await this.goto('plans', principal);
    await principal.getByRole('link', { name: '消防疏散应急预案' }).click();
    await principal.getByRole('button', { name: '批准', exact: true }).click();
    await principal.getByText('现行版本').waitFor(soon);
    await principal.getByRole('heading', { name: `第 ${version} 版` }).waitFor(soon);
    await this.close();
  }

  /** @returns the drill's id */
  async openDrill(link: Locator): Promise<string> {
    await link.click();
    await this.page.getByRole('heading', { name: '开始演练' }).waitFor(soon);
    return new URL(this.page.url()).pathname.split('/').at(-1) ?? '';
  }
  async begin(): Promise<void> {
    await this.#hold(this.page.locator('.raise.start').getByRole('button').last());
    await this.page.locator('.running').waitFor(soon);
  }
  async end(): Promise<void> {
    await this.page.getByRole('button', { name: '结束演练' }).click();
    await this.#dialog(this.page, '结束演练', async () => {});
    await this.page.getByRole('link', { name: '打印演练报告' }).waitFor(soon);
  }

  /** One touch a pupil, on the phone of the class's own teacher. @returns the touches */
  async takeRoll(user: string): Promise<number> {
    const phone = await this.as(user, 'phone');
    await this.goto('roll', phone);
    const here = phone.locator('.kid.open .yes');
    await here.first().waitFor(soon);
    let touches = 0;
    for (; (await here.count()) > 0; touches++) await here.first().tap();
    await this.shot(`phone-roll-${user}`, phone);
    await phone.locator('.dock .btn.primary').tap();
    await phone
      .getByText(/^已上报/)
      .first()
      .waitFor(soon);
    await phone.getByText('没有信号也能点名，连上后自动上报').waitFor(soon);
    return touches + 1;
  }
  /** As the phones of the classes' teachers send it. */
  async othersTakeRoll(drill: string, done: readonly string[]): Promise<void> {
    const { drills } = this.site.office;
    const at = new Date().toISOString();
    const { classes } = await drills.rollCall.query();
    for (const { class: id } of classes.filter((c) => !done.includes(c.class))) {
      const { pupils } = await drills.roll.query({ drill, class: id });
      const marks = pupils.map((p) => ({ id: newId(), pupil: p.id, state: 'present' as const, note: '', at }));
      await drills.takeRoll.mutate({ drill, class: id, marks, report: { id: newId(), at } });
    }
  }

  async find({ what, place }: Finding): Promise<void> {
    const { page } = this;
    const photo = await page.screenshot();
    await page.getByRole('button', { name: '登记问题' }).click();
    await this.#dialog(
      page,
      '登记问题',
      async (dialog) => {
        await dialog.getByLabel('发现什么').fill(what);
        await dialog.getByLabel('在哪里').fill(place);
        await dialog.locator('input[type=file]').setInputFiles({ name: '1.png', mimeType: 'image/png', buffer: photo });
      },
      '保存',
    );
    await page.locator('.chain', { hasText: what }).waitFor(soon);
  }

  /** Registered by her, mended by whom she names, on his phone, with a photo; verified by her. */
  async mend({ what, mends, measure, evidence }: Finding): Promise<void> {
    const { page } = this;
    await this.goto('drills/findings');
    await page.locator('.chain', { hasText: what }).getByRole('link', { name: '登记隐患' }).last().click();
    await this.#dialog(page, '登记隐患', async () => {});
    await page.getByRole('button', { name: '分派' }).click();
    await this.#dialog(page, '分派', async (dialog) => {
      await dialog.getByLabel('责任人').selectOption({ label: mends.name });
      await dialog.getByLabel('整改期限').fill(day(7));
      await dialog.getByLabel('整改措施').fill(measure);
    });
    const phone = await this.as(mends.user, 'phone');
    await this.goto('mend', phone);
    await phone.locator('.pick', { hasText: what }).tap();
    await phone.getByRole('button', { name: '报整改完成' }).tap();
    const photo = await phone.screenshot();
    await this.#dialog(phone, '报整改完成', async (dialog) => {
      await dialog.getByLabel('做了什么').fill(evidence);
      await dialog.locator('input[type=file]').setInputFiles({ name: '2.png', mimeType: 'image/png', buffer: photo });
    });
    await phone.getByText('待复核').first().waitFor(soon);
    await this.shot('phone-mended', phone);
    await this.close();
    // Seen by her without asking anew.
    await page.getByRole('button', { name: '复核通过' }).click();
    await this.#dialog(page, '复核通过', async () => {});
    await page.getByText('已销号').first().waitFor(soon);
    await this.shot('console-hazard');
  }

  /** The next version names what caused it. */
  async rewritePlan([first, ...others]: readonly Finding[]): Promise<void> {
    const { page } = this;
    await this.goto('drills/findings');
    await page
      .locator('.chain', { hasText: first?.what ?? '' })
      .getByRole('link', { name: '写新版预案' })
      .click();
    await page.getByLabel('为什么改').fill('低年级改走南楼梯，二楼加一名老师引导');
    for (const { what } of others) await page.getByLabel(what).check();
    await page.getByRole('button', { name: '存为草稿' }).click();
    await page.getByRole('heading', { name: '第 2 版' }).waitFor(soon);
    await this.approve(2);
  }

  /** @returns the second drill's id, open on the page */
  async planRedrill([first, ...others]: readonly Finding[]): Promise<string> {
    const { page } = this;
    const { view, drills } = await this.site.office.drills.term.query({});
    const taken = new Set(drills.map((d) => d.date));
    const free = view?.days.find((d) => d.kind === 'schoolDay' && d.date > view.today && !taken.has(d.date));
    await this.goto('drills/findings');
    const chain = page.locator('.chain', { hasText: first?.what ?? '' });
    await chain.getByRole('button', { name: '安排复演' }).click();
    await this.#dialog(page, '安排演练', async (dialog) => {
      await dialog.getByLabel('日期').fill(free?.date ?? '');
      for (const { what } of others) await dialog.getByLabel(what).check();
    });
    return this.openDrill(chain.getByRole('link', { name: '复演' }));
  }

  async report(drill: string): Promise<Buffer> {
    await this.goto(`drills/${drill}`);
    const href = await this.page.getByRole('link', { name: '打印演练报告' }).getAttribute('href');
    const answer = await this.page.context().request.get(`${this.site.run.gateway}${href}`);
    const pdf = await answer.body();
    writeFileSync(join(this.#shots, 'drill-report.pdf'), pdf);
    return pdf;
  }
}
