import type { common as source } from '../zh/common.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

export const common: typeof source = {
  alarm: {
    dontLetGo: 'Keep holding',
    gateOnly: 'This gate only',
    hold: 'Hold 1 s',
    word: 'ALARM',
  },
  comma: ', ',
  language: { en: 'English', zh: '中文' },
  listSeparator: ', ',
  none: 'none',
  states: {
    loading: 'Opening',
    never: 'never',
    off: 'cut off',
    ok: 'OK',
  },
  time: {
    ago: (span) => `${span} ago`,
    date: (month, day) => `${day} ${MONTHS[month - 1]}`,
    days: (d) => `${d} d`,
    hours: (h, m) => (m === 0 ? `${h} h` : `${h} h ${m} min`),
    justNow: 'just now',
    minutes: (m) => `${m} min`,
    never: 'not yet',
    seconds: (s) => `${s} s`,
    today: 'today',
    yesterday: 'yesterday',
  },
};
