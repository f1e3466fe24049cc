/** A gate's screen in a test: things are laid down, touched, and time passes second by second. */
import type { HostQuestion, KioskEvent } from '@anyuan/contracts';
import type { Effect } from '../lib/effects.ts';
import type { Input } from '../lib/inputs.ts';
import { step } from '../lib/session.ts';
import { type Session, start } from '../lib/state.ts';
import { NOW, question, status } from './data.ts';

export class Desk {
  now = NOW;
  session: Session;
  effects: Effect[] = [];

  constructor() {
    this.session = start(this.now);
    this.do({ flow: 'core', do: 'link', up: true }).sees({ type: 'status', status: status() });
  }

  do(...inputs: Input[]): this {
    for (const input of inputs) {
      const [next, effects] = step(this.session, input, this.now);
      this.session = next;
      this.effects.push(...effects);
    }
    return this;
  }

  sees(event: KioskEvent): this {
    return this.do({ flow: 'core', do: 'event', event });
  }

  /** A touch of the screen and what it does. */
  touch(input: Input): this {
    return this.do({ flow: 'core', do: 'touch' }, input);
  }

  wait(seconds: number): this {
    for (let i = 0; i < seconds; i++) {
      this.now += 1000;
      this.do({ flow: 'core', do: 'tick' });
    }
    return this;
  }

  get at(): string {
    return this.session.screen.at;
  }

  /** What was asked of the agent since the last look; sounds and questions to hosts are left out. */
  asked(): Effect[] {
    const asked = this.effects.filter((e) => !['sound', 'askHost', 'withdraw'].includes(e.run));
    this.effects = [];
    return asked;
  }

  /** The agent has sent the last question; as it stands. */
  hostSays(change: Partial<HostQuestion> = {}): HostQuestion {
    const ask = this.effects.findLast((e) => e.run === 'askHost');
    if (ask?.run !== 'askHost') throw new Error('nobody was asked');
    const { type, count, reason, host } = ask.input;
    const said = question({ type, count, reason, host }, change, this.now);
    this.do({ flow: 'visitor', do: 'asked', key: ask.key, question: said });
    return said;
  }

  /** The screen, when it is the one that the story expects. */
  screen<At extends Session['screen']['at']>(at: At): Extract<Session['screen'], { at: At }> {
    const { screen } = this.session;
    if (screen.at !== at) throw new Error(`expected the screen ${at}, saw ${screen.at}`);
    return screen as Extract<Session['screen'], { at: At }>;
  }
}
