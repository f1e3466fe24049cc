import type { modes as source } from '../zh/modes.ts';

export const modes: typeof source = {
  peak: {
    kind: { arrival: 'Arrivals', dismissal: 'Dismissal', hand: 'Peak' },
    off: 'End peak mode',
    offNote: (until) => `ends by itself at ${until}`,
    on: 'Start peak mode',
    onNote: 'pickups first; ends by itself after an hour',
    queue: (n) => `${n} more waiting`,
    set: 'Pickups first, visitors queue',
    until: (at) => `until ${at}`,
  },
  theme: { auto: 'By the clock', autoNote: (from, to) => `night from ${from} to ${to}` },
};
