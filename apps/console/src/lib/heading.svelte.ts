/** What stands at the head of the page. A screen may call itself by more than its entry in the navigation. */
import { getHeading } from './context.ts';

export interface HeadingText {
  title: string;
  /** Beside the title, in place of the date and time. */
  note?: string;
}

export class Heading {
  #text = $state.raw<(() => HeadingText) | null>(null);

  get text(): HeadingText | null {
    return this.#text?.() ?? null;
  }
  set(text: () => HeadingText): () => void {
    this.#text = text;
    return () => {
      if (this.#text === text) this.#text = null;
    };
  }
}

/**
 * Called while a screen starts; gone with it. In an effect, since what a screen writes while the frame around it is being
 * drawn is not drawn any more.
 */
export function heading(text: () => HeadingText): void {
  const head = getHeading();
  $effect(() => head.set(text));
}
