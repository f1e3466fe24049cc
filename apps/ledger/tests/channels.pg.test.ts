import { newId } from '@anyuan/contracts';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { channel, channelsSite } from './channels-site.ts';
import { administrator, assignment, guard, principal, teacher } from './site.ts';

let site: Awaited<ReturnType<typeof channelsSite>>;
beforeAll(async () => {
  site = await channelsSite();
});
afterAll(() => site.close());
beforeEach(() => site.empty());

const WANG = '证件到期提醒\n王建国的保安员证还有 7 天到期（2026-11-30）。';
const round = () => site.sender.processAll();

test('a reminder arrives once on each channel, by mail too; the same event again sends nothing', async () => {
  const robots = await Promise.all(
    (['wecom', 'dingtalk', 'feishu', 'webhook'] as const).map((kind) => site.robot(kind)),
  );
  const mailbox = await site.mailbox();
  const id = newId();
  for (const _ of [1, 2]) {
    await site.remind({ id });
    await round();
  }
  for (const { texts } of robots) expect(texts()).toEqual([WANG]);
  expect(mailbox.letters).toHaveLength(1);
  expect((await site.log()).map(({ state, attempts }) => [state, attempts])).toEqual(Array(5).fill(['sent', 1]));
});

test('two copies of the service send it once', async () => {
  const { texts } = await site.robot('wecom');
  for (let i = 0; i < 5; i++) await site.remind({ name: `保安${i}` });
  const copies = [site.sender, site.another(), site.another()];
  await Promise.all([...copies, ...copies].map((copy) => copy.processAll()));
  expect(new Set(texts()).size).toBe(5);
  expect(texts()).toHaveLength(5);
});

test('a copy that died while it sent: another takes over after a minute', async () => {
  const { texts } = await site.robot('wecom');
  await site.remind();
  const heldUntil = new Date(site.now() + 60_000);
  await site.db.kysely.updateTable('channels').set({ heldUntil }).execute();
  await round();
  expect(texts()).toEqual([]);
  site.pass(60);
  await round();
  expect(texts()).toEqual([WANG]);
});

test('a channel dead for ten minutes holds up no other, is shown as a fault, and gets all of it afterwards', async () => {
  const dead = await site.robot('dingtalk');
  const good = await site.robot('wecom');
  dead.robot.manner = 'hang';
  await site.remind();
  const round = site.sender.processAll();
  await expect.poll(() => good.texts(), { timeout: 1_500, interval: 10 }).toEqual([WANG]);
  await round;
  const since = new Date(site.now()).toISOString();
  expect((await site.channelOf('dingtalk')).failing).toMatchObject({ since, fault: 'noAnswer' });
  dead.robot.manner = 'cut';
  for (let i = 0; i < 60; i++) {
    site.pass(10);
    await site.sender.processAll();
  }
  expect(await site.channelOf('dingtalk')).toMatchObject({ failing: { since, fault: 'unreachable' }, waiting: 1 });
  expect((await site.log()).find((d) => d.state === 'waiting')?.attempts).toBeLessThan(8);
  await site.remind({ name: '李强' });
  dead.robot.manner = 'good';
  site.pass(600);
  await site.sender.processAll();
  expect(dead.texts()).toHaveLength(2);
  expect(await site.channelOf('dingtalk')).toMatchObject({ failing: null, waiting: 0 });
  expect(good.texts()).toHaveLength(2);
});

test('a wrong secret is said in its own word; put right, what waited goes out', async () => {
  const { command, robot, texts } = await site.robot('dingtalk', { secret: 'not the secret' });
  await site.remind();
  await round();
  const [failed] = await site.log();
  expect(failed).toMatchObject({ state: 'waiting', fault: 'secret', code: '310000', attempts: 1 });
  expect((await site.channelOf('dingtalk')).failing).toMatchObject({ fault: 'secret', code: '310000' });
  const { deliveries } = await site.as(principal).deliveries({ filter: 'failed' });
  expect(deliveries).toHaveLength(1);
  const settings = { kind: 'dingtalk', address: robot.address, secret: 'SEC-of-the-demo-robot' } as const;
  await site.as(administrator).saveChannel({ ...command, settings });
  await round();
  expect(texts()).toEqual([WANG]);
  expect((await site.log())[0]).toMatchObject({ state: 'sent', fault: null, attempts: 2 });
});

test('too many at once go out as a digest, none is lost, and the pace of a minute holds', async () => {
  const { texts } = await site.robot('wecom');
  for (let i = 1; i <= 40; i++) await site.remind({ name: `保安${i}号` });
  await round();
  const all = texts().join('\n');
  for (let i = 1; i <= 40; i++) expect(all).toContain(`保安${i}号的保安员证`);
  expect(texts().length).toBeLessThan(5);
  expect(texts()[0]).toMatch(/^安园：\d+ 条提醒\n· 证件到期提醒 保安1号/);
  expect((await site.log()).every((d) => d.state === 'sent' && d.together > 1)).toBe(true);
  for (let minute = 0; minute < 6; minute++) {
    for (let i = 0; i < 12; i++) await site.remind({ name: `第${minute}分${i}号` });
    for (let i = 0; i < 10; i++) {
      await round();
      site.pass(3);
    }
  }
  const times = await site.db.kysely.selectFrom('sendings').select('at').orderBy('at').execute();
  for (const { at } of times) {
    const within = times.filter((t) => t.at >= at && t.at.getTime() < at.getTime() + 60_000);
    expect(within.length).toBeLessThanOrEqual(15);
  }
});

test('DingTalk says too many: it is left alone for ten minutes', async () => {
  const { robot, texts } = await site.robot('dingtalk');
  robot.manner = { body: { errcode: 130_101, errmsg: 'send too fast' } };
  await site.remind();
  await round();
  robot.manner = 'good';
  site.pass(590);
  await round();
  expect(texts()).toEqual([]);
  site.pass(15);
  await round();
  expect(texts()).toEqual([WANG]);
});

test('one message that the other side refuses is given up at once; the next one goes out', async () => {
  const { robot, texts } = await site.robot('wecom');
  robot.manner = { body: { errcode: 40_008 } };
  await site.remind();
  await round();
  robot.manner = 'good';
  await site.remind({ name: '李强' });
  await round();
  expect((await site.log()).map(({ state, fault }) => [state, fault])).toEqual([
    ['sent', null],
    ['failed', 'rejected'],
  ]);
  expect(texts()).toHaveLength(1);
});

test('what waited a day is given up; what is older when it is heard, or half a year in the log, is not kept', async () => {
  const { robot } = await site.robot('wecom');
  robot.manner = 'cut';
  await site.remind({ at: site.now() - 25 * 3_600_000 });
  expect(await site.log()).toEqual([]);
  await site.remind();
  await round();
  site.pass(86_401);
  await round();
  expect(await site.log()).toMatchObject([{ state: 'failed', fault: 'unreachable' }]);
  site.pass(181 * 86_400);
  await round();
  expect(await site.log()).toEqual([]);
});

const drill = { ...{ drill: newId(), kind: 'fire', mode: 'exercise', date: '2026-11-24', time: '10:00' } };
const lead = { id: 's-zhou', name: '周敏' };

test('drills: marked; of one that is not announced only the office hears', async () => {
  const group = await site.robot('wecom');
  const office = await site.robot('feishu', { audience: 'office' });
  await site.hear('drills', 'reminder', 'due', { ...drill, lead, announced: true });
  await site.hear('drills', 'reminder', 'due', { ...drill, time: '14:00', lead, announced: false });
  await round();
  const said = (time: string) => `【演练】演练提醒\n2026-11-24 ${time} 消防疏散演练，负责人：周敏。`;
  expect(group.texts()).toEqual([said('10:00')]);
  expect(office.texts()).toEqual([said('10:00'), said('14:00')]);
});

test('the begin and end of a drill say that it is none in earnest', async () => {
  const { texts } = await site.robot('wecom');
  const view = {
    ...{
      id: newId(),
      term: newId(),
      kind: 'fire',
      date: '2026-11-24',
      time: '10:00',
      announced: true,
      targetSeconds: 120,
    },
    ...{ lead, observers: [], status: 'running', mode: 'exercise', plan: null, incident: null, alarmHeardAt: null },
    ...{ startedAt: null, endedAt: null, cancelReason: null, verifies: [], findings: 0, result: null },
  };
  const result = {
    ...{ wholeSeconds: 114, met: true, expected: 1_200, present: 1_199, missing: 1, elsewhere: 0, unmarked: 0 },
  };
  await site.hear('drills', 'drill', 'begun', view);
  await site.hear('drills', 'drill', 'ended', { ...view, status: 'ended', result });
  await round();
  expect(texts()).toEqual([
    '【演练】演练开始\n消防疏散演练开始。这是演练，不是真实警情。',
    '【演练】演练结束\n消防疏散演练已结束，恢复正常秩序。全校疏散用时 114 秒，达标。',
  ]);
});

test('a hazard that is late, and one that is urged, by number; nothing that somebody typed', async () => {
  const { texts } = await site.robot('wecom');
  await site.robot('feishu', { topics: ['drills'] });
  const { hazard } = await site
    .as(guard)
    .reportHazard({ id: newId(), what: '学生张三 13800000000 摔倒', place: '操场' });
  await site.as(administrator).assign(assignment({ hazard: hazard.id, deadline: '2026-11-24' }));
  await site.as(administrator).urge({ command: newId(), hazard: hazard.id, note: '请张三家长签字' });
  await round();
  site.pass(2 * 86_400);
  await site.escalate();
  await site.escalate();
  await round();
  expect(texts()).toEqual([
    '隐患催办\n请尽快整改隐患 Y-1101，责任人：赵磊，期限 2026-11-24。',
    '隐患逾期\n隐患 Y-1101 逾期 1 天，责任人：赵磊，期限 2026-11-24。',
  ]);
  const said = (await site.log()).map(({ text }) => text).join();
  expect(said).not.toMatch(/张三|1380|操场/);
  expect((await site.log()).map(({ channel: of, title }) => [of.name, title])).toEqual([
    ['wecom', '隐患逾期'],
    ['wecom', '隐患催办'],
  ]);
});

test('a test message is answered at once, in a word when it fails; the same id sends once', async () => {
  const { robot, command, texts } = await site.robot('feishu');
  const office = site.as(administrator);
  const id = newId();
  for (const _ of [1, 2]) expect(await office.sendTest({ id, channel: command.id })).toEqual({ result: 'sent' });
  expect(texts()).toEqual(['测试消息\n青禾小学的安园系统，由周敏发出。看到这条，说明通道可用。']);
  robot.manner = { status: 503 };
  const failed = { result: 'failed', fault: 'serverFault', code: 'HTTP 503' };
  expect(await office.sendTest({ id: newId(), channel: command.id })).toEqual(failed);
  expect((await site.channelOf('feishu')).failing).toMatchObject({ fault: 'serverFault' });
  robot.manner = 'good';
  for (let i = 0; i < 13; i++) await office.sendTest({ id: newId(), channel: command.id });
  expect(await office.sendTest({ id: newId(), channel: command.id })).toMatchObject({ fault: 'tooMany' });
});

test('what opens a channel is sealed, never told again, and gone with it', async () => {
  const { command, robot } = await site.robot('webhook', { secret: 'a-long-secret-of-ours-9f2c' });
  const view = await site.channelOf('webhook');
  expect(view).toMatchObject({ host: '127.0.0.1', tail: '9f2c' });
  expect(JSON.stringify(view)).not.toMatch(/a-long-secret|0f3c-demo/);
  expect(await site.text()).not.toMatch(/a-long-secret|0f3c-demo-key/);
  const office = site.as(administrator);
  await office.saveChannel({ ...command, name: '校办', settings: null });
  expect(await office.sendTest({ id: newId(), channel: command.id })).toMatchObject({ fault: 'secret' });
  expect(robot.heard).toEqual([]);
  expect(await site.otherKey().as(administrator).sendTest({ id: newId(), channel: command.id })).toMatchObject({
    fault: 'sealed',
  });
  await site.remind();
  await office.removeChannel({ channel: command.id });
  expect(await office.channels()).toEqual([]);
  expect((await site.db.kysely.selectFrom('channels').select('sealed').executeTakeFirst())?.sealed).toBeNull();
  expect((await site.log())[0]).toMatchObject({ state: 'failed', fault: null });
  await expect(office.saveChannel(command)).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('refused with its reason: another host, no settings, another kind; and whoever may not', async () => {
  const office = site.as(administrator);
  const settings = { kind: 'wecom', address: 'https://example.org/cgi-bin/webhook/send?key=1' } as const;
  expect(await office.saveChannel(channel({ settings }))).toEqual({ result: 'refused', why: 'address' });
  expect(await office.saveChannel(channel())).toEqual({ result: 'refused', why: 'needsSettings' });
  const { command } = await site.robot('feishu');
  const other = { kind: 'wecom', address: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1' } as const;
  expect(await office.saveChannel({ ...command, settings: other })).toEqual({ result: 'refused', why: 'otherKind' });
  for (const actor of [teacher, guard]) {
    await expect(site.as(actor).channels()).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(site.as(actor).sendTest({ id: newId(), channel: command.id })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  }
});

test('one that is switched off gets nothing', async () => {
  const { texts } = await site.robot('wecom', { enabled: false });
  await site.remind();
  await round();
  expect([texts(), await site.log()]).toEqual([[], []]);
});
