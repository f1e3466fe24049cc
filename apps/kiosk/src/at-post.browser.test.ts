/** Guard posts at the gate's reader: what who has tapped his staff card sees. */
import { expect, it } from 'vitest';
import { alarm, atPost, presented, status, stranger } from './testing/data.ts';
import { asked, fresh, tell } from './testing/kiosk-page.ts';

it('says large who came to which post, for a few seconds; tapped again, since when', async () => {
  const page = await fresh();
  await tell(page, atPost('recorded'));
  await page.getByRole('alert').getByText('王建国 已到岗').waitFor();
  await page.getByText('东门护学岗').waitFor();
  await page.getByText('07:20–08:30').waitFor();
  await tell(page, atPost('already'));
  await page.getByRole('alert').getByText('王建国 已签到 07:17').waitFor();
  await page.evaluate(() => window.gate.skip(8_000));
  await page.getByRole('button', { name: '忘带证件' }).waitFor();
});

it('gives way to whoever comes next, and is a word in passing while somebody is served', async () => {
  const page = await fresh('post-yes');
  await tell(page, { type: 'presented', presented: stranger() });
  await page.getByRole('button', { name: '送货' }).waitFor();
  await tell(page, atPost('kept', '李志强'));
  await page.locator('.slot.said').getByText('李志强 已到岗').waitFor();
  await page.getByRole('button', { name: '送货' }).waitFor();
});

it('takes nothing from the change of shift: there the card still chooses its guard', async () => {
  const page = await fresh();
  await page.getByRole('button', { name: '交接班' }).click();
  await tell(page, atPost('recorded'));
  await page.locator('.slot.said').getByText('王建国 已到岗').waitFor();
  await page.getByRole('button', { name: '交给下一班' }).waitFor();
  expect(await asked(page, 'shifts.board')).toHaveLength(2);
});

it('leaves the screen to an alarm', async () => {
  const page = await fresh('post-yes');
  await tell(page, { type: 'status', status: status({ siren: 'sounding' }) });
  await tell(page, { type: 'alarms', incidents: [alarm()] });
  await page.getByRole('button', { name: '解除警报' }).waitFor();
  await tell(page, atPost('recorded'));
  await tell(page, {
    ...{ type: 'staffCard', tap: 'tap-1', person: { id: 'chen', name: '陈立新' } },
    ...{ mayStandDown: true, at: presented().at },
  });
  await page.getByRole('button', { name: '误报' }).waitFor();
});
