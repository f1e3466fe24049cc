/** What the channels work with, besides database and clock. */
import type { ChannelSettings } from '@anyuan/contracts';
import type { Db, FieldCipher, LedgerTables } from '@anyuan/db';
import type { Clock } from '@anyuan/service';
import type { Kysely, Transaction } from 'kysely';

export interface ChannelsContext {
  db: Db<LedgerTables>;
  clock: Clock;
  cipher: FieldCipher;
  /** Tests and development: plain connections to this machine itself. */
  loopback: boolean;
  /** As it stands in a test message. */
  school: string;
  /** One attempt may take so long, ms. */
  timeoutMs: number;
}

export type Trx = Transaction<LedgerTables>;
export type Queries = Kysely<LedgerTables>;

const placeOf = (row: string) => ({ table: 'channels', row, column: 'sealed' });

export const seal = (cipher: FieldCipher, id: string, settings: ChannelSettings): Buffer =>
  cipher.encrypt(JSON.stringify(settings), placeOf(id));

/** Undefined: removed, or the key of this school does not open it any more. */
export function unseal(cipher: FieldCipher, id: string, sealed: Buffer | null): ChannelSettings | undefined {
  if (!sealed) return undefined;
  try {
    return JSON.parse(cipher.decrypt(sealed, placeOf(id)));
  } catch {
    return undefined;
  }
}
