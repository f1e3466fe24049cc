/**
 * The built console in a real browser, on a school in memory: what a person in the office sees and does. Time is the
 * browser's own clock in the test's hand, so nothing here waits.
 */
import { describe, expect, it } from 'vitest';
import { open, page, sees, soon, still } from './console-page.ts';

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
    await page.getByRole('heading', { name: '今天要办的事', level: 1 }).waitFor(soon);
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
  it('shows a guard no view of the office but the alarm, and refuses the rest in plain words', async () => {
    await open({ scene: 'guard', path: 'devices' });
    await sees('需要的话，请找安全管理员。');
    const nav = page.getByRole('navigation', { name: '主导航' });
    expect(await nav.getByRole('link', { name: /^(今日|门岗|接送|演练|人员培训|隐患|设备)/ }).count()).toBe(0);
    await nav.getByRole('link', { name: /警情/ }).click();
    await page.getByRole('heading', { name: '锁门躲避' }).waitFor(soon);
    expect(await page.getByRole('button', { name: '解除警报' }).count()).toBe(0);
    expect(page.url()).toMatch(/\/console\/alarm$/);
  });
});

describe('the alarm', () => {
  it('is raised by holding for a second, once, and not by a touch', async () => {
    await open({ scene: 'empty', path: 'gate' });
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
    await open({ scene: 'empty', path: 'gate' });
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
    await open({ scene: 'empty', path: 'gate' });
    await page.evaluate(() => window.hand.refuse(true));
    await page.getByRole('button', { name: '按住报警' }).hover();
    await page.mouse.down();
    await page.clock.runFor(1001);
    await sees('没有发出去。马上按最近的报警按钮，或打 110。');
  });

  const hold = async () => {
    await page.getByRole('button', { name: '按住报警' }).hover();
    await still();
    await page.mouse.down();
    await page.clock.runFor(1001);
    await page.mouse.up();
  };
  const raised = () => page.evaluate(() => window.hand.raised);
  const real = { mode: 'actual', kind: 'intrusion', action: 'lockdown' };

  it('asks where it is: one touch sends it with a place of the plan', async () => {
    await open({ path: 'gate' });
    await hold();
    const dialog = page.getByRole('dialog', { name: '在哪里？' });
    expect(await raised()).toEqual([]);
    await dialog.getByRole('button', { name: '北门' }).click();
    expect(await raised()).toEqual([{ ...real, place: { zone: 'north-gate', name: '北门' } }]);
    await page.clock.runFor(10_000);
    expect(await raised()).toHaveLength(1);
    expect(await dialog.count()).toBe(0);
  });

  it('goes out without a place when nobody answers, and when the question is closed', async () => {
    await open({ path: 'gate' });
    await hold();
    await page.clock.runFor(5000);
    expect(await raised()).toEqual([real]);
    await hold();
    await page.keyboard.press('Escape');
    expect(await raised()).toEqual([real, real]);
  });

  it('asks nothing where this computer has its place', async () => {
    await open({ path: 'gate' });
    await page.getByLabel('本机位置').selectOption('综合楼');
    await hold();
    expect(await raised()).toEqual([{ ...real, place: { zone: 'main-building', name: '综合楼' } }]);
  });

  it('says no longer that it waits, when the incident is here before the answer to the press', async () => {
    await open({ scene: 'empty', path: 'gate' });
    await page.evaluate(() => {
      window.hand.whenRaised = (incident) =>
        window.hand.tell({
          type: 'incident',
          incident: { ...window.made.incident(Date.now(), { secondsAgo: 1, missing: 0 }), incident },
        });
    });
    await hold();
    await page.clock.resume();
    await sees('全部设备都应答了');
    expect(await page.getByText('已经发出，等设备应答。').count()).toBe(0);
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
    await sees('全部设备都应答了');
    expect(await page.getByText('还没应答').count()).toBe(0);
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

describe('devices', () => {
  it('are called by what they are, also those of a gate that nobody named', async () => {
    await open({ path: 'devices' });
    const gate = page.locator('section').filter({ has: page.getByRole('heading', { name: '东门' }) });
    await gate.getByText('报警按钮', { exact: true }).waitFor(soon);
    await gate.getByText('身份证阅读器', { exact: true }).waitFor(soon);
    expect(await gate.getByText(/button-1|id-1|警号/).count()).toBe(0);
    await gate.getByText('广播 S-60').waitFor(soon);
  });
});

describe('on a phone', () => {
  it('keeps four views in the bar below, and behind its last place the others, the language and the way out', async () => {
    await open({ scene: 'actual', path: 'alarm', width: 390 });
    const bar = page.locator('.nav .item:visible');
    for (const item of await bar.all()) expect((await item.boundingBox())?.width).toBeGreaterThanOrEqual(48);
    await page.getByRole('button', { name: /^更多/ }).click();
    const more = page.getByRole('dialog', { name: '更多' });
    await more.getByRole('link', { name: /设备/ }).waitFor(soon);
    await more.getByRole('button', { name: 'English' }).click();
    await page.getByRole('dialog', { name: 'More' }).getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor(soon);
  });

  it('says above everything that it is a demonstration, and covers nothing with it', async () => {
    await open({ scene: 'demo', path: 'gate', width: 390 });
    const ribbon = await page.locator('.ribbon:visible').boundingBox();
    const head = await page.locator('.top').boundingBox();
    expect(ribbon?.y).toBe(0);
    expect(head?.y).toBe(ribbon?.height);
  });

  it('keeps the search for a card in sight below the head', async () => {
    await open({ path: 'pickup/cards', width: 390 });
    const search = page.getByRole('searchbox');
    await search.waitFor(soon);
    await page.setViewportSize({ width: 390, height: 480 });
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    const bar = await page.locator('.top').boundingBox();
    const box = await search.boundingBox();
    expect(box?.y).toBeGreaterThanOrEqual((bar?.y ?? 0) + (bar?.height ?? 0));
    expect(box?.y).toBeLessThan(240);
  });
});

describe('loading and empty', () => {
  it('do not look alike: lines while it is on its way, a sign and words when there is nothing', async () => {
    await open({ scene: 'empty', path: 'pickup' });
    await sees('今天还没有交接。');
    expect(await page.locator('.empty svg').count()).toBe(1);
    expect(await page.locator('.loading').count()).toBe(0);
    await open({ scene: 'slow', path: 'pickup' });
    await page.locator('.loading .bar').first().waitFor(soon);
    expect(await page.locator('.empty').count()).toBe(0);
    expect(await page.getByRole('heading', { name: '交接和拦下 0' }).count()).toBe(0);
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
    const nav = page.getByRole('navigation', { name: '主导航' });
    expect(await nav.getByRole('link', { name: '设备' }).textContent()).not.toMatch(/\d/);
    await page.evaluate(() => window.hand.mend());
    await page.clock.runFor(2500);
    await sees(/^实时/);
    await sees('按钮卡住');
  });

  it('does not call a screen live that would see no alarm', async () => {
    await open({ scene: 'noAlarms', path: 'gate' });
    await sees(/这里现在看不到新的警报/);
    expect(await page.getByText(/^实时/).count()).toBe(0);
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
