/** Posts and patrols in memory: a sign-in opens the state of its place, a place that is saved is there. */
import { type LiveEvent, MIN_ROUNDS, type PatrolDay, placeCode, type SignedIn, type SignIn } from '@anyuan/contracts';
import type { PatrolsClient } from '../lib/clients/patrols.ts';
import type { PatrolsScene } from './patrol-fixtures.ts';

export function memoryPatrols(
  scene: PatrolsScene,
  answer: <T>(value: T) => Promise<T>,
  sent: (name: string, input: unknown) => void,
  tell: (event: LiveEvent) => void,
): PatrolsClient {
  let { day, places } = scene;
  const me = { id: 'p-zhou', name: '周敏' };
  const answered = new Map<string, SignedIn>();

  function post(id: string, at: string): void {
    const signed = [{ person: me, at, late: 20, gate: null }];
    day = { ...day, posts: day.posts.map((p) => (p.post === id ? { ...p, state: 'done', signed } : p)) };
  }
  const visited = (round: PatrolDay['rounds'][number], id: string, at: string): PatrolDay['rounds'][number] => ({
    ...round,
    points: round.points.map((p) => (p.point === id ? { ...p, state: 'done', at, by: me.name } : p)),
  });

  function signIn({ code, at }: SignIn): SignedIn {
    const same = (c: { code: string }) => placeCode(c.code) === placeCode(code);
    const own = places.posts.find(same);
    if (own) {
      post(own.id, at);
      return { result: 'post', name: own.name, place: own.place, late: 20 };
    }
    const route = places.routes.find((r) => r.points.some(same));
    const point = route?.points.find(same);
    if (!route || !point) return { result: 'unknownCode' };
    const open = day.rounds.find((r) => r.state === 'open');
    if (!open) return { result: 'notNow', name: point.name, next: { date: day.date, from: '14:00', to: '14:50' } };
    const next = visited(open, point.id, at);
    day = { ...day, rounds: day.rounds.map((r) => (r.round === open.round ? next : r)) };
    const left = next.points.filter((p) => p.state !== 'done').length;
    return { result: 'point', name: point.name, route: route.name, left };
  }
  const rounds = () => {
    const fewest = places.routes.reduce((n, r) => n + r.rounds.length, 0);
    return { fewest, short: fewest < MIN_ROUNDS };
  };
  const put = <T extends { id: string }>(list: readonly T[], one: T): T[] =>
    list.some(({ id }) => id === one.id) ? list.map((x) => (x.id === one.id ? one : x)) : [...list, one];
  const codes = () => [
    ...places.posts.map(({ id, name, code }) => ({ id, name, code })),
    ...places.routes.flatMap((r) => r.points.map((p) => ({ id: r.id, name: p.name, code: p.code }))),
  ];
  const taken = (id: string, asked: readonly string[]) =>
    codes().find((c) => c.id !== id && asked.some((code) => placeCode(code) === placeCode(c.code)));

  return {
    day: () => answer(undefined).then(() => day),
    places: () => answer(undefined).then(() => ({ ...places, ...rounds() })),
    signIn: async (command) => {
      await answer(undefined);
      sent('signIn', command);
      const result = answered.get(command.id) ?? signIn(command);
      answered.set(command.id, result);
      return result;
    },
    savePost: async (saved) => {
      await answer(undefined);
      sent('savePost', saved);
      const other = taken(saved.id, [saved.code]);
      if (other) return { result: 'codeTaken', code: other.code, place: other.name };
      places = { ...places, posts: put(places.posts, saved) };
      tell({ type: 'patrols' });
      return { result: 'saved' };
    },
    saveRoute: async (saved) => {
      await answer(undefined);
      sent('saveRoute', saved);
      const other = taken(
        saved.id,
        saved.points.map((p) => p.code),
      );
      if (other) return { result: 'codeTaken', code: other.code, place: other.name };
      places = { ...places, routes: put(places.routes, saved) };
      tell({ type: 'patrols' });
      return { result: 'saved', ...rounds() };
    },
    retire: async (command) => {
      await answer(undefined);
      sent('retirePlace', command);
      places = {
        ...places,
        posts: places.posts.filter((p) => p.id !== command.id),
        routes: places.routes.filter((r) => r.id !== command.id),
      };
      tell({ type: 'patrols' });
      return rounds();
    },
  };
}
