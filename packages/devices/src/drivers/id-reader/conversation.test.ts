import { describe, expect, it } from 'vitest';
import { type Effect, type Input, initial, next } from './conversation.ts';
import { decodeReply } from './message.ts';
import { encodeText } from './text-block.ts';
import { card, people, photo, refusals, replies, residentText } from './vectors.ts';

const POLL = 300;
const reply = (frame: Uint8Array): Input => ({ type: 'reply', reply: decodeReply(frame.subarray(7, -1)) });
const timer: Input = { type: 'timer' };
const found = reply(replies.found);
const findFailed = reply(replies.findFailed);
const selected = reply(replies.selected);
const selectFailed = reply(replies.selectFailed);
const readFailed = reply(replies.readFailed);
const anna = reply(card(residentText));
const other = reply(card(encodeText('resident', { ...people.resident, name: '李四' })));

/** Plays the inputs to an opened reader and tells what a gate would notice: words, and commands in brackets. */
function play(...inputs: Input[]): string[] {
  let state = initial;
  const noticed: string[] = [];
  for (const input of [{ type: 'opened' } as const, ...inputs]) {
    const [after, effects] = next(state, input, POLL);
    state = after;
    noticed.push(...effects.flatMap(word));
  }
  return noticed;
}

function word(effect: Effect): string[] {
  switch (effect.type) {
    case 'send':
      return [`[${effect.command}]`];
    case 'document':
      return [effect.document.name];
    case 'unreadable':
      return [effect.reason];
    case 'health':
      return effect.health === 'ok' ? [] : [effect.health];
    case 'reading':
    case 'gone':
      return [effect.type];
    case 'arm':
    case 'disarm':
      return [];
  }
}
const told = (...inputs: Input[]) => play(...inputs).filter((w) => !w.startsWith('['));

const laidDown = [found, selected, anna];
const lookAgain = [timer, found, selected];
const emptyLook = [timer, findFailed];

describe('a card on the glass', () => {
  it('is found, selected and read', () => {
    expect(play(...laidDown)).toEqual(['[find]', 'reading', '[select]', '[read]', '张安园']);
  });

  it('is told once on a reader whose find fails while it lies there', () => {
    expect(told(...laidDown, ...emptyLook, ...emptyLook, ...emptyLook)).toEqual(['reading', '张安园', 'gone']);
  });

  it('is told once on a reader whose find goes on to succeed', () => {
    expect(told(...laidDown, ...lookAgain, anna, ...lookAgain, anna)).toEqual(['reading', '张安园']);
  });

  it('is told once on a reader whose select fails while it lies there', () => {
    expect(told(...laidDown, timer, found, selectFailed, timer, found, selectFailed)).toEqual(['reading', '张安园']);
  });

  it('flickers once without being a new one', () => {
    expect(told(...laidDown, ...emptyLook, ...lookAgain, anna)).toEqual(['reading', '张安园']);
  });

  it('is a new one after it was away for two looks', () => {
    expect(told(...laidDown, ...emptyLook, ...emptyLook, timer, ...laidDown)).toEqual([
      'reading',
      '张安园',
      'gone',
      'reading',
      '张安园',
    ]);
  });

  it('is seen to be another when it was swapped between two looks', () => {
    expect(told(...laidDown, ...lookAgain, other)).toEqual(['reading', '张安园', 'gone', '李四']);
  });

  it('is another also when only the photo differs', () => {
    const twin = reply(
      card(
        residentText,
        'plain',
        photo.map((byte) => byte ^ 1),
      ),
    );
    expect(told(...laidDown, ...lookAgain, twin)).toEqual(['reading', '张安园', 'gone', '张安园']);
  });
});

describe('a card that can not be read', () => {
  const failedRead = [found, selected, readFailed];

  it('is tried again, and told after three failures, once', () => {
    const fourTimes = [failedRead, failedRead, failedRead, failedRead].flatMap((f) => [...f, timer]);
    expect(told(...fourTimes)).toEqual(['reading', 'unreadable']);
  });

  it('is a document as soon as a try succeeds', () => {
    expect(told(...failedRead, timer, ...laidDown)).toEqual(['reading', '张安园']);
  });

  it('is told when it left before it was read', () => {
    expect(told(...failedRead, ...emptyLook, ...emptyLook)).toEqual(['reading', 'unreadable', 'gone']);
  });

  it('of a type that the module does not know is unsupported at once', () => {
    const code40: Input = { type: 'reply', reply: { kind: 'refused', code: 0x40 } };
    expect(told(found, code40, timer, found, code40)).toEqual(['reading', 'unsupported']);
  });

  it('with an unknown marker is unsupported, once', () => {
    const text = Buffer.from(residentText);
    text.write('Z', 248, 'utf16le');
    const alien = reply(card(text));
    expect(told(found, selected, alien, ...lookAgain, alien)).toEqual(['reading', 'unsupported']);
  });
});

describe('a reader in trouble', () => {
  it('is silent after three deadlines, is asked on, and recovers', () => {
    const missed = [timer, timer];
    expect(told(...missed, ...missed)).toEqual([]);
    expect(told(...missed, ...missed, ...missed)).toEqual(['silent']);
    expect(play(...missed, ...missed, ...missed, ...laidDown).slice(-4)).toEqual([
      'reading',
      '[select]',
      '[read]',
      '张安园',
    ]);
  });

  it('whose answers all come after the deadline is silent', () => {
    const late = [timer, found, timer];
    expect(told(...late, ...late, ...late)).toEqual(['silent']);
  });

  it('reports a broken security module, and goes on', () => {
    const unauthorised = refusals.get(0x66) ?? replies.selfTestFailed;
    expect(play(reply(unauthorised), timer)).toEqual(['[find]', 'moduleFault', '[find]']);
  });

  it('a reply that answers an older request answers nothing', () => {
    expect(told(anna, selected, found, found, anna)).toEqual(['reading']);
  });

  it('a broken reply shortens the wait, once', () => {
    const [finding] = next(initial, { type: 'opened' }, POLL);
    const [hurried, effects] = next(finding, { type: 'broken' }, POLL);
    expect(effects).toEqual([{ type: 'arm', ms: 150 }]);
    expect(next(hurried, { type: 'broken' }, POLL)[1]).toEqual([]);
    expect(next(hurried, timer, POLL)[0]).toMatchObject({ step: 'pausing', misses: 1 });
  });

  it('a good frame behind a broken one is taken', () => {
    expect(told({ type: 'broken' }, found, { type: 'broken' }, selected, anna)).toEqual(['reading', '张安园']);
  });

  it('a cable cut in the middle of a read is told as unreadable', () => {
    expect(told(found, selected, { type: 'lost' })).toEqual(['reading', 'unreadable', 'gone']);
  });

  it('the same card still there after a cut of the cable is not told twice', () => {
    expect(told(...laidDown, { type: 'lost' }, { type: 'opened' }, found, selected, anna)).toEqual([
      'reading',
      '张安园',
    ]);
  });

  it('a timer that fires after the cut does nothing', () => {
    expect(play({ type: 'lost' }, timer)).toEqual(['[find]']);
  });
});
