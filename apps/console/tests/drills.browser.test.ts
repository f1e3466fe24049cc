/** Terms, drills, findings and plans in the built console: what a safety officer and a principal see and do. */
import { describe, expect, it } from 'vitest';
import { open, page, sees, soon } from './console-page.ts';

const id = (n: number) => `0199e1a4-5e10-7000-8000-${String(n).padStart(12, '0')}`;
const sent = (name: string) =>
  page.evaluate((of) => window.hand.sent.filter(([n]) => n === of).map(([, input]) => input), name);
const hold = async (name: string) => {
  const button = page.getByRole('button', { name });
  await button.scrollIntoViewIfNeeded();
  await button.hover();
  await page.mouse.down();
  await page.clock.runFor(1001);
  await page.mouse.up();
};

describe('the term', () => {
  it('says what is owed, and opens a drill from its week', async () => {
    await open({ path: 'drills' });
    await sees('每学期 1 次，最迟 10-31');
    expect(await page.locator('.termhead .sum').textContent()).toMatch(
      /已逾期\s*1\s*未安排\s*1\s*已安排\s*3\s*已完成\s*1/,
    );
    expect(await page.getByRole('columnheader', { name: '第 13 周' }).getAttribute('aria-current')).toBe('date');
    await page.getByRole('link', { name: /反恐防暴演练，第 14 周/ }).click();
    await page.getByRole('heading', { name: '反恐防暴演练', level: 1 }).waitFor(soon);
  });

  it('can be walked by arrow keys, with one stop of the tab key', async () => {
    await open({ path: 'drills' });
    await page.getByRole('link', { name: /反恐防暴演练，第 14 周/ }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(
      /^地震避险演练，第 15 周/,
    );
    expect(await page.locator('.term [tabindex="0"]').count()).toBe(1);
  });

  it('schedules from an empty week, and says why a day is not possible', async () => {
    await open({ path: 'drills' });
    await page.getByRole('button', { name: /消防疏散演练，第 15 周.*安排演练/ }).click();
    const dialog = page.getByRole('dialog', { name: '安排演练' });
    const day = await dialog.getByLabel('日期').inputValue();
    const sunday = new Date(Date.parse(day) + 6 * 86_400_000).toISOString().slice(0, 10);
    await dialog.getByLabel('日期').fill(sunday);
    await dialog.getByRole('button', { name: '安排演练' }).click();
    await dialog.getByText(/不能安排：那天是周末/).waitFor(soon);
    await dialog.getByLabel('日期').fill(day);
    await dialog.getByLabel('事先不通知').check();
    await dialog.getByRole('button', { name: '安排演练' }).click();
    await dialog.waitFor({ ...soon, state: 'detached' });
    const [, last] = await sent('schedule');
    expect(last).toMatchObject({
      kind: 'fire',
      date: day,
      announced: false,
      targetSeconds: 120,
      lead: { name: '周敏' },
    });
  });

  it('is planned in one go: each proposal can be left out, what can’t be met says what to do', async () => {
    await open({ path: 'drills' });
    await page.getByRole('button', { name: '一键排学期' }).click();
    const dialog = page.getByRole('dialog', { name: '一键排学期' });
    await dialog.getByText('2027 年放假安排还没公布或没录入，先录入本校放假安排').waitFor(soon);
    await dialog.getByRole('checkbox', { name: /防踩踏演练/ }).uncheck();
    await dialog.getByRole('button', { name: '安排 1 场' }).click();
    await dialog.getByText('排好了 1 场').waitFor(soon);
    expect(await sent('scheduleAll')).toMatchObject([[{ kind: 'bus', announced: true }]]);
  });

  it('gives its calendar by a secret address that opening again does not change', async () => {
    await open({ path: 'drills' });
    await page.getByRole('button', { name: '导出日历' }).click();
    const dialog = page.getByRole('dialog', { name: '导出日历' });
    await dialog.getByRole('button', { name: '生成订阅地址' }).click();
    await dialog.getByText('不要转发', { exact: false }).waitFor(soon);
    expect(await dialog.getByLabel('订阅地址').inputValue()).toMatch(/^http.*\.ics$/);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: '导出日历' }).click();
    await dialog.getByText('现在仍然有效', { exact: false }).waitFor(soon);
    await dialog.getByRole('button', { name: '换一个地址（旧的马上失效）' }).click();
    expect(await sent('makeFeed')).toHaveLength(1);
    await dialog.getByRole('button', { name: '确认更换' }).click();
    await dialog.getByLabel('订阅地址').waitFor(soon);
    expect(await sent('makeFeed')).toHaveLength(2);
  });

  it('shows a teacher no means to plan', async () => {
    await open({ scene: 'teacher', path: 'drills' });
    await sees('反恐防暴演练');
    expect(await page.getByRole('button', { name: /安排演练|一键排学期/ }).count()).toBe(0);
    expect(await page.getByRole('link', { name: '设置' }).count()).toBe(0);
  });

  it('says what to do where there is none', async () => {
    await open({ scene: 'empty', path: 'drills' });
    await sees('还没有学期。先新建学期，再排演练。');
    await page.getByRole('link', { name: '去新建学期' }).click();
    await page.getByRole('button', { name: '新建学期' }).click();
    const dialog = page.getByRole('dialog', { name: '学期' });
    await dialog.getByLabel('名称').fill('2027 年春季学期');
    await dialog.getByLabel('从').fill('2027-07-02');
    await dialog.getByLabel('到').fill('2027-02-15');
    expect(await dialog.getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
    await dialog.getByLabel('从').fill('2027-02-15');
    await dialog.getByLabel('到').fill('2027-07-02');
    await dialog.getByRole('button', { name: '保存' }).click();
    await sees('2027 年春季学期');
  });
});

describe('settings', () => {
  it('enter days one by one, confirm a year, and switch a rule off with a reason only', async () => {
    await open({ path: 'drills/setup' });
    await page.getByLabel('从', { exact: true }).fill('2027-01-04');
    await page.getByLabel('到', { exact: true }).fill('2027-01-05');
    await page.getByRole('button', { name: '录入' }).click();
    await expect.poll(() => sent('saveDay')).toMatchObject([{ date: '2027-01-04' }, { date: '2027-01-05' }]);
    await page.getByRole('button', { name: /确认 2027-01-01 至 2027-01-\d\d 已录全/ }).click();
    await page.getByText('2027 年放假安排还没公布').waitFor({ ...soon, state: 'detached' });
    await page
      .getByRole('row', { name: /防踩踏演练/ })
      .getByRole('button', { name: '停用' })
      .click();
    const dialog = page.getByRole('dialog', { name: '停用' });
    expect(await dialog.getByRole('button', { name: '停用' }).isDisabled()).toBe(true);
    await dialog.getByLabel('原因（留档）').fill('单层校舍，没有楼梯');
    await dialog.getByRole('button', { name: '停用' }).click();
    await page
      .getByRole('row', { name: /防踩踏演练/ })
      .getByRole('button', { name: '启用' })
      .waitFor(soon);
  });
});

describe('exams', () => {
  it('outside the term are refused in words', async () => {
    await open({ path: 'drills/setup' });
    await page.getByRole('button', { name: '加考试' }).click();
    const dialog = page.getByRole('dialog', { name: '考试' });
    await dialog.getByLabel('名称').fill('补考');
    await dialog.getByLabel('从').fill('2029-03-01');
    await dialog.getByLabel('到').fill('2029-03-02');
    await dialog.getByText(/不在学期内。学期是/).waitFor(soon);
    expect(await dialog.getByRole('button', { name: '保存' }).isDisabled()).toBe(true);
  });
});

describe('on a phone', () => {
  it('the open tab is in sight', async () => {
    for (const path of ['drills/setup', 'patrols']) {
      await open({ path, width: 390 });
      const tab = page.getByRole('navigation', { name: '演练分页' }).locator('[aria-current]');
      await tab.waitFor(soon);
      await expect
        .poll(async () => {
          const at = await tab.boundingBox();
          return at !== null && at.x >= 0 && at.x + at.width <= 390;
        })
        .toBe(true);
    }
  });
});

describe('a holiday over a planned drill', () => {
  it('names the drill with a button to move it, here, on the term and on today’s page', async () => {
    await open({ path: 'drills' });
    const link = page.getByRole('link', { name: /反恐防暴演练，第 14 周/ });
    const [, day = ''] = /(\d\d-\d\d)/.exec((await link.getAttribute('aria-label')) ?? '') ?? [];
    await page.getByRole('link', { name: '设置' }).click();
    const year = new Date(await page.evaluate(() => Date.now())).getFullYear();
    await page.getByLabel('从', { exact: true }).fill(`${year}-${day}`);
    await page.getByRole('button', { name: '录入' }).click();
    await sees('这些演练那天不能做，要改期');
    await page.getByRole('button', { name: '改期 反恐防暴演练' }).click();
    await page.getByRole('dialog', { name: '改期' }).waitFor(soon);
    await page.keyboard.press('Escape');
    await page.getByRole('navigation', { name: '演练分页' }).getByRole('link', { name: '学期' }).click();
    await page.getByRole('link', { name: new RegExp(`反恐防暴演练，第 14 周，${day}，那天放假`) }).waitFor(soon);
    await page.getByRole('link', { name: /^今日/ }).first().click();
    await sees(new RegExp(`${day} .*那天放假`));
  });
});

describe('the calendar', () => {
  it('moves a drill without a mouse, and puts it back when the day stands against it', async () => {
    await open({ path: 'drills/calendar' });
    await page.getByRole('radio', { name: '按年' }).check();
    await page.getByRole('button', { name: '改期' }).first().click();
    const dialog = page.getByRole('dialog', { name: '改期' });
    const day = await dialog.getByLabel('日期').inputValue();
    const sunday = new Date(Date.parse(day) + ((7 - new Date(day).getUTCDay()) % 7) * 86_400_000);
    await dialog.getByLabel('日期').fill(sunday.toISOString().slice(0, 10));
    await dialog.getByRole('button', { name: '改期' }).click();
    await dialog.getByText(/那天是周末/).waitFor(soon);
  });

  it('shows the number of each day, holidays too, and which weekend works', async () => {
    await open({ path: 'drills/calendar' });
    await page.locator('.ec-event').first().waitFor(soon);
    await page.locator('.ec-prev').first().click();
    const holiday = page.locator('.dayevent.holiday').first();
    await holiday.waitFor(soon);
    const seen = await page.locator('.ec-day time[datetime="2026-10-01"]').evaluate((number) => {
      const { left, top, width, height } = number.getBoundingClientRect();
      const above = document.elementFromPoint(left + width / 2, top + height / 2);
      return above === number || above?.contains(number);
    });
    expect(seen).toBe(true);
    expect(await page.locator('.dayevent.makeUp').first().textContent()).toContain('补课');
  });

  it('takes a drill that is dragged, and says why it went back', async () => {
    await open({ path: 'drills/calendar' });
    const drill = page.locator('.ec-event', { hasText: '报警按钮月测' }).first();
    await drill.waitFor(soon);
    const from = await drill.boundingBox();
    if (!from) throw new Error('no drill in this month');
    const column = (await page.locator('.ec-day').first().boundingBox())?.width ?? 0;
    await page.mouse.move(from.x + 30, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x + 30 + column, from.y + 10, { steps: 8 });
    await page.mouse.up();
    await expect.poll(async () => (await sent('move')).length).toBe(1);
    await sees(/不能安排：那天是周末。演练放回了原来的日子。/);
  });
});

describe('a drill', () => {
  it('begins by holding: the service first, then the alarm under the same id, as an exercise', async () => {
    await open({ path: `drills/${id(1)}` });
    await hold('按住开始演练');
    await sees('结束演练');
    const [begun] = (await sent('begin')) as { drill: string; incident: string }[];
    expect(await page.evaluate(() => window.hand.raised)).toEqual([
      { incident: begun?.incident, mode: 'exercise', kind: 'intrusion', action: 'lockdown' },
    ]);
    await sees('警报已发出，等警情服务确认。');
  });

  it('says that its alarm has not gone out, and tries again with the same id', async () => {
    await open({ path: `drills/${id(1)}` });
    await page.evaluate(() => window.hand.refuseRaise(true));
    await hold('按住开始演练');
    await sees('警报没有发出去。');
    await page.evaluate(() => window.hand.refuseRaise(false));
    await hold('按住再发一次');
    await expect.poll(() => page.evaluate(() => window.hand.raised.length)).toBe(1);
    const [begun] = (await sent('begin')) as { incident: string }[];
    expect(await page.evaluate(() => window.hand.raised[0]?.incident)).toBe(begun?.incident);
  });

  it('shows who is missing by name and who has not counted, follows the board, and is ended', async () => {
    await open({ scene: 'drilling', path: `drills/${id(13)}` });
    await sees('赵子轩');
    expect((await page.locator('.classes tbody tr').first().textContent())?.replaceAll(/\s+/g, ' ')).toMatch(
      /三（2）班.*有人没见到/,
    );
    await page.evaluate(async (drill) => {
      const board = await window.hand.board(drill);
      window.hand.tell({
        type: 'drillBoard',
        board: {
          ...board,
          missing: [],
          classes: board.classes.map((c) => ({ ...c, present: c.pupils, missing: 0, elsewhere: 0, seconds: 108 })),
        },
      });
    }, id(13));
    await sees('全校到齐 01:48');
    await sees('没有人没见到。');
    await page.getByRole('button', { name: '结束演练' }).click();
    const dialog = page.getByRole('dialog', { name: '结束演练' });
    await dialog.getByRole('button', { name: '结束演练' }).click();
    await sees('没有达标');
    expect(await sent('end')).toMatchObject([{ drill: id(13) }]);
  });

  it('says how many nobody has counted, until all are; ended before that it does not count, and what helps', async () => {
    await open({ scene: 'drilling', path: `drills/${id(13)}` });
    const tell = (given: { ended: boolean }) =>
      page.evaluate(
        async ({ drill, ended }) => {
          const board = await window.hand.board(drill);
          const view = board.drill;
          const result = { wholeSeconds: null, met: null, expected: 345, present: 0, missing: 0, elsewhere: 0 };
          window.hand.tell({
            type: 'drillBoard',
            board: {
              ...board,
              drill: ended
                ? { ...view, status: 'ended', endedAt: board.at, lacks: 'roll', result: { ...result, unmarked: 345 } }
                : view,
              missing: [],
              classes: board.classes.map((c) => ({
                ...c,
                ...{ present: 0, missing: 0, elsewhere: 0, seconds: null, reportedAt: null },
              })),
            },
          });
        },
        { drill: id(13), ...given },
      );
    await tell({ ended: false });
    await sees('还有 345 人没点到。');
    expect(await page.getByText('没有人没见到。').count()).toBe(0);
    expect(await page.locator('.missing .safe-ink').count()).toBe(0);
    await tell({ ended: true });
    await sees('点名没有做完，这次不算数。');
    await sees('手机上没送到的点名，结束后 24 小时内送到就自动算数。');
  });

  it('keeps what was found and who has practised', async () => {
    await open({ path: `drills/${id(6)}` });
    await sees('全校到齐 01:52');
    await page.locator('.chart svg').waitFor(soon);
    await page.getByRole('button', { name: '登记问题' }).click();
    const finding = page.getByRole('dialog', { name: '登记问题' });
    await finding.getByLabel('发现什么').fill('二楼东门打不开');
    const photo = finding.getByLabel('照片（可不拍）');
    await photo.setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('a,b\n1,2\n'.repeat(50)) });
    await finding.getByText('这个文件不是照片，换一张。').waitFor(soon);
    await finding.getByRole('button', { name: '保存' }).click();
    await finding.getByText('这个文件不是照片，换一张。').waitFor(soon);
    expect(await sent('recordFinding')).toEqual([]);
    await photo.setInputFiles({
      name: 'door.png',
      mimeType: 'image/png',
      buffer: Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
    });
    await finding.getByRole('button', { name: '保存' }).click();
    await sees('二楼东门打不开');
    expect(((await sent('addPhoto')) as { data: string }[])[0]?.data).toMatch(/^\/9j\//);
    await page.getByRole('button', { name: '登记实操' }).click();
    const skill = page.getByRole('dialog', { name: '登记实操' });
    await skill.getByLabel('谁').selectOption('王建国');
    await skill.getByLabel('用了几秒（可不填）').fill('35');
    await skill.getByRole('button', { name: '保存' }).click();
    await sees('00:35');
    expect(await sent('recordSkill')).toMatchObject([{ skill: 'fork', seconds: 35, person: { name: '王建国' } }]);
  });

  it('is called off with a reason only, and says where there is none', async () => {
    await open({ path: `drills/${id(1)}` });
    await page.getByRole('button', { name: '取消演练' }).click();
    const dialog = page.getByRole('dialog', { name: '取消演练' });
    expect(await dialog.getByRole('button', { name: '取消演练' }).isDisabled()).toBe(true);
    await dialog.getByLabel('取消原因').fill('台风停课');
    await dialog.getByRole('button', { name: '取消演练' }).click();
    await sees('台风停课');
    await open({ path: `drills/${id(999)}` });
    await sees('没有这个页面');
  });
});

describe('findings', () => {
  it('open what each step names, and offer what is to be done next', async () => {
    await open({ path: 'drills/findings' });
    await page.getByRole('radio', { name: /^进行中/ }).check();
    expect(await page.locator('.chain').count()).toBe(1);
    await page.getByRole('button', { name: '不用处理' }).click();
    const dialog = page.getByRole('dialog', { name: '不用处理' });
    await dialog.getByLabel(/为什么不用处理/).fill('当天已调大音量');
    await dialog.getByRole('button', { name: '不用处理' }).click();
    await sees('没有这样的问题。');
    await page.getByRole('radio', { name: /^全部/ }).check();
    await page.getByRole('link', { name: '预案第 7 版' }).click();
    await page.getByRole('heading', { name: '消防疏散应急预案', level: 1 }).waitFor(soon);
  });
});

describe('plans', () => {
  it('are approved by the principal, and read by whoever must', async () => {
    await open({ scene: 'principal', path: 'plans' });
    await page.getByRole('link', { name: '反恐防暴应急预案' }).click();
    await page.getByRole('button', { name: '批准' }).click();
    await sees('现行版本');
    await open({ scene: 'principal', path: `plans/${id(700)}` });
    await page.getByRole('button', { name: '我读过了' }).click();
    await sees('5/6');
  });

  it('get a new version that names the finding it answers; left-over lines are dropped', async () => {
    await open({ path: `plans/${id(700)}?finding=${id(500)}` });
    expect(await page.getByRole('checkbox', { name: '综合楼三楼听不清广播' }).isChecked()).toBe(true);
    await page.getByLabel('为什么改').fill('三楼听不清广播，加人喊话');
    await page.getByRole('button', { name: '加一步' }).click();
    await page.getByRole('button', { name: '存为草稿' }).click();
    await sees('第 8 版由周敏起草，等校长批准。');
    expect(await sent('plans.draft')).toMatchObject([{ findings: [id(500)], body: { steps: { length: 3 } } }]);
    expect(await page.getByRole('button', { name: '批准' }).count()).toBe(0);
  });
});
