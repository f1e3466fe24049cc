/**
 * A question that many events ask for at once: one at a time, with a rest between, and once more after the last event. After a
 * day off line visits change by the thousand, and each gate asks who is on site now.
 *
 * @returns asks; resolves when an answer that was asked for after this call has been taken
 */
export function oneAtATime(work: () => Promise<void>, restMs: number): () => Promise<void> {
  let asking: Promise<void> | undefined;
  let again = false;
  const round = async () => {
    do {
      again = false;
      await work();
      if (again) await new Promise((resolve) => setTimeout(resolve, restMs).unref());
    } while (again);
  };
  return () => {
    again = true;
    asking ??= round().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}
