import type { Catalogue } from '../catalogue.ts';

const drillMark = '[DRILL] ';

export const messages: Catalogue['messages'] = {
  certificate: {
    text: (name, kind, date, days) =>
      days > 0
        ? `${name}: ${kind} ends in ${days} days (${date}).`
        : days === 0
          ? `${name}: ${kind} ends today (${date}).`
          : `${name}: ${kind} ended ${-days} days ago (${date}).`,
    title: 'Certificate reminder',
  },
  digest: (n) => `Anyuan: ${n} reminders`,
  drill: {
    begun: `${drillMark}Drill begins`,
    begunText: (kind, mode) =>
      mode === 'test'
        ? `${kind} begins. This is a test, not a real alarm.`
        : `${kind} begins. This is a drill, not a real alarm.`,
    due: `${drillMark}Drill reminder`,
    dueText: (kind, date, time, lead) => `${date} ${time} ${kind}, led by ${lead}.`,
    ended: `${drillMark}Drill over`,
    endedText: (kind) => `${kind} is over; all back to normal.`,
    whole: (seconds, met) => `Whole school out in ${seconds} s, ${met ? 'in time' : 'not in time'}.`,
  },
  hazard: {
    late: 'Hazard overdue',
    lateText: (number, days, owner, date) =>
      `Hazard ${number} is ${days} days late; ${owner} is answerable, due ${date}.`,
    urged: 'Hazard: please mend',
    urgedText: (number, owner, date) => `Hazard ${number} should be mended soon; ${owner} is answerable, due ${date}.`,
  },
  test: {
    text: (school, who) => `Sent by ${who} from Anyuan at ${school}. If you can read this, the channel works.`,
    title: 'Test message',
  },
};
