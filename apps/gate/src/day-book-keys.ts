/**
 * Under which words a visitor is found: each end of his name from any letter on, in Hanzi, in pinyin and by initials, and
 * the last four of his document. So a part from the middle of a name is the beginning of a key, and an index answers it.
 *
 * A name of 200 letters would have thousands of letters of keys: what lies beyond the fortieth is not looked for.
 */
import type { GateTables } from '@anyuan/db';
import type { Transaction } from 'kysely';
import { syllables } from './staff.ts';

type Trx = Transaction<GateTables>;

const LETTERS = 40;
const KEY = 32;
/** Above every letter that a key can begin with. */
const LAST = '\u{10ffff}';

/** Full-width letters, blanks and the dot in 阿卜杜热合曼·买买提江 make no difference; ü is typed as v. */
export const normal = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s·•‧.'’_%-]/gu, '')
    .replaceAll('ü', 'v');

const ends = (parts: readonly string[]): string[] => parts.map((_, at) => normal(parts.slice(at).join('')));

export function keysOf(name: string, idLast4: string | null): string[] {
  const letters = [...name].slice(0, LETTERS);
  const short = letters.join('');
  const all = [
    ...ends(letters),
    ...ends(syllables(short, 'pinyin')),
    ...ends(syllables(short, 'first')),
    ...(idLast4 === null ? [] : [normal(idLast4)]),
  ].map((key) => [...key].slice(0, KEY).join(''));
  return [...new Set(all)].filter((key) => key !== '');
}

/** The range of keys that begin with what was typed; undefined when nothing of it is a letter. */
export function rangeOf(text: string): { from: string; to: string } | undefined {
  const from = [...normal(text)].slice(0, KEY).join('');
  return from === '' ? undefined : { from, to: `${from}${LAST}` };
}

/** Written with the visitor, in the same transaction; a name that was read differently is found under the new one only. */
export async function keepSearchKeys(trx: Trx, visitor: string, name: string, idLast4: string | null): Promise<void> {
  await trx.deleteFrom('searchKeys').where('visitor', '=', visitor).execute();
  const keys = keysOf(name, idLast4);
  if (keys.length > 0)
    await trx
      .insertInto('searchKeys')
      .values(keys.map((key) => ({ key, visitor })))
      .execute();
  await trx.updateTable('visitors').set({ keyed: true }).where('id', '=', visitor).execute();
}

/** For rows from before there were keys: a few hundred each time, until none is left. */
export async function keepMissingKeys(trx: Trx): Promise<void> {
  const rows = await trx
    .selectFrom('visitors')
    .select(['id', 'name', 'idLast4'])
    .where('keyed', '=', false)
    .orderBy('id')
    .limit(500)
    .execute();
  for (const { id, name, idLast4 } of rows) await keepSearchKeys(trx, id, name, idLast4);
}
