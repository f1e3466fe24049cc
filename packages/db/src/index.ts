export { type Db, type DbOptions, openDb } from './client.ts';
export { type EmbeddedPostgres, type EmbeddedPostgresOptions, startEmbeddedPostgres } from './embedded.ts';
export { lockInTransaction, tryLock, tryLockInTransaction, unlock } from './lock.ts';
export { assertSchema, type MigrateOptions, migrate, schemaReady } from './migrate.ts';
export { emit, type NewEvent, type Relay, type RelayOptions, startRelay } from './outbox.ts';
export { OWNERS, type Owner, roleOf, urlOf } from './owners.ts';
export type { GateTables } from './schema/gate.ts';
export type { PickupTables } from './schema/pickup.ts';
export { FieldCipher, type Place, SearchKey } from './secrets.ts';
