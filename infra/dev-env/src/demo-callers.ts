/** The services' own commands, called with a clock that stands where it was put: a record is made as the product makes it. */
import type { Actor } from '@anyuan/contracts';
import type { Db, DrillsTables, LedgerTables } from '@anyuan/db';
import { createRouter as drillsRouter } from '@anyuan/drills/router';
import { createRouter as ledgerRouter } from '@anyuan/ledger/router';
import { createCallerFactory, createLog } from '@anyuan/service';

export const zhou: Actor = { kind: 'person', id: 's-zhou', name: '周敏', role: 'administrator' };
export const chen: Actor = { kind: 'person', id: 's-chen', name: '陈立新', role: 'principal' };

export class PastClock {
  #now = 0;
  now = (): number => this.#now;
  /** By the school's clock. */
  set(date: string, time: string, seconds = 0): void {
    this.#now = Date.parse(`${date}T${time}:00+08:00`) + seconds * 1_000;
  }
}

export type DemoCallers = ReturnType<typeof demoCallers>;

export function demoCallers(drills: Db<DrillsTables>, ledger: Db<LedgerTables>) {
  const clock = new PastClock();
  const log = createLog('seed', 'error');
  const [forDrills, forLedger] = [
    createCallerFactory(drillsRouter({ db: drills, clock, tell: () => {} })),
    createCallerFactory(ledgerRouter({ db: ledger, clock })),
  ];
  return {
    clock,
    db: drills,
    drills: (actor: Actor) => forDrills({ actor, log }),
    ledger: (actor: Actor) => forLedger({ actor, log }),
  };
}
