/**
 * One answer of the training service that a screen lives on: asked for when the screen opens, again after `training` came over
 * the stream and after each command of the screen's own, and given up with the screen.
 */
import type { LiveEvent } from '@anyuan/contracts';
import { onDestroy } from 'svelte';
import { getLive } from '../context.ts';
import { LiveOne } from '../live-one.svelte.ts';

export class Asked<T> {
  readonly page: LiveOne<T>;

  constructor(ask: () => Promise<T>) {
    this.page = new LiveOne(ask);
  }
  get value(): T | null {
    return this.page.value;
  }
  onEvent(event: LiveEvent): void {
    if (event.type === 'training') this.reload();
  }
  reload(): void {
    void this.page.load();
  }
  close(): void {
    this.page.close();
  }
}

/** Called while a screen starts; whatever the question reads is read anew each time. */
export function asking<T>(ask: () => Promise<T>): Asked<T> {
  const asked = new Asked(ask);
  const leave = getLive().attach(asked);
  onDestroy(() => {
    leave();
    asked.close();
  });
  return asked;
}
