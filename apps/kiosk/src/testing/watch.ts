/** The watchlist's stories: what the agent says of a person, and how it answers the guard. */
import type { KioskEvent, WatchNotice } from '@anyuan/contracts';
import type { WatchClient } from '../lib/watch.ts';
import { cutOff, presented, status, stranger, yes } from './data.ts';
import type { Scene } from './scenes.ts';

// Their own ids: a test names them too, and made ones depend on what was made before.
export const HIT = '019ab000-0000-7000-8000-000000a00001';
export const man = presented({ id: '019ab000-0000-7000-8000-000000a00002' });
export const woman = stranger({ id: '019ab000-0000-7000-8000-000000a00003' });

export const notice = (given: Partial<WatchNotice> = {}): WatchNotice => ({
  ...{ hit: HIT, about: man.id, exact: true, action: 'refuse' },
  instruction: '请到值班室坐，打电话给陈校长，不要争执。',
  phones: [
    { name: '陈立新', phone: '分机 8001' },
    { name: '周敏', phone: '分机 8002' },
  ],
  ...{ answer: null, by: null, blocks: true, told: true },
  ...given,
});
export const watch = (given: Partial<WatchNotice> = {}): KioskEvent => ({ type: 'watch', notice: notice(given) });

/** As the agent does: a "no" clears, a "yes" refuses, otherwise it stays open. */
export function scriptedWatch(
  asked: (call: string, args: unknown[]) => void,
  answers: () => Partial<WatchClient>,
): WatchClient {
  return {
    check: async (typed) => {
      asked('watchCheck', [typed]);
      return (await answers().check?.(typed)) ?? null;
    },
    answer: async (hit, is, subject) => {
      asked('watchAnswer', [hit, is, subject]);
      const told = await answers().answer?.(hit, is, subject);
      const blocks = is !== 'no';
      return (
        told ?? {
          notice: notice({ hit, about: subject ? man.id : verdict.id, answer: is, by: 'gate', blocks }),
          refused: is === 'yes',
        }
      );
    },
  };
}

const show = (p = man): KioskEvent => ({ type: 'presented', presented: p });

const verdict = yes();
const marked: KioskEvent[] = [watch(), show()];
export const watchScenes: Record<string, Scene> = {
  watch: { events: marked, touch: ['无违禁品'] },
  'watch-sheet': { events: marked, touch: ['无违禁品', '核对证件'] },
  'watch-near': { events: [watch({ exact: false }), show()], touch: ['核对证件'] },
  'watch-offline': { status: cutOff(), events: [watch({ told: false }), show()], touch: ['核对证件'] },
  'watch-unsure': { events: marked, touch: ['核对证件', '不能确定'] },
  'watch-cleared': { events: marked, touch: ['无违禁品', '核对证件', '不相符'] },
  'watch-wait': { events: marked, touch: ['核对证件', '按说明办理'] },
  'watch-confirmed': {
    events: [...marked, watch({ answer: 'yes', by: 'responder' })],
    touch: ['核对证件'],
  },
  'watch-observe': { events: [watch({ action: 'observe', blocks: false }), show()], touch: ['无违禁品'] },
  'watch-stranger': { events: [watch({ about: woman.id }), show(woman)] },
  'watch-pickup': {
    status: status(),
    touch: ['忘带接送卡'],
    after: [watch({ about: verdict.id }), { type: 'verdict', verdict }],
  },
};
