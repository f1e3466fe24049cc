import { t } from '@anyuan/ui';
import type { VisitorScreen } from '../lib/state.ts';

/** How it stands with somebody who waits for his host: a sign, and one short sentence. */
export function keptWord({ question, host }: VisitorScreen) {
  const words = t().visit.waits;
  const view = question.state === 'out' ? question.view : null;
  const name = view?.answer?.by.name ?? host?.name ?? '';
  switch (view?.state) {
    case 'yes':
      return { icon: 'signOk', tone: 'yes', word: words.yes(name) } as const;
    case 'no':
      return { icon: 'signNo', tone: 'no', word: words.no(name) } as const;
    case 'coming':
      return { icon: 'signInfo', tone: 'look', word: words.coming(name) } as const;
    case 'withdrawn':
      return { icon: 'signWarn', tone: 'look', word: words.nobody } as const;
    case 'open':
      return { icon: 'clock', tone: 'open', word: words.open(name) } as const;
    case undefined:
      return question.state === 'asking'
        ? ({ icon: 'clock', tone: 'open', word: words.open(name) } as const)
        : ({ icon: 'clock', tone: 'open', word: words.notAsked } as const);
  }
}
