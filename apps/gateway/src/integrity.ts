/**
 * Is the proof of deletion in the database the one that was told (H15)? Whoever can write into the database can write the whole
 * chain anew, and it is whole in itself. But each head went out on the bus when it was made, where the gate service can't take
 * it back (it may not read or clear the stream). So a third one compares: this door, which reads the stream and owns no table.
 * What is on the bus is of the last year; a link that was never told (the bus is away) is not judged.
 */
import { type Bus, replay } from '@anyuan/bus';
import { type Actor, AppError, GATEWAY, type ProofIntegrity, streams, subjects } from '@anyuan/contracts';
import { iso, requestOverBus } from '@anyuan/service';
import { z } from 'zod';

interface ToldHead {
  seq: number;
  hash: string;
  /** When the bus took it, ms. */
  at: number;
}

const YEAR_MS = 366 * 86_400_000;
const Head = z.object({ seq: z.int(), hash: z.string() });
const Answer = z.object({ result: z.object({ data: z.array(z.string().nullable()) }) });

/** @param hashes what the database says of the same links, in their order */
function compared(told: readonly ToldHead[], hashes: readonly (string | null)[]): ProofIntegrity {
  const at = told.findIndex(({ hash }, i) => hashes[i] !== hash);
  const first = told[at];
  if (first) return { state: 'differs', seq: first.seq, toldAt: iso(first.at) };
  return { state: 'same', compared: told.length, lastSeq: Math.max(0, ...told.map(({ seq }) => seq)) };
}

/** @throws AppError `unavailable` when the bus or the gate service does not answer */
export async function integrity(bus: Bus, school: string, actor: Actor, now: number): Promise<ProofIntegrity> {
  const told = await toldHeads(bus, school, now);
  if (told.length === 0) return compared([], []);
  const response = await requestOverBus({
    ...{ bus, school, service: 'gate', caller: GATEWAY, method: 'POST', path: '/trpc/proofHashes', actor },
    body: new TextEncoder().encode(JSON.stringify({ seqs: told.map(({ seq }) => seq) })),
  });
  const answer = Answer.safeParse(await response.json().catch(() => null));
  if (!answer.success) throw new AppError('unavailable', `the gate service answered ${response.status}`);
  return compared(told, answer.data.result.data);
}

async function toldHeads(bus: Bus, school: string, now: number): Promise<ToldHead[]> {
  const told: ToldHead[] = [];
  try {
    await replay(bus, {
      stream: streams.events,
      filter: [subjects.event(school, 'gate', 'deletion', 'proven')],
      since: now - YEAR_MS,
      handle({ data, at }) {
        const head = Head.safeParse(JSON.parse(new TextDecoder().decode(data)));
        if (head.success) told.push({ ...head.data, at });
      },
    });
  } catch (cause) {
    throw new AppError('unavailable', 'the stream was not read', { cause });
  }
  return told;
}
