/** The kiosk's modes: peak hours and the night's colours. Sorted. */
export const modes = {
  peak: {
    kind: { arrival: '上学高峰', dismissal: '放学高峰', hand: '高峰' },
    off: '关掉高峰模式',
    offNote: (until: string) => `到 ${until} 自己结束`,
    on: '打开高峰模式',
    onNote: '接送优先，1 小时后自己结束',
    queue: (n: number) => `后面还有 ${n} 位`,
    set: '接送先办，访客排队',
    until: (at: string) => `到 ${at}`,
  },
  theme: { auto: '按时间换', autoNote: (from: string, to: string) => `${from} 到 ${to} 用夜间` },
};
