/**
 * Hands over each signed head of a list as it comes, the present one first, and fetches the body that it names.
 * After a lost connection it watches anew at once: the client's own watch notices a server that came back only when two
 * of its heartbeats are missing, and a lost card must be dead sooner than that (H2).
 */
import { LISTS_BUCKET, type ListName, listBodyKey, listHeadKey, SignedHead } from '@anyuan/contracts';
import { Kvm } from '@nats-io/kv';
import type { Bus } from './bus.ts';

export type FetchBody = (sha256: string) => Promise<Uint8Array | undefined>;

const RETRY_MS = 250;

/** @returns ends it */
export function followList(
  bus: Bus,
  list: ListName,
  take: (signed: SignedHead, body: FetchBody) => Promise<void>,
  onError: (error: unknown) => void,
): () => void {
  let stop = () => {};
  let stopped = false;
  void (async () => {
    while (!stopped) {
      try {
        await bus.ready;
        const kv = await new Kvm(bus.js).open(LISTS_BUCKET);
        const watch = await kv.watch({ key: listHeadKey(list) });
        stop = () => watch.stop();
        if (stopped) return stop();
        const body: FetchBody = async (sha256) => (await kv.get(listBodyKey(list, sha256)))?.value;
        for await (const entry of watch) {
          const signed = SignedHead.safeParse(entry.operation === 'PUT' ? entry.json() : undefined);
          if (signed.success) await take(signed.data, body);
        }
      } catch (error) {
        onError(error);
      }
      if (!stopped) await new Promise((resolve) => setTimeout(resolve, RETRY_MS).unref());
    }
  })();
  const ended = bus.onChange((up) => up && stop());
  return () => {
    stopped = true;
    ended();
    stop();
  };
}
