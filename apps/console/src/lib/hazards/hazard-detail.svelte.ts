import { AppError, type HazardFile, type HazardRefusal, type HazardResult, type LiveEvent } from '@anyuan/contracts';
import { Attempt } from '../attempt.svelte.ts';
import type { LedgerClient } from '../clients/ledger.ts';
import { LiveOne } from '../live-one.svelte.ts';

/** One hazard. What was refused is said in words, and the page shows the hazard as it stands by then. */
export class HazardDetail {
  readonly client: LedgerClient;
  readonly id: string;
  readonly page: LiveOne<HazardFile>;
  readonly attempt = new Attempt();
  refusal = $state<HazardRefusal | null>(null);

  constructor(client: LedgerClient, id: string) {
    this.client = client;
    this.id = id;
    this.page = new LiveOne(() => client.hazard(id));
  }

  /** @returns whether it was done; else `refusal` or the attempt's error says why not */
  async run(what: (client: LedgerClient) => Promise<HazardResult>): Promise<boolean> {
    this.refusal = null;
    const answered = await this.attempt.run(async () => {
      const answer = await what(this.client);
      if (answer.result === 'refused') this.refusal = answer.refusal;
    });
    void this.page.load();
    return answered && this.refusal === null;
  }

  /** Before the words: a fix takes no photo any more once it has been reported. */
  async photo(id: string, of: 'hazard' | 'fix', data: string): Promise<void> {
    const stored = await this.client.addPhoto({ id, hazard: this.id, of, data });
    if (stored.result === 'refused') throw new AppError(PHOTO_ERRORS[stored.refusal], 'photo refused');
  }

  onEvent(event: LiveEvent): void {
    if (event.type === 'hazards') this.reload();
  }
  reload(): void {
    void this.page.load();
  }
  close(): void {
    this.page.close();
  }
}

const PHOTO_ERRORS = { notAPhoto: 'badInput', tooMany: 'tooLarge', notNow: 'conflict' } as const;
