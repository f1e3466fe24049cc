/**
 * Today's posts and rounds, and sign-ins that may wait for a network. Promise: a sign-in is kept on the phone before it is
 * sent and carries its own id, so that a repeat counts once; what is a day old is not sent, and its maker is told.
 */
import type { LiveEvent, PatrolDay, Places, SignIn } from '@anyuan/contracts';
import type { PatrolsClient } from '../clients/patrols.ts';
import type { Clock } from '../clock.svelte.ts';
import { LiveOne } from '../live-one.svelte.ts';
import { Outbox } from '../outbox/outbox.svelte.ts';
import type { Thing } from '../outbox/queue.ts';
import type { Shelf } from '../outbox/shelf.ts';
import { type Answered, isTooOld, withAnswer } from './answers.ts';

export class Patrols {
  readonly client: PatrolsClient;
  readonly #clock: Clock;
  readonly day: LiveOne<PatrolDay>;
  /** With the codes of the signs; asked for by the screen of those who plan. */
  readonly places: LiveOne<Places>;
  readonly outbox: Outbox<SignIn>;
  #planned = false;
  answers = $state.raw<readonly Answered[]>([]);

  constructor(client: PatrolsClient, shelf: Shelf, clock: Clock) {
    this.client = client;
    this.#clock = clock;
    this.day = new LiveOne(() => client.day());
    this.places = new LiveOne(() => client.places());
    this.outbox = new Outbox<SignIn>({ drawer: 'signIn', shelf, clock, send: (things) => this.#send(things) });
  }

  signIn(code: string, via: SignIn['via']): void {
    this.outbox.add('', (id, at) => ({ id, code, at, via }));
  }
  needPlaces(): void {
    if (this.#planned) return;
    this.#planned = true;
    void this.places.load();
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'patrols') this.reload();
  }
  reload(): void {
    this.outbox.nudge();
    void this.day.load();
    if (this.#planned) void this.places.load();
  }
  close(): void {
    this.day.close();
    this.places.close();
    this.outbox.close();
  }

  async #send(things: readonly Thing<SignIn>[]): Promise<void> {
    // One after another: when the line breaks midway, those before are sent once more and get the same answer.
    for (const { body } of things) {
      const { id, code, at } = body;
      const answer = isTooOld(body, this.#clock.now) ? ({ result: 'tooOld' } as const) : await this.client.signIn(body);
      this.answers = withAnswer(this.answers, { id, code, at, answer });
    }
    void this.day.load();
  }
}
