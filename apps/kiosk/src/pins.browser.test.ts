/** What is signed by PIN at the kiosk, with touches: a whole handover, and the end of an alarm. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { alarm, presented, status } from './testing/data.ts';
import { asked, fresh, tell } from './testing/kiosk-page.ts';

const tap = (page: Page, ...names: string[]) =>
  names.reduce(
    (before, name) =>
      before.then(() =>
        page
          .getByRole('button', { name, exact: /^\d$/.test(name) })
          .first()
          .tap(),
      ),
    Promise.resolve(),
  );
const said = (page: Page, words: string) => page.getByRole('status').filter({ hasText: words }).waitFor();

it('a handover: what is left, a note, both PINs; a wrong one is told with whose it was, and both sign again', async () => {
  const page = await fresh();
  await page.evaluate(() => {
    const { shifts } = window.gate.agent;
    const { pass } = shifts;
    let tries = 0;
    shifts.pass = async (input) => {
      const answer = await pass(input);
      tries += 1;
      return tries === 1 ? { ok: false, reason: 'wrongPin', left: 4, who: 'outgoing' } : answer;
    };
  });
  await tap(page, '交接班');
  await page.getByText('3 个孩子还没接走').waitFor();
  await tap(
    page,
    '钥匙已交',
    '交给下一班',
    '9',
    '9',
    '9',
    '9',
    '交给下一班',
    '李志强',
    '替班',
    '2',
    '2',
    '2',
    '2',
    '接班',
  );
  await said(page, '交班人');
  await tap(page, '1', '1', '1', '1', '交给下一班', '2', '2', '2', '2', '接班');
  await page.getByText('上岗检查').first().waitFor();
  const [first, second] = await asked(page, 'shifts.pass');
  expect(first).toMatchObject([{ outPin: '9999', pin: '2222', guard: 'li', reason: 'stoodIn', notes: ['keysHanded'] }]);
  expect(second).toMatchObject([{ outPin: '1111', pin: '2222', hash: 'ab'.repeat(32) }]);
  expect(await page.content()).not.toContain('2222');
});

it('the end of an alarm: reason, card, PIN; a wrong PIN says how many tries are left', async () => {
  const page = await fresh();
  await page.evaluate(() => {
    const { agent } = window.gate;
    const { standDown } = agent;
    agent.standDown = async (...input) => {
      const answer = await standDown(...input);
      const pin = input[3];
      if (pin === undefined) return { ok: false, reason: 'pinWanted' };
      return pin === '4711' ? answer : { ok: false, reason: 'wrongPin', left: 4 };
    };
  });
  await tell(page, { type: 'status', status: status({ siren: 'sounding' }) });
  await tell(page, { type: 'alarms', incidents: [alarm()] });
  await tap(page, '解除警报', '误报');
  await tell(page, {
    ...{ type: 'staffCard', tap: 'tap-1', person: { id: 'chen', name: '陈立新' } },
    ...{ mayStandDown: true, at: presented().at },
  });
  const done = page.locator('.pinpad .act');
  const pin = async (digits: string) => {
    await tap(page, ...digits);
    await done.tap();
  };
  await page.locator('.pinpad').waitFor();
  expect(await done.isDisabled()).toBe(true);
  await pin('1234');
  await said(page, '密码不对，还能试 4 次');
  await pin('4711');
  await expect.poll(() => asked(page, 'standDown')).toHaveLength(3);
  const calls = await asked(page, 'standDown');
  expect(calls.map(([, card, reason, given]) => [card, reason, given ?? null])).toEqual([
    ['tap-1', 'falseAlarm', null],
    ['tap-1', 'falseAlarm', '1234'],
    ['tap-1', 'falseAlarm', '4711'],
  ]);
});
