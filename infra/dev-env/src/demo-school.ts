/**
 * The demo school's database, from the same people who carry the simulated cards. Run at each start: what a person changed
 * since (a card reported lost, a new password) stays.
 */

import { join } from 'node:path';
import { importDevices } from '@anyuan/alarm';
import {
  type AlarmTables,
  type DrillsTables,
  FieldCipher,
  type GateTables,
  type LedgerTables,
  openDb,
  type PickupTables,
  SearchKey,
  type TrainingTables,
} from '@anyuan/db';
import type { ImportedPerson } from '@anyuan/gate';
import { firstPolicy, importStaff } from '@anyuan/gate';
import type { NewUser } from '@anyuan/gateway';
import {
  demoBars,
  demoCards,
  demoChildren,
  demoDevices,
  demoDocuments,
  demoGuardians,
  demoRules,
  demoStaff,
} from '@anyuan/hardware-sim';
import type { ImportedSchool } from '@anyuan/pickup';
import { importSchool } from '@anyuan/pickup';
import { seedBookings } from './demo-bookings.ts';
import { seedGate } from './demo-gate.ts';
import { seedPermits } from './demo-permits.ts';
import { seedTerm } from './demo-term.ts';
import { seedTraining } from './demo-training.ts';
import { seedWatchlist } from './demo-watchlist.ts';

/** Printed in the banner; a demo school listens on this machine only. */
export const DEMO_PASSWORD = 'demo-1111';
export const DEMO_PIN = '1111';

export const demoUsers: readonly NewUser[] = [
  { username: 'principal', person: 's-chen', name: '陈立新', role: 'principal', password: DEMO_PASSWORD },
  { username: 'admin', person: 's-zhou', name: '周敏', role: 'administrator', password: DEMO_PASSWORD },
  { username: 'teacher', person: 's-liu', name: '刘芳', role: 'teacher', password: DEMO_PASSWORD },
  { username: 'teacher2', person: 's-guo', name: '郭婷', role: 'teacher', password: DEMO_PASSWORD },
  { username: 'teacher3', person: 's-cao', name: '曹雪', role: 'teacher', password: DEMO_PASSWORD },
  { username: 'guard', person: 's-guard-1', name: '王建国', role: 'guard', password: DEMO_PASSWORD },
];

const numberOf = (key: string) => demoCards.find((c) => c.key === key)?.number;

export const demoPeople: readonly ImportedPerson[] = demoStaff.map(
  ({ id, name, role, department, title, host, mayStandDown, cardKey }, i) => {
    const cardNumber = cardKey && numberOf(cardKey);
    const answersCalls = role === 'principal' || role === 'administrator' || title === '班主任';
    return {
      ...{ id, name, role, department, title, host, mayStandDown },
      ...(cardNumber ? { cardNumber } : {}),
      ...(role === 'guard' ? { pin: DEMO_PIN } : {}),
      ...(answersCalls ? { phone: `分机 80${String(i + 1).padStart(2, '0')}` } : {}),
    };
  },
);

/** A class teacher stands in for the other of the grade; the principal is on duty. */
const demoPolicy = {
  waitSeconds: 60,
  closing: '18:30',
  dutyLeader: 's-chen',
  deputies: [
    { host: 's-liu', deputy: 's-guo' },
    { host: 's-guo', deputy: 's-liu' },
    { host: 's-chen', deputy: 's-zhou' },
  ],
};

export const demoFamilies: ImportedSchool = {
  children: demoChildren,
  guardians: demoGuardians.map((guardian) => {
    const idNumber = demoDocuments.find((d) => d.guardianId === guardian.id)?.number;
    return idNumber ? { ...guardian, idNumber } : guardian;
  }),
  cards: demoCards.flatMap(({ kind, number, printed, guardianId, status, lostAt, lostBy }) =>
    kind === 'pickup' && guardianId
      ? [
          {
            number,
            last4: printed.slice(-4),
            guardian: guardianId,
            status,
            ...(lostAt ? { lostAt } : {}),
            ...(lostBy ? { lostBy } : {}),
          },
        ]
      : [],
  ),
  rules: demoRules,
  bars: demoBars,
};

export interface SeedOptions {
  urls: Record<'gate' | 'pickup' | 'alarm' | 'drills' | 'ledger' | 'training', string>;
  /** Folder with `card.key` and `id.key`. */
  keys: string;
  /** With its term up to today; else as on the first day. */
  term: boolean;
  now?: number;
}

export async function seedServices({ urls, keys, term, now = Date.now() }: SeedOptions): Promise<void> {
  const card = SearchKey.fromKeyFile(join(keys, 'card.key'));
  const id = FieldCipher.fromKeyFile(join(keys, 'id.key'));
  const gate = openDb<GateTables>({ url: urls.gate, owner: 'gate', max: 1 });
  const pickup = openDb<PickupTables>({ url: urls.pickup, owner: 'pickup', max: 1 });
  const alarm = openDb<AlarmTables>({ url: urls.alarm, owner: 'alarm', max: 1 });
  const drills = openDb<DrillsTables>({ url: urls.drills, owner: 'drills', max: 1 });
  const training = openDb<TrainingTables>({ url: urls.training, owner: 'training', max: 1 });
  const ledger = openDb<LedgerTables>({ url: urls.ledger, owner: 'ledger', max: 1 });
  try {
    await gate.tx((trx) => importStaff(trx, demoPeople, { card }));
    await seedPermits(gate, { card }, now);
    await seedGate(gate, now);
    await seedBookings(gate, keys, now);
    await seedWatchlist(gate, keys, now);
    await gate.tx((trx) => firstPolicy(trx, demoPolicy));
    await pickup.tx((trx) => importSchool(trx, demoFamilies, { card }));
    await alarm.tx((trx) => importDevices(trx, demoDevices));
    await seedTerm({ drills, ledger, staff: demoPeople, term, now });
    await seedTraining({ training, keys: { card, id }, now });
  } finally {
    await Promise.all([gate.close(), pickup.close(), alarm.close(), drills.close(), ledger.close(), training.close()]);
  }
}
