/** The watchlist in memory: what the entries name decides who sees them, as at the service. All people are invented. */
import { AppError, type Role, type WatchDetail, type WatchHitView, type WatchLook, watchName } from '@anyuan/contracts';
import type { WatchlistClient } from '../lib/clients/watchlist.ts';

export interface WatchlistScene {
  entries: WatchDetail[];
  hits: WatchHitView[];
  looks: WatchLook[];
}
export const noWatchlist: WatchlistScene = { entries: [], hits: [], looks: [] };

const idOf = (n: number) => `0199e1a4-5e10-7000-8000-${String(900 + n).padStart(12, '0')}`;
const principal = { id: 's-chen', name: '陈立新' };
const staff = [
  { ...principal, title: '校长' },
  { id: 's-zhou', name: '周敏', title: '安全管理员' },
  { id: 's-liu', name: '刘芳', title: '班主任' },
];

export function watchlistScene(now: number): WatchlistScene {
  const ago = (min: number) => new Date(now - min * 60_000).toISOString();
  const day = (days: number) => new Date(now + days * 86_400_000).toISOString().slice(0, 10);
  const entry = (n: number, given: Partial<WatchDetail>): WatchDetail => ({
    ...{ entry: idOf(n), covered: '鲁＊＊', source: 'police', reason: 'courtOrder', action: 'refuse', version: 1 },
    ...{ instruction: '请到值班室坐，打电话给陈校长。', validFrom: day(-30), validUntil: day(150), state: 'on' },
    ...{ responders: [principal], lastHitAt: null, name: '鲁志平', birthDate: '1982-07-14', idLast4: '5154' },
    ...{ readers: [], madeBy: principal, madeAt: ago(43_200), mayWrite: true, cleared: 1 },
    history: [{ at: ago(43_200), by: principal, type: 'made', why: '', fields: [] }],
    ...given,
  });
  const hit = (n: number, given: Partial<WatchHitView>): WatchHitView => ({
    ...{ hit: idOf(50 + n), entry: idOf(1), at: ago(4), gate: 'east', match: 'idNumber', shown: 'document' },
    ...{ action: 'refuse', instruction: '请到值班室坐，打电话给陈校长。', guard: { id: 'g', name: '王建国' } },
    ...{ listAsOf: ago(5), offline: false, answers: [], toMe: true },
    ...given,
  });
  return {
    entries: [
      entry(1, { lastHitAt: ago(4) }),
      entry(2, { covered: '阿＊＊', name: '阿卜杜热合曼·买买提', action: 'observe', state: 'coming', reason: 'other' }),
      entry(3, { covered: '何＊', name: '何强', state: 'over', source: 'school', reason: 'dismissedStaff' }),
    ],
    hits: [
      hit(1, {}),
      hit(2, {
        ...{ match: 'birthYear', shown: 'typed', at: ago(2_000), offline: true, action: 'accompany' },
        answers: [{ is: 'no', at: ago(1_990), by: { id: 'g', name: '王建国' }, via: 'gate' }],
      }),
    ],
    looks: [
      { at: ago(3), by: principal, what: 'opened', entry: idOf(1), covered: '鲁＊＊' },
      { at: ago(20), by: { id: 's-zhou', name: '周敏' }, what: 'refused', entry: idOf(2), covered: '阿＊＊' },
    ],
  };
}

export function memoryWatchlist(
  scene: WatchlistScene,
  role: () => Role | null,
  answer: <T>(value: T) => Promise<T>,
  sent: [name: string, input: unknown][],
): WatchlistClient {
  let { entries, hits } = scene;
  const mine = () => role() === 'principal';
  const save = async (name: string, command: { entry: string }, change: (e: WatchDetail) => WatchDetail) => {
    await answer(undefined);
    sent.push([name, command]);
    entries = entries.map((e) => (e.entry === command.entry ? change(e) : e));
    return { result: 'saved' as const, entry: command.entry };
  };
  return {
    entries: () => answer(mine() ? entries : []),
    async open(id) {
      const found = await answer(mine() ? entries.find((e) => e.entry === id) : undefined);
      if (!found) throw new AppError('notFound', 'scene');
      return found;
    },
    hits: () => answer(mine() ? hits : []),
    async answer({ hit, is }) {
      await answer(undefined);
      sent.push(['watch.answer', { hit, is }]);
      const at = new Date().toISOString();
      hits = hits.map((h) =>
        h.hit === hit ? { ...h, answers: [...h.answers, { is, at, by: principal, via: 'console' }] } : h,
      );
      const found = hits.find((h) => h.hit === hit);
      if (!found) throw new AppError('notFound', 'scene');
      return found;
    },
    looks: () => answer(scene.looks),
    staff: () => answer(staff),
    async make(command) {
      const [first] = entries;
      const { draft } = command;
      const made = { ...draft, name: watchName(draft.name), birthDate: draft.birthDate || null, idLast4: null };
      const people = (ids: string[]) => staff.filter(({ id }) => ids.includes(id));
      if (first)
        entries = [
          {
            ...first,
            ...made,
            entry: command.entry,
            covered: `${draft.name.slice(0, 1)}＊＊`,
            responders: people(draft.responders),
            readers: people(draft.readers),
          },
          ...entries,
        ];
      return save('watch.make', command, (e) => e);
    },
    change: (command) => save('watch.change', command, (e) => ({ ...e, instruction: command.draft.instruction })),
    extend: (command) => save('watch.extend', command, (e) => ({ ...e, validUntil: command.validUntil })),
    withdraw: (command) => save('watch.withdraw', command, (e) => ({ ...e, state: 'withdrawn' })),
  };
}
