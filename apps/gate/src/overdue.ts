/**
 * 超时未离 (G2): past the end that was planned at the gate, the host is told once, and so is every screen that shows visits.
 * Nobody is ever signed out for it.
 */
import { dueAt, type VisitView } from '@anyuan/contracts';
import { emit, type GateTables } from '@anyuan/db';
import type { Transaction } from 'kysely';
import type { GateContext } from './commands.ts';
import { visitsOnSite, visitView } from './store.ts';

const BATCH = 200;

export async function tellOverdue(trx: Transaction<GateTables>, now: number): Promise<void> {
  const due = await trx
    .updateTable('visits')
    .set({ overdueToldAt: new Date(now) })
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('visits')
        .select('id')
        .where('status', '=', 'onSite')
        .where('overdueToldAt', 'is', null)
        .where('until', '<=', new Date(now))
        .orderBy('until')
        .limit(BATCH),
    )
    .returning('id')
    .execute();
  for (const { id } of due) {
    const view = await visitView(trx, id);
    if (!view) continue;
    await emit(trx, { entity: 'visit', type: 'overdue', data: view, at: new Date(now) });
    // His host's screen hears of questions only, and asks again.
    await emit(trx, { entity: 'question', type: 'overdue', data: { host: view.host?.id }, at: new Date(now) });
  }
}

/** Whom this host should see to the gate; without anything of their documents. */
export async function overdueOf({ db, clock }: GateContext, host: string): Promise<VisitView[]> {
  const now = clock.now();
  const visits = await visitsOnSite(db.kysely);
  return visits
    .filter((visit) => visit.host?.id === host && dueAt(visit) <= now)
    .map((visit) => ({ ...visit, idLast4: null, certificate: null, plate: null, held: null, security: null }));
}
