/** A visitor's badge at the gate: what the guard reads, and that he can print it again. */
import { expect, it } from 'vitest';
import { asked, fresh, minuteLater, tell } from './testing/kiosk-page.ts';
import { BADGE_VISIT, badge } from './testing/scenes-badge.ts';

it('no paper: words that say what to do, a button of 20 mm, and it is printed again', async () => {
  const page = await fresh('admitted-badge-paper');
  await page.getByText('打印机没纸了').waitFor();
  await page.getByText('装好纸，点“重打访客证”').waitFor();
  await page.getByText('E1123-008').waitFor();
  const again = page.getByRole('button', { name: '重打访客证' });
  expect((await again.boundingBox())?.height).toBeGreaterThanOrEqual(118);
  await again.click();
  expect(await asked(page, 'badges')).toEqual([[BADGE_VISIT]]);
  await tell(page, badge('printing'));
  await page.getByText('正在打印访客证').waitFor();
  expect(await again.isDisabled()).toBe(true);
  await tell(page, badge('printed'));
  await page.getByText('访客证已打印').waitFor();
});

it('while the badge is not out the screen stays; once it is, it leaves by itself', async () => {
  const page = await fresh('admitted-badge-paper');
  await minuteLater(page);
  await page.getByText('打印机没纸了').waitFor();
  await tell(page, badge('printed'));
  await page.getByText('访客证已打印').waitFor();
  await page.getByText('请放证件').waitFor();
});

it('from the list of visitors it is printed once more', async () => {
  const page = await fresh('visits-badge');
  await page.getByRole('button', { name: '重打访客证' }).click();
  await page.waitForFunction(() => window.gate.agent.asked.some((a) => a.call === 'badges'));
});
