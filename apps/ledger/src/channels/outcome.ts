/** What became of an attempt, written down: the messages, the channel's health, and the attempt itself. */
import { isOfChannel, restAfter, type Verdict } from '@anyuan/channels';
import type { ChannelFault } from '@anyuan/contracts';
import { sql } from 'kysely';
import type { Trx } from './context.ts';

/** Longer than any attempt: another copy takes over when this one died while it sent. */
export const HOLD_MS = 60_000;

export interface Attempt {
  channel: string;
  /** Of the deliveries; none for what is not in the queue. */
  deliveries: readonly string[];
  verdict: Verdict;
  now: number;
}

/** The channel is left alone for a while: whatever waits for it would fail alike. */
export const stops = (verdict: Verdict): boolean => verdict.result !== 'sent' && isOfChannel(verdict.fault);

export async function keepOutcome(trx: Trx, { channel, deliveries, verdict, now }: Attempt): Promise<void> {
  const at = new Date(now);
  const fault = verdict.result === 'sent' ? null : verdict.fault;
  const code = verdict.result === 'sent' ? '' : verdict.code.slice(0, 40);
  const { result } = verdict;
  const messages = Math.max(1, deliveries.length);
  await trx.insertInto('sendings').values({ channel, at, messages, result, fault, code }).execute();
  if (deliveries.length > 0) {
    const state = result === 'sent' ? 'sent' : stops(verdict) ? 'waiting' : 'failed';
    await trx
      .updateTable('deliveries')
      .set((eb) => ({
        ...{ state, fault, code, together: messages, attempts: eb('attempts', '+', 1) },
        doneAt: state === 'waiting' ? null : at,
      }))
      .where('id', 'in', deliveries)
      .where('state', '=', 'waiting')
      .execute();
  }
  if (fault === null) await isWell(trx, channel, at);
  else await isIll(trx, channel, { verdict, fault, code, now });
}

async function isWell(trx: Trx, id: string, at: Date): Promise<void> {
  const well = { failures: 0, failingSince: null, fault: null, code: '' };
  await trx
    .updateTable('channels')
    .set({ ...well, lastSentAt: at, nextAt: at })
    .where('id', '=', id)
    .execute();
}

async function isIll(
  trx: Trx,
  id: string,
  { verdict, fault, code, now }: { verdict: Verdict; fault: ChannelFault; code: string; now: number },
): Promise<void> {
  const at = new Date(now);
  const { failures } = await trx
    .updateTable('channels')
    .set((eb) => ({
      ...{ fault, code, lastFailedAt: at },
      failures: eb('failures', '+', stops(verdict) ? 1 : 0),
      failingSince: sql<Date>`coalesce(failing_since, ${at})`,
    }))
    .where('id', '=', id)
    .returning('failures')
    .executeTakeFirstOrThrow();
  if (!stops(verdict)) return;
  const nextAt = new Date(now + restAfter(failures, verdict));
  await trx.updateTable('channels').set({ nextAt }).where('id', '=', id).execute();
}
