/**
 * The alarm's tables: the roster, and for each incident its append-only history. The service's role may insert into
 * `history` and read it, nothing else; a trigger refuses the rest even to the owner.
 */
import type { DeviceEntry, HistoryEntry } from '@anyuan/contracts';
import { type AlarmTables, emit } from '@anyuan/db';
import { iso } from '@anyuan/service';
import type { Insertable, Kysely, Transaction } from 'kysely';
import type { HeardFact } from './ears.ts';

type Line = Insertable<AlarmTables['history']>;

/** One transaction for a whole burst. What is there already stays as it is. */
export async function storeFacts(trx: Transaction<AlarmTables>, batch: HeardFact[]): Promise<void> {
  for (const { incident, fact } of batch) {
    if (fact.type !== 'raised') continue;
    const { raise } = fact;
    const added = await trx
      .insertInto('incidents')
      .values({
        incident,
        mode: raise.mode,
        kind: raise.kind,
        action: raise.action,
        audibility: raise.audibility,
        raise: JSON.stringify(raise),
        receivedAt: new Date(fact.at),
      })
      .onConflict((c) => c.column('incident').doNothing())
      .returning('incident')
      .executeTakeFirst();
    if (added) await emit(trx, { entity: 'incident', type: 'raised', data: raise });
  }
  const lines = batch.map(lineOf);
  for (let from = 0; from < lines.length; from += 1_000) {
    const added = await trx
      .insertInto('history')
      .values(lines.slice(from, from + 1_000))
      .onConflict((c) => c.columns(['incident', 'key']).doNothing())
      .returning(['incident', 'type', 'at', 'actor', 'detail'])
      .execute();
    for (const line of added)
      if (line.type === 'stoodDown') await emit(trx, { entity: 'incident', type: 'stoodDown', data: line });
  }
}

function lineOf({ incident, key, fact }: HeardFact): Line {
  const common = { incident, key, at: new Date(fact.at) };
  switch (fact.type) {
    case 'raised': {
      const { presses, via, raisedAt, raisedBy } = fact.raise;
      const type = presses > 1 ? 'pressedAgain' : 'raised';
      return {
        ...common,
        type,
        device: null,
        actor: JSON.stringify(raisedBy),
        detail: JSON.stringify({ presses, via, claimedAt: raisedAt }),
      };
    }
    case 'reported': {
      const { doing, at, seq, fault } = fact.report;
      const type = doing === 'fault' ? 'deviceFault' : doing === 'quiet' ? 'reportedQuiet' : 'reported';
      return {
        ...common,
        type,
        device: fact.device,
        actor: null,
        detail: JSON.stringify({ doing, deviceClock: at, seq, fault }),
      };
    }
    case 'noted': {
      const { type, actor, reason, note } = fact.note;
      return {
        ...common,
        type,
        device: null,
        actor: actor ? JSON.stringify(actor) : null,
        detail: JSON.stringify({ reason, note }),
      };
    }
  }
}

export async function historyOf(db: Kysely<AlarmTables>, incident: string): Promise<HistoryEntry[]> {
  const rows = await db
    .selectFrom('history')
    .select(['seq', 'at', 'type', 'actor', 'device', 'detail'])
    .where('incident', '=', incident)
    .orderBy('at')
    .orderBy('seq')
    .limit(50_000)
    .execute();
  return rows.map((row) => ({ ...row, at: iso(row.at.getTime()) }));
}

export async function roster(db: Kysely<AlarmTables>): Promise<DeviceEntry[]> {
  const rows = await db
    .selectFrom('devices')
    .select(['device', 'kind', 'name', 'zone', 'zoneName', 'gate', 'answers'])
    .orderBy('device')
    .limit(20_000)
    .execute();
  return rows.map(({ gate, ...row }) => (gate ? { ...row, gate } : row));
}

export async function saveDevices(trx: Transaction<AlarmTables>, entries: readonly DeviceEntry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += 1_000)
    await trx
      .insertInto('devices')
      .values(entries.slice(from, from + 1_000).map((entry) => ({ ...entry, gate: entry.gate ?? null })))
      .onConflict((c) =>
        c.column('device').doUpdateSet((eb) => ({
          kind: eb.ref('excluded.kind'),
          name: eb.ref('excluded.name'),
          zone: eb.ref('excluded.zone'),
          zoneName: eb.ref('excluded.zoneName'),
          gate: eb.ref('excluded.gate'),
          answers: eb.ref('excluded.answers'),
        })),
      )
      .execute();
}
