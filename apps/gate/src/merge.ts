/**
 * A day's records in portions. One after the other and each in its own transaction, as if it had come alone; the first that fails
 * ends the portion, so that nothing overtakes it. What saves time is one question over the bus instead of fifty.
 */
import type { Actor, MergedRecord } from '@anyuan/contracts';
import { admitVisitor, type GateContext, refuseVisitor, signOutVisitor } from './commands.ts';
import { logVehicle } from './vehicles.ts';

/** Well within the patience of whoever asks, ms. */
const PORTION_MS = 2_000;

export async function mergeRecords(ctx: GateContext, actor: Actor, records: readonly MergedRecord[]): Promise<number> {
  const began = performance.now();
  let stored = 0;
  for (const record of records) {
    if (performance.now() - began > PORTION_MS) break;
    const done = await take(ctx, actor, record).then(
      () => true,
      () => false,
    );
    if (!done) break;
    stored += 1;
  }
  return stored;
}

function take(ctx: GateContext, actor: Actor, { kind, body }: MergedRecord): Promise<unknown> {
  switch (kind) {
    case 'admit':
      return admitVisitor(ctx, actor, body);
    case 'refuse':
      return refuseVisitor(ctx, actor, body);
    case 'signOut':
      return signOutVisitor(ctx, actor, body);
    case 'vehicle':
      return logVehicle(ctx, actor, body);
  }
}
