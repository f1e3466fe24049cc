/** A drill's append-only history: who did what, when. */
import type { PersonRef } from '@anyuan/contracts';
import type { Queries } from './context.ts';

const LIMIT = 1_000;

export async function note(
  db: Queries,
  drill: string,
  by: PersonRef,
  type: string,
  now: number,
  detail: object = {},
): Promise<void> {
  await db
    .insertInto('history')
    .values({
      ...{ drill, at: new Date(now), type },
      ...{ actor: JSON.stringify(by), detail: JSON.stringify(detail) },
    })
    .execute();
}

export async function historyOf(db: Queries, drill: string): Promise<{ at: string; by: string; type: string }[]> {
  const rows = await db
    .selectFrom('history')
    .select(['at', 'actor', 'type'])
    .where('drill', '=', drill)
    .orderBy('position')
    .limit(LIMIT)
    .execute();
  return rows.map(({ at, actor, type }) => ({ at: at.toISOString(), by: actor.name, type }));
}
