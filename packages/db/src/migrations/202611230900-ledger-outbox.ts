import type { Kysely } from 'kysely';
import { createOutbox } from './outbox-v1.ts';

export const up = (db: Kysely<unknown>): Promise<void> => createOutbox(db, 'ledger');
