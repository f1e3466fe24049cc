import { AppError } from '@anyuan/contracts';
import { describe, expect, it } from 'vitest';
import { Refresh, type Refreshed } from './refresh.ts';

interface Row {
  id: string;
  value: number;
}
const put = (rows: readonly Row[], row: Row) => [row, ...rows.filter((r) => r.id !== row.id)];

function listWith(answers: (() => Promise<readonly Row[]>)[]) {
  const shown: Refreshed<Row>[] = [];
  const waiting: (() => void)[] = [];
  let asked = 0;
  const refresh = new Refresh<Row>({
    ask: () => (answers[asked++] ?? (() => Promise.resolve([])))(),
    put,
    show: (view) => shown.push(view),
    later: (run) => waiting.push(run),
  });
  return { refresh, waiting, last: () => shown[shown.length - 1], asked: () => asked, shown };
}

function held<T>() {
  let answer: (value: T) => void = () => undefined;
  const promise = new Promise<T>((resolve) => {
    answer = resolve;
  });
  return { promise, answer };
}

describe('a list that is asked for and told of changes', () => {
  it('puts what happened meanwhile on top of an older answer', async () => {
    const question = held<readonly Row[]>();
    const { refresh, last } = listWith([() => question.promise]);
    const loading = refresh.load();
    refresh.tell({ id: 'a', value: 2 });
    question.answer([
      { id: 'a', value: 1 },
      { id: 'b', value: 1 },
    ]);
    await loading;
    expect(last()?.items).toEqual([
      { id: 'a', value: 2 },
      { id: 'b', value: 1 },
    ]);
  });

  it('shows nothing of the question before, once another one is asked', async () => {
    const question = held<readonly Row[]>();
    const { refresh, last, shown } = listWith([() => question.promise, async () => [{ id: 'new', value: 1 }]]);
    const loading = refresh.load();
    void refresh.anew();
    expect(last()).toEqual({ items: [], phase: 'loading', error: null });
    question.answer([{ id: 'old', value: 1 }]);
    await loading;
    expect(last()?.items).toEqual([{ id: 'new', value: 1 }]);
    expect(shown.some((view) => view.items.some((row) => row.id === 'old'))).toBe(false);
  });

  it('asks once more, and not twice at a time, when a reload comes while it asks', async () => {
    const question = held<readonly Row[]>();
    const { refresh, last, asked } = listWith([() => question.promise, async () => [{ id: 'new', value: 1 }]]);
    const loading = refresh.load();
    void refresh.load();
    void refresh.load();
    expect(asked()).toBe(1);
    question.answer([]);
    await loading;
    expect(asked()).toBe(2);
    expect(last()?.items).toEqual([{ id: 'new', value: 1 }]);
  });

  it('keeps the last list after a failure, says why, and asks again later', async () => {
    const { refresh, last, waiting } = listWith([
      async () => [{ id: 'a', value: 1 }],
      () => Promise.reject(new AppError('unavailable', 'test')),
      async () => [{ id: 'a', value: 3 }],
    ]);
    await refresh.load();
    await refresh.load();
    expect(last()).toEqual({ items: [{ id: 'a', value: 1 }], phase: 'failed', error: 'unavailable' });
    waiting[0]?.();
    await expect.poll(() => last()?.phase).toBe('ready');
    expect(last()?.items).toEqual([{ id: 'a', value: 3 }]);
  });

  it('shows and asks nothing after its reader has signed out', async () => {
    const question = held<readonly Row[]>();
    const { refresh, shown, asked } = listWith([() => question.promise]);
    const loading = refresh.load();
    refresh.close();
    question.answer([{ id: 'a', value: 1 }]);
    await loading;
    await refresh.load();
    expect(shown).toEqual([]);
    expect(asked()).toBe(1);
  });
});
