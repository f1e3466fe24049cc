/** The gate service's day book in memory: narrowed, paged and searched as the service does it, less cleverly. */
import {
  AppError,
  type DayBookFilter,
  type DayBookState,
  type DayBookVisit,
  dueAt,
  type LiveEvent,
  type SiteRoll,
  type SiteRollMark,
  type SiteRollPerson,
  schoolDate,
  type VisitView,
} from '@anyuan/contracts';
import type { DayBookClient } from '../lib/clients/day-book.ts';
import { headsOf } from '../lib/gate/on-site.ts';
import type { DayBookScene } from './day-book-fixtures.ts';
import { zhou } from './drills-fixtures.ts';

const PAGE = 100;

export function memoryDayBook(
  scene: DayBookScene,
  today: readonly VisitView[],
  answer: <T>(value: T) => Promise<T>,
  say: (event: LiveEvent) => void,
  sent: [name: string, input: unknown][],
): DayBookClient {
  let { visits, rolls, retention, access } = scene;
  const marks = new Map<string, SiteRollMark[]>();
  const now = () => new Date().toISOString();
  const stateOf = (v: DayBookVisit, state: DayBookState) =>
    state === 'overdue' ? v.status === 'onSite' && dueAt(v) < Date.now() : v.status === state;
  const within = (v: DayBookVisit, { from, to, gate, type, host }: DayBookFilter) => {
    const day = schoolDate(Date.parse(v.admittedAt));
    const named = host === undefined || `${v.host?.name} ${v.host?.department}`.includes(host);
    return day >= from && day <= to && (!gate || v.gate === gate) && (!type || v.type === type) && named;
  };
  const peopleOn = (roll: string): SiteRollPerson[] =>
    today
      .filter((v) => v.status === 'onSite')
      .map((v) => {
        const mark = marks.get(roll)?.findLast(({ visit }) => visit === v.visit);
        const { visit, number, name, party, host, gate, admittedAt, leftAt } = v;
        return {
          ...{ visit, number, name, names: party.names, count: headsOf(v), host, gate, admittedAt, leftAt },
          mark: mark ? { state: mark.state, at: mark.at, by: zhou } : null,
        };
      });
  const rollOf = (id: string): SiteRoll => {
    const head = rolls.find(({ roll }) => roll === id);
    if (!head) throw new AppError('notFound', 'scene');
    return { ...head, people: peopleOn(id) };
  };
  const changed = (id: string, to: Partial<SiteRoll>) => {
    rolls = rolls.map((roll) => (roll.roll === id ? { ...roll, ...to } : roll));
    say({ type: 'siteRoll' });
    return rollOf(id);
  };

  return {
    page: (filter, after) => {
      const all = visits.filter((v) => within(v, filter));
      const counts = { onSite: 0, overdue: 0, left: 0, refused: 0, undone: 0 };
      for (const state of Object.keys(counts) as DayBookState[])
        counts[state] = all.filter((v) => stateOf(v, state)).length;
      const { state } = filter;
      const shown = state ? all.filter((v) => stateOf(v, state)) : all;
      const begin = after ? shown.findIndex(({ visit }) => visit === after.visit) + 1 : 0;
      const page = shown.slice(begin, begin + PAGE);
      const last = page.at(-1);
      const more = last && begin + PAGE < shown.length ? { at: last.admittedAt, visit: last.visit } : null;
      return answer({ visits: page, total: shown.length, counts, more });
    },
    gates: () => answer([...new Set(visits.map(({ gate }) => gate))]),
    find: (text) => {
      sent.push(['findVisitors', text]);
      const hits = Map.groupBy(
        visits.filter(({ name }) => name.includes(text)),
        ({ visitor }) => visitor,
      );
      const people = [...hits].slice(0, 20).flatMap(([visitor, of]) => {
        const [first] = of;
        if (!first) return [];
        const { name, document, idLast4, admittedAt } = first;
        const refused = of.filter(({ status }) => status === 'refused').length;
        const onSite = of.some(({ status }) => status === 'onSite');
        return [{ visitor, name, document, idLast4, visits: of.length - refused, refused, lastAt: admittedAt, onSite }];
      });
      const numbered = visits
        .filter(({ number }) => number !== '' && number.startsWith(text.toUpperCase()))
        .slice(0, 20);
      return answer({ people, visits: numbered, more: hits.size > 20 });
    },
    file: (visitor) => {
      const of = visits.filter((v) => v.visitor === visitor);
      const [first] = of;
      if (!first) return answer(undefined).then(() => Promise.reject(new AppError('notFound', 'scene')));
      const { name, document, idLast4 } = first;
      const refused = of.filter(({ status }) => status === 'refused').length;
      return answer({
        ...{ visitor, name, document, idLast4, sex: 'male', birthDate: '1984-05-15', hasIdNumber: idLast4 !== null },
        ...{ firstAt: of.at(-1)?.admittedAt ?? null, count: { visits: of.length - refused, refused }, visits: of },
      });
    },
    idNumber: (visit, purpose) => {
      sent.push(['idNumber', { visit, purpose }]);
      return answer('11000019840515271X');
    },
    access: ({ visitor, before }) =>
      answer(access.filter((a) => (!visitor || a.visitor === visitor) && (!before || a.at < before))),
    retention: () => answer(retention),
    integrity: () => answer(scene.integrity),
    setRetention: (command) => {
      sent.push(['setRetention', command]);
      retention = { ...retention, days: command.days, set: { at: now(), by: zhou } };
      return answer(retention);
    },
    erase: (command) => {
      sent.push(['erase', command]);
      if (visits.some((v) => v.visitor === command.visitor && v.status === 'onSite'))
        return answer({ result: 'refused', refusal: 'onSite' });
      visits = visits.filter((v) => v.visitor !== command.visitor);
      return answer({ result: 'erased' });
    },
    rolls: () => answer(rolls),
    roll: async (id) => answer(rollOf(id)),
    openRoll: async ({ roll, incident }) => {
      await answer(undefined);
      sent.push(['openRoll', { roll, incident }]);
      const unmarked = peopleOn(roll).reduce((sum, { count }) => sum + count, 0);
      const tally = { present: 0, missing: 0, unmarked };
      rolls = [{ roll, incident, openedAt: now(), openedBy: zhou, closedAt: null, closedBy: null, tally }, ...rolls];
      return changed(roll, {});
    },
    takeRoll: async ({ roll, marks: taken }) => {
      await answer(undefined);
      sent.push(['takeRoll', taken.map(({ visit, state }) => [visit, state])]);
      marks.set(roll, [...(marks.get(roll) ?? []), ...taken]);
      return changed(roll, {});
    },
    closeRoll: async (roll) => {
      await answer(undefined);
      sent.push(['closeRoll', roll]);
      return changed(roll, { closedAt: now(), closedBy: zhou });
    },
  };
}
