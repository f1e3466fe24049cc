/**
 * The screens in a real browser: what the guard's finger, his mouse and his keyboard do. Nothing here waits for a fixed time but
 * for what must appear.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { alarm, departments, drill, liuFang, presented, status, stranger, yes } from './testing/data.ts';
import { asked, fresh, tell } from './testing/kiosk-page.ts';

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
    const page = await fresh('idle-agreed');
    await tell(page, { type: 'presented', presented: presented() });
    await page.getByRole('button', { name: '无违禁品' }).click();
    await page.getByRole('button', { name: '放行', exact: true }).click();
    await page.getByRole('button', { name: '撤销' }).click();
    await page.getByText('已撤销').waitFor();
    expect(await asked(page, 'undo')).toHaveLength(1);
  });

  it('is not let in by the finger that only answers 还在吗', async () => {
    const page = await fresh('idle-agreed');
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
    await tell(page, { type: 'presented', presented: stranger() });
    await page.getByText('吴桂英').waitFor();
    await page.evaluate(() => window.gate.skip(31_000));
    await page.getByText('请放证件').waitFor();
    expect(await page.getByText('吴桂英').count()).toBe(0);
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
