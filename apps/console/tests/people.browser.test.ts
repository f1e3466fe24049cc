/** People, guards and equipment as the office works with them: what is refused and why, and what stays on record. */
import { describe, expect, it } from 'vitest';
import { open, page, sees, soon } from './console-page.ts';

const sent = (name: string) =>
  page.evaluate((name) => window.hand.sent.filter(([n]) => n === name).map(([, input]) => input), name);
const dialog = () => page.getByRole('dialog');

describe('the guards of the school', () => {
  it('are counted by both rule sets, each line with its number, and a word where no source was read', async () => {
    await open({ path: 'training/staffing' });
    await sees('全校缺 1 名');
    const notices = page.getByRole('article', { name: '公开通知' });
    const lines = await notices.getByRole('listitem').allInnerTexts();
    expect(lines.map((line) => line.split(/\s*\n\s*/))).toEqual([
      ['1,236 学生 + 96 教职工 = 1,332 人'],
      ['1000 人以内 2 名', '+2'],
      ['超过部分 332 人按每 500 人增 1 名（不足 500 人按 500 人计） → 1 名', '+1'],
      ['寄宿生 120 人，每 300 人另增 1 名（不足 300 人按 300 人计） → 1 名', '+1'],
      ['应配', '4 名'],
    ]);
    expect(await notices.getByText('来源未核实').count()).toBe(0);
    const standard = page.getByRole('article', { name: 'GB/T 29315-2022' });
    expect(await standard.getByText('来源未核实').count()).toBe(1);
    await sees('周敏登记');
  });

  it('are counted by the numbers of the school, which have one place; by which rules is chosen here', async () => {
    await open({ path: 'training/staffing' });
    await page.getByRole('button', { name: '换一套规则' }).click();
    await dialog().getByRole('combobox').selectOption('gbt29315');
    await dialog().getByRole('button', { name: '保存' }).click();
    await dialog().waitFor({ ...soon, state: 'detached' });
    expect(await sent('setHeadcount')).toMatchObject([
      { ruleSet: 'gbt29315', headcount: { pupils: 1236, boarders: 120, staff: 96 } },
    ]);
    await sees('人数来自“演练”里“设置”的学校情况，只在那里改。');
    await page.getByRole('link', { name: '去改人数' }).click();
    const save = page.locator('form', { has: page.getByLabel('住宿生') }).getByRole('button', { name: '保存' });
    await page.getByLabel('住宿生').fill('9999');
    await sees('住宿生比学生多。改好再存。');
    expect(await save.isDisabled()).toBe(true);
    await page.getByLabel('住宿生').fill('0');
    await page.getByLabel('本学期新生').fill('9999');
    await sees('本学期新生比学生多。改好再存。');
    expect(await save.isDisabled()).toBe(true);
  });

  it('are named with all that they lack, one thing after the other', async () => {
    await open({ path: 'training/staffing', lang: 'en' });
    const lacking = page.locator('.guardlist .end .danger-ink').first();
    await lacking.waitFor(soon);
    expect(await lacking.textContent()).toMatch(/^[A-Z][^()]+ \([^()]+\)(, [A-Z][^()]+ \([^()]+\))*$/);
  });

  it('stand on a shift only in date, unless a reason is written, and that stays beside the name', async () => {
    await open({ path: 'training/staffing' });
    await page.getByRole('button', { name: '下一周' }).click();
    await page.locator('.roster .shift').nth(1).click();
    await dialog().getByRole('combobox').selectOption('s-4');
    await dialog().getByRole('button', { name: '上岗', exact: true }).click();
    await dialog().getByText('保安员证，过期').waitFor(soon);
    expect(await sent('putOnShift')).toEqual([]);
    const anyway = dialog().getByRole('button', { name: '仍然上岗' });
    expect(await anyway.isDisabled()).toBe(true);
    await dialog().getByLabel('一定要他上岗的原因').fill('今天两人请假');
    await anyway.click();
    await dialog().getByText('证件不齐仍上岗：今天两人请假（周敏）').waitFor(soon);
    expect(await sent('putOnShift')).toMatchObject([{ person: 's-4', override: { reason: '今天两人请假' } }]);
  });

  it('are taken off with a reason, and the shift says who is short then', async () => {
    await open({ path: 'training/staffing' });
    await page.getByRole('button', { name: '下一周' }).click();
    await page.locator('.roster .shift').first().click();
    await dialog().getByRole('button', { name: '撤下 王强' }).click();
    await dialog().getByLabel('原因').fill('调到北门');
    await dialog().getByRole('button', { name: '把王强撤下' }).click();
    await dialog().getByText('全校缺 2 名').waitFor(soon);
    expect(await sent('takeOffShift')).toMatchObject([{ person: 's-1', reason: '调到北门' }]);
  });

  it('are planned for the days of a week at once', async () => {
    await open({ path: 'training/staffing' });
    await page.getByRole('button', { name: '下一周' }).click();
    await page.getByRole('button', { name: '排班' }).click();
    await page.getByLabel('校门').selectOption('north');
    await page.getByLabel('时段').selectOption('night');
    await sees('到第二天早上');
    await page.getByLabel('周三').uncheck();
    await page.getByRole('button', { name: '排 4 班' }).click();
    await page.getByRole('rowheader', { name: '夜间 北门保安室' }).waitFor(soon);
    expect(await sent('planShifts')).toMatchObject([
      [{ gate: 'north', kind: 'night', from: '20:00', to: '06:00' }, {}, {}, {}],
    ]);
  });

  it('say nothing of a week that was not read, and read it once the service answers', async () => {
    await open({ path: 'training/staffing' });
    await page.locator('.roster .shift').first().waitFor(soon);
    await page.evaluate(() => window.hand.refuse(true));
    await page.getByRole('button', { name: '下一周' }).click();
    await sees('没有读到。');
    expect(await page.getByText('这一周还没有排班。').count()).toBe(0);
    expect(await page.locator('.roster .shift').count()).toBe(0);
    await page.evaluate(() => window.hand.refuse(false));
    await page.getByRole('button', { name: '再试一次' }).first().click();
    await page.locator('.roster .shift').first().waitFor(soon);
  });

  it('can be looked at by the principal, who changes nothing', async () => {
    await open({ path: 'training/staffing', scene: 'principal' });
    await sees('全校缺 1 名');
    for (const name of ['换一套规则', '排班']) expect(await page.getByRole('button', { name }).count()).toBe(0);
    await page.locator('.roster .shift').first().click();
    await dialog().getByText('王强').waitFor(soon);
    expect(await dialog().getByRole('button').allInnerTexts()).toEqual(['关闭']);
  });
});

describe('a person of the school', () => {
  it('is found by name and by post, and opens his record', async () => {
    await open({ path: 'training/people' });
    await page.getByRole('searchbox').fill('没有这个人');
    await sees('没有这样的人');
    await page.getByRole('searchbox').fill('王强');
    await page.getByRole('link', { name: '王强' }).click();
    await page.getByRole('heading', { level: 1, name: '王强' }).waitFor(soon);
    await sees('尾号 4821');
  });

  it('is opened from the matrix, from a reminder, and from what must be done today', async () => {
    await open({ path: 'training' });
    await page.getByRole('grid').getByRole('link', { name: '李强' }).click();
    await page.getByRole('heading', { level: 1, name: '李强' }).waitFor(soon);
    await page.goBack();
    await page.locator('.reminders').getByRole('link').first().click();
    await page.getByRole('heading', { level: 1, name: '王强' }).waitFor(soon);
    await sees('提醒过');
    await open({ path: 'today' });
    await page.locator('main a[href="/console/training/person/s-1"]').first().click();
    await page.getByRole('heading', { level: 1, name: '王强' }).waitFor(soon);
  });

  it('is asked for things whose source is said in the words of the reader', async () => {
    await open({ path: 'training/person/s-1', lang: 'en' });
    const source = page.locator('.needs small').first();
    await source.waitFor(soon);
    expect(await source.textContent()).toContain('source: public notices: certified before duty');
    await open({ path: 'training/people', lang: 'en' });
    const input = page.getByPlaceholder('Name or number');
    await input.waitFor(soon);
    await input.fill(String(await input.getAttribute('placeholder')));
    expect(await input.evaluate((box) => box.scrollWidth <= box.clientWidth)).toBe(true);
  });

  it('is added once: a number that somebody has is refused', async () => {
    await open({ path: 'training/people' });
    await page.getByRole('button', { name: '添加人员' }).click();
    await dialog().getByLabel('姓名').fill('孙浩');
    await dialog().getByLabel('工号').fill('s-1');
    await dialog().getByLabel('保安').check();
    await dialog().getByRole('button', { name: '保存' }).click();
    await sees('这个工号已经有人用');
    expect(await sent('savePerson')).toEqual([]);
    await dialog().getByLabel('工号').fill('s-sun');
    await dialog().getByRole('button', { name: '保存' }).click();
    await page.getByRole('link', { name: '孙浩' }).waitFor(soon);
    expect(await sent('savePerson')).toMatchObject([{ id: 's-sun', name: '孙浩', roles: ['guard'] }]);
  });

  it('shows a whole number only for a purpose, which stays on record', async () => {
    await open({ path: 'training/person/s-1' });
    await page.getByRole('button', { name: '打开 保安员证' }).first().click();
    await sees('还没有人看过全号。');
    const show = dialog().getByRole('button', { name: '看全号' });
    expect(await show.isDisabled()).toBe(true);
    await dialog().getByLabel('为什么要看').fill('报公安机关备案');
    await show.click();
    await dialog().getByText('粤保安20244821').waitFor(soon);
    await dialog().locator('.readings').getByText('报公安机关备案').waitFor(soon);
    expect(await sent('showNumber')).toMatchObject([{ purpose: '报公安机关备案' }]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '打开 保安员证' }).first().click();
    await dialog().getByText('尾号 4821').waitFor(soon);
    expect(await page.getByText('粤保安20244821').count()).toBe(0);
  });

  it('gets a certificate with its scan; what is no picture and no PDF is refused, and nothing is entered', async () => {
    await open({ path: 'training/person/s-9' });
    await sees('还没有登记证件。');
    await page.getByRole('button', { name: '添加证件' }).click();
    await dialog().getByRole('combobox').selectOption('health');
    await dialog().getByLabel('证号').fill('JK-2026-0099');
    await dialog().getByLabel('发证单位').fill('青禾区疾控中心');
    await dialog().getByLabel('发证日期').fill('2099-09-01');
    await sees('发证日期还没到。改成今天或更早。');
    expect(await dialog().getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
    await dialog().getByLabel('发证日期').fill('2026-09-01');
    await dialog().getByLabel('到期日').fill('2026-08-01');
    await sees('到期日比发证日早');
    await dialog().getByLabel('到期日').fill('2027-08-31');
    const file = dialog().locator('input[type=file]');
    await file.setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') });
    await dialog().getByRole('button', { name: '保存' }).click();
    await sees('只收照片或 PDF');
    expect(await sent('addCertificate')).toEqual([]);
    await file.setInputFiles({ name: 'a.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 scan') });
    await dialog().getByRole('button', { name: '保存' }).click();
    await sees('尾号 0099');
    expect(await sent('addScan')).toMatchObject([{ type: 'application/pdf' }]);
  });

  it('keeps a certificate that was withdrawn, with the reason', async () => {
    await open({ path: 'training/person/s-1' });
    await page.getByRole('button', { name: '打开 急救证' }).click();
    await dialog().getByRole('button', { name: '作废' }).click();
    await dialog().getByLabel('原因').fill('登记错人');
    await dialog().getByRole('button', { name: '作废急救证' }).click();
    await page.getByRole('button', { name: '打开 急救证' }).click();
    await dialog().getByText('作废：登记错人').waitFor(soon);
    expect(await dialog().getByRole('button', { name: '换新证' }).count()).toBe(0);
  });

  it('has what he practised in drills, and what he never did', async () => {
    await open({ path: 'training/person/s-1' });
    const skills = page.locator('section', { has: page.getByRole('heading', { name: '演练中练过' }) });
    const row = (name: string) => skills.getByRole('listitem').filter({ hasText: name }).textContent();
    await skills.getByText('按过报警').waitFor(soon);
    expect(await row('按过报警')).toMatch(/2 次，最快 4 秒[\s\S]*4 秒/);
    expect(await row('点过名')).toContain('还没练过');
  });

  it('can be looked at by the principal, without a whole number', async () => {
    await open({ path: 'training/person/s-1', scene: 'principal' });
    await page.getByRole('button', { name: '打开 保安员证' }).first().click();
    await sees('有扫描件');
    expect(await dialog().getByRole('button').allInnerTexts()).toEqual(['关闭']);
    expect(await dialog().getByRole('link').count()).toBe(0);
  });
});

describe('the equipment of the guards', () => {
  const row = (room: string, what: string) =>
    page.getByRole('table', { name: room }).getByRole('row').filter({ hasText: what });

  it('is needed by a sum that everybody can follow', async () => {
    await open({ path: 'training/equipment' });
    await sees(/缺 \d+ 件/);
    await sees('按在岗 4 名保安算');
    const line = (kind: string) =>
      page.locator('.equipmentneeds tr').filter({ hasText: kind }).locator('td').allTextContents();
    expect(await line('防暴头盔')).toEqual(['防暴头盔', '在岗 4 名 × 每人 1 件', '4', '1', '缺 3']);
    expect(await line('防暴钢叉')).toEqual(['防暴钢叉', '保安室 2 间 × 每间 2 把', '4', '1', '缺 3']);
    await sees('防暴钢叉：应有 2，可用 1');
  });

  it('is inspected: what failed is out of use, what is retired leaves its room', async () => {
    await open({ path: 'training/equipment' });
    await row('东门保安室', '防暴头盔').getByText('该检查了').waitFor(soon);
    await row('东门保安室', '防暴头盔').getByRole('button', { name: '检查' }).click();
    await dialog().getByRole('radio', { name: '不合格，停用' }).check();
    await dialog().getByLabel('说明').fill('卡扣断了');
    await dialog().getByRole('button', { name: '保存' }).click();
    await row('东门保安室', '防暴头盔').getByText('检查不合格').waitFor(soon);
    expect(await sent('inspectEquipment')).toMatchObject([{ ok: false, note: '卡扣断了' }]);
    await row('东门保安室', '防暴头盔').getByRole('button', { name: '检查' }).click();
    await dialog().getByRole('button', { name: '报废' }).click();
    await dialog().getByLabel('原因').fill('坏了');
    await dialog().getByRole('button', { name: '报废：防暴头盔' }).click();
    await expect.poll(() => row('东门保安室', '防暴头盔').count()).toBe(0);
    await page.getByRole('button', { name: '看已报废的 2 件' }).click();
    await row('已报废', '防暴头盔').waitFor(soon);
  });

  it('is not called complete while nobody knows how many guards stand there', async () => {
    await open({ path: 'training/equipment', scene: 'empty' });
    await sees('不知道缺不缺');
    expect(await page.getByText('不缺', { exact: true }).count()).toBe(0);
  });

  it('is counted in a guard room, and what is missing is said at once', async () => {
    await open({ path: 'training/equipment' });
    await page.getByRole('button', { name: '清点 东门保安室' }).click();
    await dialog().getByLabel('防暴钢叉').fill('1');
    await dialog().getByRole('button', { name: '保存' }).click();
    await dialog().getByText('防暴钢叉：应有 2，点到 1').waitFor(soon);
    await dialog().getByRole('button', { name: '关闭' }).click();
    await sees('周敏清点');
    expect(await sent('recordCheck')).toMatchObject([{ gate: 'east', counts: { fork: 1 }, by: { id: 'p-zhou' } }]);
  });

  it('comes in with its dates: a spray without an end is refused', async () => {
    await open({ path: 'training/equipment' });
    await page.getByRole('button', { name: '添加装备' }).click();
    await dialog().getByLabel('种类').selectOption('spray');
    await sees('辣椒水要填到期日。');
    expect(await dialog().getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
    await dialog().getByLabel('到期日').fill('2099-12-31');
    await dialog().getByLabel('购入日期').fill('2099-01-01');
    await sees('购入日期还没到。改成今天或更早。');
    expect(await dialog().getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
    await dialog().getByLabel('购入日期').fill('');
    await dialog().getByLabel('到期日').fill('2028-01-31');
    await dialog().getByLabel('编号').fill('QH-900');
    await dialog().getByLabel('在哪里').selectOption('north');
    await dialog().getByRole('button', { name: '保存' }).click();
    await row('北门保安室', 'QH-900').waitFor(soon);
  });

  it('can be looked at by the principal, who changes nothing', async () => {
    await open({ path: 'training/equipment', scene: 'principal' });
    await row('东门保安室', '防暴头盔').waitFor(soon);
    for (const name of ['检查', '清点', '添加']) expect(await page.getByRole('button', { name }).count()).toBe(0);
  });
});

describe('what concerns me', () => {
  it('is on one page: what is due, my certificates, courses, and the lessons of my class', async () => {
    await open({ path: 'mine', scene: 'teacher', width: 390 });
    const list = (name: string) => page.locator('.group', { hasText: name }).locator('xpath=following-sibling::ul[1]');
    await list('要办的').getByText('过期 12 天').waitFor(soon);
    await list('我的证件').getByText('尾号 4821').waitFor(soon);
    await list('要上的课程').getByText('保安定期培训').waitFor(soon);
    await sees('07:20–08:20');
    expect(await page.getByText('粤保安').count()).toBe(0);
  });

  it('lets a teacher enter a lesson of his own class, and offers no other', async () => {
    await open({ path: 'mine', scene: 'teacher', width: 390 });
    await page.getByRole('button', { name: /^消防/ }).click();
    const classes = dialog().getByLabel('班级').locator('option');
    await expect.poll(() => classes.allTextContents()).toEqual(['请选择', '三（1）班']);
    await dialog().getByLabel('教材或材料').fill('家庭火灾逃生');
    await dialog().getByRole('button', { name: '保存' }).click();
    await expect.poll(() => page.getByRole('button', { name: /^消防/ }).count()).toBe(0);
    expect(await sent('recordLesson')).toMatchObject([{ class: 'c3-1', topic: 'fire' }]);
  });

  it('says who is in no list, and whom to ask', async () => {
    await open({ path: 'mine', scene: 'empty', width: 390 });
    await sees('教职工名单里没有你');
  });
});

describe('a service that does not answer', () => {
  for (const path of ['training/staffing', 'training/people', 'training/person/s-1', 'training/equipment', 'mine'])
    it(`is said in place of what it would have told: ${path}`, async () => {
      await open({ path, scene: 'refusing' });
      await sees('没有读到。');
      await page.getByRole('button', { name: '再试一次' }).first().waitFor(soon);
      for (const calm of ['全校不缺', '不缺', '没有要办的。'])
        expect(await page.getByText(calm, { exact: true }).count()).toBe(0);
    });
});
