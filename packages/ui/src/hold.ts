/**
 * A press that counts only when it is held: the one guard against an alarm by accident that costs no second question.
 * Letting go, leaving, losing focus or a second finger's end before the time is up cancels it without a trace; after it
 * fired, nothing fires again until a new press. Who presses is named, so that the keyboard's end does not stop a finger.
 */
export interface Hold {
  start(by: string): void;
  end(by: string): void;
  cancel(): void;
}

export function createHold(ms: () => number, onHeld: () => void, onChange: (holding: boolean) => void): Hold {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let holder: string | undefined;
  const stop = () => {
    if (holder === undefined) return;
    clearTimeout(timer);
    holder = undefined;
    onChange(false);
  };
  return {
    start(by) {
      if (holder !== undefined) return;
      holder = by;
      onChange(true);
      timer = setTimeout(() => {
        stop();
        onHeld();
      }, ms());
    },
    end(by) {
      if (holder === by) stop();
    },
    cancel: stop,
  };
}
