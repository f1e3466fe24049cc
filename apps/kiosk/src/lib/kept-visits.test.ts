import { beforeEach, expect, it } from 'vitest';
import { at, liuFang, presented, stranger, visit, yes } from '../testing/data.ts';
import { Desk } from '../testing/desk.ts';
import { isAnswered, KEPT_MS } from './kept-visits.ts';
import { lacking } from './visit-life.ts';

let desk: Desk;
beforeEach(() => {
  desk = new Desk();
});
const lay = (p = presented()) => desk.sees({ type: 'presented', presented: p });
const of = (run: string) => desk.effects.filter((e) => e.run === run);
const by = { id: liuFang.id, name: liuFang.name };
const said = { by, as: 'host' as const, at: at(0), decline: null, note: null };
const takeNext = () => desk.touch({ flow: 'core', do: 'takeWaiting' });
/** 张伟明 waits, checked, with two behind him; the next card lies on the reader. */
const twoAtTheGate = () => {
  lay().touch({ flow: 'visitor', do: 'clear' }).touch({ flow: 'visitor', do: 'count', by: 2 });
  const asked = desk.hostSays();
  lay(stranger());
  takeNext();
  return asked;
};
const agree = (asked: ReturnType<typeof twoAtTheGate>) =>
  desk.sees({ type: 'hostQuestion', question: { ...asked, state: 'yes', answer: said } });
const kept = () => desk.session.keptVisits.map(({ screen }) => screen.host?.name);

it('the next one is served while a host thinks, and the answer is heard meanwhile', () => {
  const asked = twoAtTheGate();
  expect(desk.screen('visitor').who).toMatchObject({ presented: { name: '吴桂英' } });
  expect(of('withdraw')).toEqual([]);
  desk.effects = [];
  agree(asked);
  expect(desk.effects).toEqual([{ run: 'sound', sound: 'yes' }]);
  expect(desk.session.keptVisits.map(({ screen }) => isAnswered(screen))).toEqual([true]);
});

it('his card again is his form with the answer in it, and nobody is asked twice', () => {
  const asked = twoAtTheGate();
  agree(asked).touch({ flow: 'core', do: 'back' });
  desk.effects = [];
  lay(presented());
  expect(desk.screen('visitor')).toMatchObject({ count: 3, security: { result: 'clear' }, host: { id: 'liufang' } });
  expect(lacking(desk.screen('visitor'))).toBeNull();
  desk.touch({ flow: 'visitor', do: 'admit' });
  expect(of('askHost')).toEqual([]);
  expect(of('admit')).toMatchObject([{ input: { question: asked.question, party: { count: 3 } } }]);
  expect(kept()).toEqual([]);
});

it('one touch goes back to him, and who is being registered is kept in his place', () => {
  const asked = twoAtTheGate();
  desk.touch({ flow: 'visitor', do: 'reason', reason: 'delivery' });
  const [first] = desk.session.keptVisits;
  if (!first) throw new Error('nobody waits');
  desk.touch({ flow: 'keptVisits', do: 'resume', who: '张伟明 2718' });
  expect(desk.screen('visitor').question).toMatchObject({ state: 'out', view: { question: asked.question } });
  expect(desk.session.keptVisits.map(({ screen }) => screen.reason)).toEqual(['delivery']);
  expect(of('withdraw')).toEqual([]);
});

it('the number of a question that comes after the next card belongs to him whom it was asked for', () => {
  lay().touch({ flow: 'visitor', do: 'clear' });
  lay(stranger({ name: '孙浩', recognition: presented().recognition }));
  takeNext();
  const asks = of('askHost');
  expect(asks).toHaveLength(2);
  const [first] = asks;
  if (first?.run !== 'askHost') throw new Error('nobody was asked');
  const asked = desk.hostSays();
  expect(desk.screen('visitor').question).toMatchObject({ state: 'out', view: { question: asked.question } });
  expect(desk.session.keptVisits[0]?.screen.question.state).toBe('asking');
  desk.do({ flow: 'visitor', do: 'asked', key: first.key, question: { ...asked, question: 'other' } });
  expect(desk.session.keptVisits[0]?.screen.question).toMatchObject({ state: 'out', view: { question: 'other' } });
});

it('ends by 不等了, by his being inside, and after ten minutes; each takes the open question back', () => {
  const asked = twoAtTheGate();
  const back = [{ run: 'withdraw', question: asked.question }];
  desk.touch({ flow: 'keptVisits', do: 'drop', who: '张伟明 2718' });
  expect(of('withdraw')).toEqual(back);
  expect(kept()).toEqual([]);

  desk = new Desk();
  const inside = twoAtTheGate();
  desk.touch({ flow: 'core', do: 'back' });
  const { recognition } = presented();
  if (recognition) lay(presented({ recognition: { ...recognition, onSite: visit() } }));
  expect(desk.at).toBe('onSite');
  expect(of('withdraw')).toEqual([{ run: 'withdraw', question: inside.question }]);

  desk = new Desk();
  const old = twoAtTheGate();
  desk.wait(KEPT_MS / 1000 - 1);
  expect(kept()).toEqual(['刘芳']);
  desk.wait(1);
  expect(kept()).toEqual([]);
  expect(of('withdraw')).toEqual([{ run: 'withdraw', question: old.question }]);
});

it('after so long that the document is forgotten his card is asked for, not his host', () => {
  const asked = twoAtTheGate();
  desk.wait(280);
  agree(asked).touch({ flow: 'keptVisits', do: 'resume', who: '张伟明 2718' });
  expect(lacking(desk.screen('visitor'))).toBe('card');
  lay(presented());
  expect(lacking(desk.screen('visitor'))).toBeNull();
  expect(of('askHost')).toHaveLength(1);
});

it('stood aside for a child at a peak he is still asked for, and hears the answer', () => {
  desk.touch({ flow: 'peak', do: 'on' });
  lay();
  const asked = desk.hostSays();
  desk.sees({ type: 'verdict', verdict: yes() });
  expect(desk.at).toBe('pickup');
  agree(asked).touch({ flow: 'core', do: 'back' });
  expect(desk.screen('visitor').question).toMatchObject({ state: 'out', view: { state: 'yes' } });
  expect(of('withdraw')).toEqual([]);
});
