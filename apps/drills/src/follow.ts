/** What other owners told: the alarm of a drill was heard; the hazard of a finding was recorded, fixed, verified. */
import { AlarmRaised, HazardView } from '@anyuan/contracts';
import type { FollowedEvent } from '@anyuan/service';
import { changed, type Trx } from './context.ts';
import { alarmHeard } from './run.ts';

export async function follow(trx: Trx, { owner, entity, type, data, at }: FollowedEvent): Promise<void> {
  if (owner === 'alarm' && entity === 'incident' && type === 'raised') {
    const raised = AlarmRaised.safeParse(data);
    if (raised.success) await alarmHeard(trx, raised.data, at);
  }
  if (owner === 'ledger' && entity === 'hazard') {
    const hazard = HazardView.safeParse(data);
    if (hazard.success) await linkHazard(trx, hazard.data, at);
  }
}

async function linkHazard(trx: Trx, hazard: HazardView, at: Date): Promise<void> {
  if (hazard.source.kind !== 'finding') return;
  const date = (value: string | null) => (value ? new Date(value) : null);
  const row = {
    ...{ finding: hazard.source.finding, number: hazard.number, status: hazard.status, deadline: hazard.deadline },
    ...{ ownerName: hazard.owner?.name ?? null, recordedAt: new Date(hazard.reportedAt) },
    ...{ fixedAt: date(hazard.fixedAt), fixedBy: hazard.fixedBy?.name ?? null, verifiedAt: date(hazard.verifiedAt) },
  };
  await trx
    .insertInto('hazardLinks')
    .values({ hazard: hazard.id, ...row })
    .onConflict((c) => c.column('hazard').doUpdateSet(row))
    .execute();
  await changed(trx, 'finding', { finding: row.finding }, at.getTime());
}
