/** One thing that a person asked for: under way, refused with a reason, or done. A second click meanwhile does nothing. */
import type { ErrorCode } from '@anyuan/contracts';
import { codeOf } from './refresh.ts';

export class Attempt {
  busy = $state(false);
  error = $state<ErrorCode | null>(null);

  async run(what: () => Promise<void>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      await what();
      return true;
    } catch (error) {
      this.error = codeOf(error);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
