/** What `npm start` says when all is up, and the one line on everybody's health below it. */
import type { Condition } from './supervisor.ts';

export interface BannerFacts {
  seconds: number;
  dataDir: string;
  kiosk: string | null;
  console: string;
  lanConsole: string | null;
  sim: string | null;
  demo: boolean;
}

/** Columns on a terminal, where a Hanzi takes two. */
const pad = (text: string, columns: number): string =>
  text + ' '.repeat(Math.max(1, columns - [...text].reduce((n, c) => n + (/[⺀-￯]/.test(c) ? 2 : 1), 0)));

export function banner({ seconds, dataDir, kiosk, console, lanConsole, sim, demo }: BannerFacts): string {
  const row = (zh: string, en: string, url: string, note = '') =>
    `  ${pad(zh, 9)}${pad(en, 9)}${pad(url, 36)}${note}`.trimEnd();
  return [
    '',
    `  安园 Anyuan 已就绪 ready in ${seconds} s      停止 stop: Ctrl-C`,
    '',
    ...(kiosk ? [row('门卫台', 'Kiosk', kiosk, demo ? 'PIN 1111' : '')] : []),
    row('管理台', 'Console', console, demo ? 'principal / demo-1111' : ''),
    ...(demo ? [row('', '', '', 'admin / demo-1111   teacher / demo-1111   guard / demo-1111')] : []),
    ...(lanConsole ? [row('手机', 'Phone', lanConsole)] : []),
    ...(sim ? [row('模拟器', 'Sim', sim, '刷卡、按报警、来访客 tap a card, press the alarm, send a visitor')] : []),
    row('数据', 'Data', dataDir),
    ...(demo
      ? ['', '  演示数据，正式使用切勿沿用这些密码。 DEMO DATA: never use these passwords for real (--no-demo).']
      : []),
    '',
  ].join('\n');
}

export function healthLine(conditions: Record<string, Condition>): string {
  const all = Object.entries(conditions);
  const ill = all.filter(([, condition]) => condition !== 'well');
  if (ill.length === 0) return `health: 全部正常 all well (${all.length}/${all.length})`;
  const words = ill.map(
    ([name, condition]) => `${name} ${condition === 'starting' ? '启动中 starting' : '重启中 restarting'}`,
  );
  return `health: ${words.join(', ')} (${all.length - ill.length}/${all.length})`;
}
