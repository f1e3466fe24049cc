/**
 * The machine with its hands: holds the session for the screens, runs its effects on the agent, brings the answers back, and
 * lets time pass once a second. Handed down by context; nothing here decides anything.
 */
import type { KioskEvent } from '@anyuan/contracts';
import { createContext } from 'svelte';
import { type AgentClient, AgentError } from './agent-client.ts';
import type { Effect, Sound } from './effects.ts';
import type { Input } from './inputs.ts';
import {
  afterPractice,
  endsPractice,
  isReal,
  isUnattended,
  type PracticeDo,
  type PracticeRun,
  practiceDo,
  practiceStep,
  startPractice,
  withStatus,
} from './practice/run.ts';
import { step } from './session.ts';
import { type Session, start } from './state.ts';

export interface Sounds {
  play(sound: Sound): void;
}

export class Kiosk {
  #real: Session = $state.raw(start(Date.now()));
  practice: PracticeRun | null = $state.raw(null);
  now: number = $state(Date.now());
  readonly #client: AgentClient;
  readonly #sounds: Sounds;

  constructor(client: AgentClient, sounds: Sounds) {
    this.#client = client;
    this.#sounds = sounds;
  }

  /** What the screens show: in practice its own session, which knows no agent. */
  get session(): Session {
    return this.practice?.session ?? this.#real;
  }

  /** @returns what ends it */
  run(): () => void {
    const close = this.#client.events(
      (event) => this.#hear(event),
      (up) => this.#take({ flow: 'core', do: 'link', up }),
    );
    const timer = setInterval(() => this.#tick(), 1000);
    return () => {
      close();
      clearInterval(timer);
    };
  }

  send(input: Input): void {
    this.now = Date.now();
    if (this.practice !== null && isReal(input)) this.endPractice();
    if (this.practice === null) this.#take(input);
    else this.#practised(practiceStep(this.practice, input, this.now));
  }

  startPractice(): void {
    const { status, alarm } = this.#real;
    if (status !== null && alarm.incidents.length === 0) this.practice = startPractice(status, Date.now());
  }

  practise(what: PracticeDo): void {
    if (this.practice !== null) this.#practised(practiceDo(this.practice, what, Date.now()));
  }

  endPractice(): void {
    this.practice = null;
    this.#real = afterPractice(this.#real, Date.now());
  }

  #practised([run, sounds]: [PracticeRun, Sound[]]): void {
    this.practice = run;
    for (const sound of sounds) this.#sounds.play(sound);
  }

  #hear(event: KioskEvent): void {
    if (this.practice !== null) {
      if (endsPractice(event)) this.endPractice();
      else if (event.type === 'status') this.practice = withStatus(this.practice, event.status);
    }
    this.#take({ flow: 'core', do: 'event', event });
  }

  #tick(): void {
    const tick: Input = { flow: 'core', do: 'tick' };
    if (this.practice !== null) {
      this.send(tick);
      if (this.#real.link === 'away' || isUnattended(this.practice, this.now)) this.endPractice();
    }
    this.#take(tick);
  }

  /** The real gate: what it asks for goes to the agent. */
  #take(input: Input): void {
    this.now = Date.now();
    const [session, effects] = step(this.#real, input, this.now);
    this.#real = session;
    for (const effect of effects) void this.#run(effect);
  }

  async #run(effect: Effect): Promise<void> {
    try {
      const answer = await this.#perform(effect);
      if (answer) this.#take(answer);
    } catch (error) {
      const code = error instanceof AgentError ? error.code : 'internal';
      this.#take({ flow: 'core', do: 'failed', during: effect.run, code });
    }
  }

  async #perform(effect: Effect): Promise<Input | undefined> {
    const agent = this.#client;
    switch (effect.run) {
      case 'sound':
        this.#sounds.play(effect.sound);
        return undefined;
      case 'expected': {
        const { initials } = effect;
        return { flow: 'booking', do: 'listed', initials, visits: await agent.bookings.expected(initials) };
      }
      case 'openBooking':
        return { flow: 'booking', do: 'opened', verdict: await agent.bookings.open(effect.booking) };
      case 'hosts':
        return { flow: 'visitor', do: 'hosts', search: effect.search, result: await agent.hosts(effect.search) };
      case 'onSite':
        return { flow: 'desk', do: 'visitsLoaded', visits: await agent.onSite() };
      case 'help':
        return { flow: 'core', do: 'contacts', contacts: await agent.help() };
      case 'admit': {
        const result = await agent.admit(effect.input);
        if ('already' in result) return { flow: 'visitor', do: 'alreadyIn', visit: result.already };
        return { flow: 'visitor', do: 'admitted', result };
      }
      case 'refuse': {
        const { synced } = await agent.refuse(effect.input);
        return { flow: 'visitor', do: 'refused', refusal: effect.input.refusal, items: effect.input.items, synced };
      }
      case 'signOut':
        await agent.signOut(effect.visit, effect.count);
        return { flow: 'visitor', do: 'signedOut', visit: effect.visit };
      case 'undo':
        await agent.undo(effect.visit);
        return { flow: 'visitor', do: 'undone' };
      case 'askHost': {
        // An agent that does not answer is no reason to stop: the guard decides by his own word.
        const question = await agent.askHost(effect.input).catch(() => null);
        return { flow: 'visitor', do: 'asked', key: effect.key, question };
      }
      case 'withdraw':
        await agent.withdraw(effect.question).catch(() => undefined);
        return undefined;
      case 'held':
        return { flow: 'giveBack', do: 'listed', visits: await agent.held() };
      case 'returnItems':
        await agent.returnItems(effect.input);
        return { flow: 'giveBack', do: 'returned' };
      case 'handOver': {
        const { results } = await agent.handOver(effect.verdict, effect.children);
        return { flow: 'pickup', do: 'handedOver', results };
      }
      case 'decline':
        await agent.decline(effect.verdict);
        return { flow: 'pickup', do: 'declined' };
      case 'byDocument':
        return { flow: 'pickup', do: 'verdict', verdict: await agent.byDocument(effect.presented) };
      case 'shiftBoard':
        return { flow: 'shift', do: 'board', board: await agent.shifts.board() };
      case 'beginShift':
        return { flow: 'shift', do: 'answered', answer: await agent.shifts.begin(effect.input) };
      case 'proveShift':
        return { flow: 'shift', do: 'proved', answer: await agent.shifts.prove(effect.pin) };
      case 'passShift':
        return { flow: 'shift', do: 'answered', answer: await agent.shifts.pass(effect.input) };
      case 'leaveShift':
        return { flow: 'shift', do: 'answered', answer: await agent.shifts.leave(effect.input) };
      case 'checkShift':
        await agent.shifts.check(effect.check);
        return { flow: 'shift', do: 'checked' };
      case 'countEquipment':
        await agent.shifts.count(effect.counts);
        return { flow: 'shift', do: 'checked' };
      case 'sessions':
        return { flow: 'desk', do: 'sessions', sessions: await agent.sessions() };
      case 'beginSignIn':
        await agent.beginSignIn(effect.session);
        return { flow: 'desk', do: 'signInBegun' };
      case 'endSignIn':
        await agent.endSignIn();
        return { flow: 'desk', do: 'signInEnded' };
      case 'findStaff':
        return { flow: 'forgotten', do: 'found', keys: effect.keys, people: await agent.forgotten.find(effect.keys) };
      case 'beginForgotten':
        await agent.forgotten.begin(effect.person);
        return undefined;
      case 'endForgotten':
        // It ends by itself in a minute.
        await agent.forgotten.end().catch(() => undefined);
        return undefined;
      case 'proveForgotten': {
        const answer = await agent.forgotten.prove(effect.person, effect.pin);
        if (!answer.ok) return { flow: 'forgotten', do: 'refused', answer };
        return { flow: 'core', do: 'event', event: answer.event };
      }
      case 'vehicleBoard':
        return { flow: 'vehicles', do: 'board', board: await agent.vehicles.board() };
      case 'findVehicle': {
        const { typed } = effect;
        return { flow: 'vehicles', do: 'found', typed, ...(await agent.vehicles.find(typed)) };
      }
      case 'logVehicle': {
        const { plate, outcome } = effect.input;
        await agent.vehicles.log(effect.input);
        return { flow: 'vehicles', do: 'logged', plate, outcome };
      }
      case 'reprint':
        await agent.badges.reprint(effect.visit);
        return { flow: 'badge', do: 'reprinted' };
      case 'press':
        await agent.press(effect.input);
        return undefined;
      case 'acknowledge':
        await agent.acknowledge(effect.incident);
        return undefined;
      case 'arrived':
        await agent.arrived(effect.incident, effect.who);
        return undefined;
      case 'watchCheck':
        return { flow: 'watch', do: 'checked', notice: await agent.watch.check(effect.typed) };
      case 'watchAnswer':
        return { flow: 'watch', do: 'answered', ...(await agent.watch.answer(effect.hit, effect.is, effect.subject)) };
      case 'standDown': {
        const answer = await agent.standDown(effect.incident, effect.tap, effect.reason, effect.pin);
        return { flow: 'alarm', do: 'stoodDown', answer, tap: effect.tap };
      }
    }
  }
}

export const [useKiosk, provideKiosk] = createContext<Kiosk>();
