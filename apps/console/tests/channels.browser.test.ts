/** Channels as an administrator keeps them, and as he finds out why nobody was reminded. */
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { open, page, sees, soon } from './console-page.ts';

const sent = (name: string) =>
  page.evaluate((of) => window.hand.sent.filter(([n]) => n === of).map(([, input]) => input), name);
const line = (name: string) => page.locator('.channellines > li').filter({ hasText: name });
/** As it is read, line by line. */
const said = async (what: Locator) => (await what.allInnerTexts()).join('\n');

describe('message channels', () => {
  it('stand beside the devices; one that fails is counted there, with its reason and what to do', async () => {
    await open({ path: 'devices' });
    await page.getByRole('link', { name: '消息通道' }).click();
    await line('安全办').getByText('密钥不对').waitFor(soon);
    expect(await said(line('安全办'))).toMatch(/起发不出去。 密钥、签名或密码不对。请核对后重新填写。\s*\(310000\)/);
    expect(await said(line('保安组'))).toMatch(/正常[\s\S]*企业微信群机器人，尾号 8d30/);
    expect(await said(page.getByRole('navigation', { name: '主导航' }).locator('.on').first())).toMatch(/设备/);
  });

  it('a test message is answered in words', async () => {
    await open({ path: 'devices/channels' });
    await line('保安组').getByRole('button', { name: '发测试消息' }).click();
    await sees('“保安组”已收下测试消息。请到那边看一眼。');
    await line('安全办').getByRole('button', { name: '发测试消息' }).click();
    await sees('“安全办”没有发成：密钥、签名或密码不对。请核对后重新填写。 (310000)');
    expect(await page.getByText('已收下测试消息').count()).toBe(0);
    await page.locator('.deliveries tbody tr').nth(5).waitFor(soon);
  });

  it('adds one; a wrong address is said, a right one is saved with what it shall get', async () => {
    await open({ path: 'devices/channels' });
    await page.getByRole('button', { name: '添加通道' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: '飞书群机器人' }).check();
    await dialog.getByLabel('名称').fill('年级组长');
    const save = dialog.getByRole('button', { name: '保存' });
    expect(await save.isDisabled()).toBe(true);
    await dialog.getByLabel('Webhook 地址').fill('http://open.feishu.cn/open-apis/bot/v2/hook/1');
    await dialog.getByLabel('签名校验密钥').fill('secret-of-the-robot');
    await dialog.getByLabel('证件到期').uncheck();
    await save.click();
    await dialog.getByRole('alert').getByText('地址不对').waitFor(soon);
    await dialog.getByLabel('Webhook 地址').fill('https://open.feishu.cn/open-apis/bot/v2/hook/1');
    await save.click();
    await line('年级组长').getByText('等第一条').waitFor(soon);
    const [, command] = await sent('channel.save');
    expect(command).toMatchObject({
      ...{ name: '年级组长', topics: ['drills', 'hazards'], audience: 'group', enabled: true },
      settings: { kind: 'feishu', address: 'https://open.feishu.cn/open-apis/bot/v2/hook/1' },
    });
  });

  it('what opens a channel is not shown again; it is kept, or written anew', async () => {
    await open({ path: 'devices/channels' });
    await line('安全办').getByRole('button', { name: '修改' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('Webhook 地址').count()).toBe(0);
    await dialog.getByLabel('名称').fill('安全办公室');
    await dialog.getByRole('button', { name: '保存' }).click();
    await line('安全办公室').waitFor(soon);
    expect(await sent('channel.save')).toMatchObject([{ name: '安全办公室', settings: null }]);
    await line('安全办公室').getByRole('button', { name: '修改' }).click();
    await dialog.getByLabel('重新填写地址和密钥').check();
    await dialog.getByLabel('Webhook 地址').fill('https://oapi.dingtalk.com/robot/send?access_token=1');
    await dialog.getByLabel('加签密钥').fill('SEC-right-this-time');
    await dialog.getByRole('button', { name: '保存' }).click();
    await line('安全办公室').getByText('正常').waitFor(soon);
  });

  it('removes one after asking', async () => {
    await open({ path: 'devices/channels' });
    await line('校长邮箱').getByRole('button', { name: '删除' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
    await expect.poll(() => line('校长邮箱').count(), soon).toBe(0);
  });

  it('the log says word for word what was sent, and what did not go out', async () => {
    await open({ path: 'devices/channels' });
    const rows = page.locator('.deliveries tbody tr');
    await rows.nth(3).waitFor(soon);
    expect(await said(rows.nth(0))).toMatch(/保安组[\s\S]*王建国的保安员证还有 7 天到期[\s\S]*已发出/);
    expect(await said(rows.nth(2))).toMatch(/18 条合并/);
    await page.getByRole('radio', { name: '没发成的' }).check();
    await expect.poll(() => rows.count(), soon).toBe(2);
    expect(await said(rows.nth(0))).toMatch(/等待[\s\S]*密钥不对 \(310000\)，试了 6 次/);
    expect(await said(rows.nth(1))).toMatch(/没发成[\s\S]*对方不收 \(40008\)/);
  });

  it('a teacher finds neither the tab nor the page', async () => {
    await open({ path: 'devices/channels', scene: 'teacher' });
    await sees('没有权限');
  });
});
