/** Tables of `alarm`: the roster of devices, and each incident with its append-only history. */
import type { AlarmRaised, DeviceEntry, HistoryEntry, PersonRef } from '@anyuan/contracts';
import type { Generated, JSONColumnType } from 'kysely';

type Json<T extends object> = JSONColumnType<T, string, string>;

export interface AlarmTables {
  devices: DevicesTable;
  incidents: IncidentsTable;
  history: HistoryTable;
}

type DevicesTable = Omit<DeviceEntry, 'gate'> & { gate: string | null };

interface IncidentsTable {
  incident: string;
  mode: AlarmRaised['mode'];
  kind: AlarmRaised['kind'];
  action: AlarmRaised['action'];
  audibility: AlarmRaised['audibility'];
  raise: Json<AlarmRaised>;
  receivedAt: Date;
}

/** `key` is the same for every copy of the same fact, so that a repeat is not written twice. */
interface HistoryTable {
  seq: Generated<number>;
  incident: string;
  key: string;
  at: Date;
  type: HistoryEntry['type'];
  actor: Json<PersonRef> | null;
  device: string | null;
  detail: Json<Record<string, unknown>>;
}
