/** What can't both be true, in memory: two open, one settled; an answer stands at once. */
import type { Contradiction, ContradictionSide } from '@anyuan/contracts';
import type { ContradictionsClient } from '../lib/clients/contradictions.ts';

const MINUTE = 60_000;
const iso = (at: number) => new Date(at).toISOString();
const id = (n: number) => `0199e1a4-5e10-7000-8000-${String(7000 + n).padStart(12, '0')}`;
const wang = { id: 's-wang', name: '王建国' };
const li = { id: 's-li', name: '李志强' };

export function contradictionsScene(now: number): Contradiction[] {
  const side = (
    act: ContradictionSide['act'],
    gate: string | null,
    minutesAgo: number,
    by = wang,
  ): ContradictionSide => ({
    ...{ act, record: id(minutesAgo), gate, by, at: iso(now - minutesAgo * MINUTE), offline: gate !== null },
  });
  const task = { foundAt: iso(now - 12 * MINUTE), visit: null, number: null, settled: null };
  return [
    {
      ...{ ...task, id: id(1), kind: 'leftTwice', about: '张伟明', number: 'E1123-007' },
      sides: [side('left', 'east', 190), side('left', 'west', 70, li)],
    },
    { ...task, id: id(2), kind: 'vehicleOutOnly', about: '京A62831', sides: [side('out', 'west', 95, li)] },
    {
      ...{ ...task, id: id(3), kind: 'permitSuspended', about: '赵铁军' },
      sides: [side('suspended', null, 1_500, { id: 's-zhou', name: '周敏' }), side('in', 'west', 320, li)],
      settled: { how: 'first', by: { id: 's-zhou', name: '周敏' }, at: iso(now - 5 * MINUTE), note: '已收回卡片' },
    },
  ];
}

export function memoryContradictions(
  scene: readonly Contradiction[],
  answer: <T>(value: T) => Promise<T>,
  sent: [name: string, input: unknown][],
): ContradictionsClient {
  let tasks = [...scene];
  return {
    list: () => answer(tasks),
    async settle(command) {
      await answer(undefined);
      sent.push(['contradiction.settle', command]);
      const before = tasks.find((one) => one.id === command.contradiction) as Contradiction;
      const settled = {
        how: command.answer,
        by: { id: 'p-zhou', name: '周敏' },
        at: iso(Date.now()),
        note: command.note,
      };
      const after = { ...before, settled };
      tasks = tasks.map((one) => (one.id === after.id ? after : one));
      return after;
    },
  };
}
