/** A training's attendance at the gate's reader: what the guard touches, and what who has tapped his card sees. */
import { expect, it } from 'vitest';
import { alarm, attended, presented, status, stranger, takingAttendance } from './testing/data.ts';
import { asked, fresh, tell } from './testing/kiosk-page.ts';

it('is opened from today’s trainings, and says large what became of each card', async () => {
  const page = await fresh();
  await page.getByRole('button', { name: '更多' }).click();
  await page.getByRole('button', { name: '培训签到' }).click();
  await page.getByRole('button', { name: '保安定期培训' }).click();
  expect(await asked(page, 'beginSignIn')).toEqual([[takingAttendance().attendance?.session.id]]);
  await tell(page, { type: 'status', status: takingAttendance() });
  await page.getByText('请刷教职工卡').waitFor();
  await tell(page, attended('recorded'));
  await page.getByRole('alert').getByText('刘芳 已签到').waitFor();
  await tell(page, attended('already'));
  await page.getByRole('alert').getByText('刘芳 已签过').waitFor();
  await tell(page, attended('unknownCard', null));
  await page.getByRole('alert').getByText('不认识这张卡').waitFor();
  await page.getByRole('button', { name: '结束签到' }).click();
  expect(await asked(page, 'endSignIn')).toHaveLength(1);
  await page.getByRole('button', { name: '忘带证件' }).waitFor();
});

it('stands as long as it is open, and goes back to its list when its time is over', async () => {
  const page = await fresh('sign-in-yes');
  await page.evaluate(() => window.gate.skip(120_000));
  await page.getByText('刘芳 已签到').waitFor();
  await tell(page, { type: 'status', status: status() });
  await page.getByRole('button', { name: '忘带证件' }).waitFor();
});

it('lets visitors in between, and comes back with the next card', async () => {
  const page = await fresh('sign-in-yes');
  await tell(page, { type: 'presented', presented: stranger() });
  await page.getByRole('button', { name: '送货' }).waitFor();
  await tell(page, attended('already'));
  await page.locator('.slot.said').getByText('刘芳 已签过').waitFor();
  await page.getByRole('button', { name: '返回' }).click();
  await tell(page, attended('recorded', '孙丽华'));
  await page.getByRole('alert').getByText('孙丽华 已签到').waitFor();
});

it('gives way to an alarm, whose end is a staff card’s', async () => {
  const page = await fresh('sign-in-yes');
  await tell(page, { type: 'alarms', incidents: [alarm()] });
  await page.getByRole('button', { name: '解除警报' }).click();
  await page.getByRole('button', { name: '误报' }).click();
  await tell(page, attended('recorded'));
  await tell(page, {
    ...{ type: 'staffCard', tap: 'tap-1', person: { id: 'chen', name: '陈立新' } },
    ...{ mayStandDown: true, at: presented().at },
  });
  await page.waitForFunction(() => window.gate.agent.asked.some((a) => a.call === 'standDown'));
  await tell(page, { type: 'alarms', incidents: [] });
  await page.getByText('刘芳 已签到').waitFor();
});
