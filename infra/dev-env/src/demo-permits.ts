/** The demo school's permits and the deliveries of the day; what a person changed since stays. */
import { type PersonRef, schoolDate } from '@anyuan/contracts';
import type { Db, GateTables, SearchKey } from '@anyuan/db';
import { type ImportedPermit, importPermits, putDelivery } from '@anyuan/gate';
import { demoCards, demoDeliveries, demoPermits } from '@anyuan/hardware-sim';

const idOf = (n: number) => `0199e1a4-5e10-7000-8000-7e00${String(n).padStart(8, '0')}`;
/** The office's own hand in the demo school. */
const BY: PersonRef = { id: 's-zhou', name: '周敏' };

const permits: readonly ImportedPermit[] = demoPermits.map((p) => {
  const number = demoCards.find((card) => card.key === p.cardKey)?.number;
  return {
    ...{ permit: idOf(p.n), kind: p.kind, name: p.name, firm: p.firm, plates: [...p.plates] },
    ...{ card: number ? { by: 'number', number } : { by: 'none' }, validFrom: '2026-09-01', validTo: p.validTo },
    ...{
      days: [...(p.days ?? [1, 2, 3, 4, 5])],
      from: p.from ?? '06:00',
      to: p.to ?? '19:00',
      gates: [...(p.gates ?? [])],
    },
    suspended: p.suspended ?? null,
  };
});

export async function seedPermits(gate: Db<GateTables>, keys: { card: SearchKey }, now: number): Promise<void> {
  await gate.tx((trx) => importPermits(trx, permits, keys, BY, now));
  const date = schoolDate(now);
  const day = Number(date.replaceAll('-', ''));
  for (const { n, ...delivery } of demoDeliveries) {
    const id = `0199e1a4-5e10-7000-8000-7d0${day * 10 + n}`;
    await gate.tx((trx) => putDelivery(trx, { ...delivery, delivery: id, date }, BY, now, 'ifNew'));
  }
}
