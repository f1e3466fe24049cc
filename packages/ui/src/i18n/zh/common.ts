/** Words that both screens say. */
export const common = {
  alarm: {
    dontLetGo: '别松手',
    gateOnly: '只响本门',
    hold: '按住 1 秒',
    word: '报警',
  },
  /** Between things of one list: 设备 3，人员 2. */
  comma: '，',
  language: { en: 'English', zh: '中文' },
  listSeparator: '、',
  none: '无',
  states: {
    loading: '正在打开',
    never: '从未',
    off: '断开',
    ok: '正常',
  },
  /** Full-width brackets: 三（2）班. */
  time: {
    ago: (span: string) => `${span}前`,
    date: (month: number, day: number) => `${month} 月 ${day} 日`,
    days: (d: number) => `${d} 天`,
    hours: (h: number, m: number) => (m === 0 ? `${h} 小时` : `${h} 小时 ${m} 分`),
    justNow: '刚刚',
    minutes: (m: number) => `${m} 分钟`,
    never: '还没有',
    seconds: (s: number) => `${s} 秒`,
    today: '今天',
    yesterday: '昨天',
  },
};
