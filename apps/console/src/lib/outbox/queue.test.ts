import { describe, expect, it } from 'vitest';
import { AT_ONCE, type Effect, emptyQueue, isPassing, type Queue, type QueueEvent, step, type Thing } from './queue.ts';

const thing = (id: string, rest: Partial<Thing<string>> = {}): Thing<string> => ({
  ...{ id, person: 'p-liu', lane: 'c-1', at: Number(id.slice(1)), body: id },
  ...rest,
});

/** A phone: what it holds on its disk, what it sent, and a server that takes, refuses or is away. */
class Phone {
  queue: Queue<string> = emptyQueue();
  disk = new Map<string, Thing<string>>();
  sent: string[][] = [];
  woken: number[] = [];

  tell(event: QueueEvent<string>): this {
    const next = step(this.queue, event);
    this.queue = next.queue;
    for (const effect of next.effects) this.#do(effect);
    return this;
  }
  #do(effect: Effect<string>): void {
    if (effect.do === 'keep') for (const t of effect.things) this.disk.set(t.id, t);
    if (effect.do === 'forget') for (const id of effect.ids) this.disk.delete(id);
    if (effect.do === 'send') this.sent.push(effect.things.map((t) => t.id));
    if (effect.do === 'wake') this.woken.push(effect.afterMs);
  }
}
const added = (id: string, rest: Partial<Thing<string>> = {}) => ({ type: 'added', thing: thing(id, rest) }) as const;

describe('with a network', () => {
  it('keeps a thing before it is sent and forgets it when it was taken', () => {
    const phone = new Phone().tell(added('m1'));
    expect([...phone.disk.keys()]).toEqual(['m1']);
    expect(phone.sent).toEqual([['m1']]);
    phone.tell({ type: 'taken' });
    expect(phone.disk.size).toBe(0);
    expect(phone.queue.waiting).toEqual([]);
  });

  it('sends one at a time, and together what gathered meanwhile', () => {
    const phone = new Phone().tell(added('m1')).tell(added('m2')).tell(added('m3'));
    expect(phone.sent).toEqual([['m1']]);
    phone.tell({ type: 'taken' });
    expect(phone.sent).toEqual([['m1'], ['m2', 'm3']]);
    phone.tell({ type: 'taken' });
    expect(phone.queue.waiting).toEqual([]);
  });

  it('keeps the order over lanes, and never sends more than fits', () => {
    const phone = new Phone().tell(added('m1'));
    phone
      .tell(added('m2', { lane: 'c-2' }))
      .tell(added('m3'))
      .tell({ type: 'taken' })
      .tell({ type: 'taken' });
    expect(phone.sent).toEqual([['m1'], ['m2'], ['m3']]);
    const many = Array.from({ length: AT_ONCE + 1 }, (_, i) => thing(`m${i}`));
    expect(new Phone().tell({ type: 'restored', things: many }).sent[0]).toHaveLength(AT_ONCE);
  });
});

describe('without a network', () => {
  it('waits longer each time, up to a bound, and gathers meanwhile', () => {
    const phone = new Phone().tell(added('m1'));
    for (let i = 0; i < 6; i++) phone.tell({ type: 'unanswered' }).tell({ type: 'nudged' });
    expect(phone.woken).toEqual([1000, 2000, 4000, 8000, 15_000, 15_000]);
    phone.tell({ type: 'unanswered' }).tell(added('m2'));
    expect(phone.sent.at(-1)).toEqual(['m1']);
    expect([...phone.disk.keys()]).toEqual(['m1', 'm2']);
    phone.tell({ type: 'nudged' });
    expect(phone.sent.at(-1)).toEqual(['m1', 'm2']);
    phone.tell({ type: 'taken' });
    expect(phone.queue.tries).toBe(0);
  });

  it('sends what was made while an answer got lost after it, and says the first again', () => {
    const phone = new Phone().tell(added('m1')).tell(added('m2')).tell({ type: 'unanswered' }).tell({ type: 'nudged' });
    expect(phone.sent).toEqual([['m1'], ['m1', 'm2']]);
  });

  it('does not send twice at once, however often it is nudged', () => {
    const phone = new Phone().tell(added('m1')).tell({ type: 'nudged' }).tell({ type: 'nudged' });
    expect(phone.sent).toEqual([['m1']]);
  });

  it('goes on after a restart with what the disk held, in order and once', () => {
    const phone = new Phone().tell(added('m5'));
    phone.tell({ type: 'restored', things: [thing('m3'), thing('m1'), thing('m5')] });
    expect(phone.queue.waiting.map((t) => t.id)).toEqual(['m5', 'm1', 'm3']);
    const fresh = new Phone().tell({ type: 'restored', things: [thing('m3'), thing('m1')] });
    expect(fresh.sent).toEqual([['m1', 'm3']]);
  });
});

describe('what the server will not take', () => {
  it('goes singly, stands aside with its reason, and takes nothing else with it', () => {
    const phone = new Phone().tell({ type: 'restored', things: [thing('m1'), thing('m2'), thing('m3')] });
    phone.tell({ type: 'refused', code: 'badInput' });
    expect(phone.sent.at(-1)).toEqual(['m1']);
    phone.tell({ type: 'taken' }).tell({ type: 'refused', code: 'badInput' }).tell({ type: 'taken' });
    expect(phone.sent).toEqual([['m1', 'm2', 'm3'], ['m1'], ['m2'], ['m3']]);
    expect(phone.queue.waiting).toEqual([]);
    expect(phone.queue.refused).toEqual([thing('m2', { refused: 'badInput' })]);
    expect(phone.disk.get('m2')?.refused).toBe('badInput');
  });

  it('is not sent again after a restart, and goes when it was read', () => {
    const phone = new Phone().tell({ type: 'restored', things: [thing('m2', { refused: 'conflict' }), thing('m4')] });
    expect(phone.sent).toEqual([['m4']]);
    phone.tell({ type: 'read' });
    expect(phone.queue.refused).toEqual([]);
  });

  it('is told from what passes', () => {
    expect((['unavailable', 'notSignedIn', 'tooMany', 'internal'] as const).every(isPassing)).toBe(true);
    expect((['conflict', 'badInput', 'forbidden', 'notFound', 'tooLarge'] as const).some(isPassing)).toBe(false);
  });
});
