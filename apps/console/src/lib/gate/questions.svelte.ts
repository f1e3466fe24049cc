/**
 * Who waits at the gate for this person's word. The live stream says only that something changed; what, is asked for, so that
 * nobody reads a visitor's name who was not asked. A second touch while an answer is on its way does nothing.
 */
import { type DeclineReason, type HostAnswered, type HostQuestion, type LiveEvent, newId } from '@anyuan/contracts';
import { Attempt } from '../attempt.svelte.ts';
import type { AtTheGate, ConfirmClient } from '../clients/confirm.ts';
import { LiveOne } from '../live-one.svelte.ts';

/** It waits for a word: also of him who has said that he comes, until he has seen who it is. */
export const isOpen = ({ state }: HostQuestion): boolean => state === 'open' || state === 'coming';

export class Questions {
  readonly client: ConfirmClient;
  readonly mine: LiveOne<AtTheGate>;
  readonly answering = new Attempt();
  /** Somebody was quicker, or the gate waits no longer. */
  late = $state<Exclude<HostAnswered['result'], 'taken'> | null>(null);
  readonly open = $derived.by(() => (this.mine.value?.questions ?? []).filter(isOpen));

  constructor(client: ConfirmClient) {
    this.client = client;
    this.mine = new LiveOne(() => client.mine());
  }

  answer(question: string, answer: 'yes' | 'coming' | 'no', decline?: DeclineReason): Promise<boolean> {
    const command = { command: newId(), question, answer, ...(decline ? { decline } : {}) };
    return this.answering.run(async () => {
      const { result } = await this.client.answer(command);
      this.late = result === 'taken' ? null : result;
      await this.mine.load();
    });
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'hostQuestions') void this.mine.load();
  }
  reload(): void {
    void this.mine.load();
  }
  close(): void {
    this.mine.close();
  }
}
