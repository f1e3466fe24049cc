/**
 * What a school brings at the beginning, or again: lists from a file, and the demo school at each start. All or nothing by the
 * caller's transaction. What is there already stays as it is, so that nothing that a person changed or took away comes back.
 */
import { AppError, type PersonRef } from '@anyuan/contracts';
import { emit } from '@anyuan/db';
import type { z } from 'zod';
import { type Entity, recordedBy, type Trx } from '../context.ts';

export const IMPORT: PersonRef = { id: 'import', name: 'import' };

export const stamp = (now: number) => recordedBy(IMPORT, new Date(now));

/** What is there already stays. */
export const ignore = <Builder extends { doNothing(): unknown }>(c: Builder): ReturnType<Builder['doNothing']> =>
  c.doNothing() as ReturnType<Builder['doNothing']>;

/** One event an import that brought something, and none for one that changed nothing. */
export async function told(trx: Trx, entity: Entity, count: number, now: number): Promise<void> {
  if (count > 0) await emit(trx, { entity, type: 'imported', data: { count }, at: new Date(now) });
}

/** Within the number of parameters that one statement takes. */
export async function added<Row>(
  trx: Trx,
  entity: Entity,
  now: number,
  rows: readonly Row[],
  insert: (rows: Row[]) => Promise<unknown[]>,
): Promise<number> {
  let count = 0;
  for (let from = 0; from < rows.length; from += 1_000) count += (await insert(rows.slice(from, from + 1_000))).length;
  await told(trx, entity, count, now);
  return count;
}

/** The first row that is wrong is named by its place in the list and its field, never by what stands in it. */
export function parsed<Schema extends z.ZodType>(schema: Schema, rows: readonly unknown[]): z.output<Schema>[] {
  return rows.map((row, i) => {
    const result = schema.safeParse(row);
    if (result.success) return result.data;
    const fields = result.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new AppError('badInput', `row ${i + 1}: ${fields}`, { cause: result.error });
  });
}
