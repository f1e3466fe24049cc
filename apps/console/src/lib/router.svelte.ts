/** Where this tab is. Links are plain anchors; a click on one of ours is taken over, with a modifier key it is not. */
import { BASE, type Place, placeOf } from '../routes.ts';

export class Router {
  #pathname = $state(location.pathname);
  #search = $state(location.search);
  readonly place: Place = $derived.by(() => placeOf(this.#pathname));
  /** What a link hands to the screen that it opens; ids only, never anything personal. */
  readonly query = $derived.by(() => new URLSearchParams(this.#search));

  go(href: string): void {
    if (href !== this.#pathname + this.#search) history.pushState(null, '', href);
    this.#read();
    window.scrollTo(0, 0);
  }

  listen(): () => void {
    const moved = () => this.#read();
    const clicked = (event: MouseEvent) => {
      if (
        event.defaultPrevented ||
        event.button !== 0 ||
        event.metaKey ||
        event.ctrlKey ||
        event.shiftKey ||
        event.altKey
      )
        return;
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (!link || link.target || link.origin !== location.origin || !link.pathname.startsWith(BASE)) return;
      event.preventDefault();
      this.go(link.pathname + link.search);
    };
    addEventListener('popstate', moved);
    document.addEventListener('click', clicked);
    return () => {
      removeEventListener('popstate', moved);
      document.removeEventListener('click', clicked);
    };
  }

  #read(): void {
    this.#pathname = location.pathname;
    this.#search = location.search;
  }
}
