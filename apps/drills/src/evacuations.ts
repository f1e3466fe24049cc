/** Evacuation times of the drills that took place, whole school and by class, the newest last (G10, H6). */
import { CivilDate, DrillKind, Uuid } from '@anyuan/contracts';
import { z } from 'zod';
import type { Queries } from './context.ts';
import { drillsWhere } from './drill-store.ts';
import { classCounts } from './roll-count.ts';
import { rollOf } from './roll-store.ts';

export const Evacuation = z.object({
  drill: Uuid,
  kind: DrillKind,
  date: CivilDate,
  targetSeconds: z.number().int(),
  wholeSeconds: z.number().int().nullable(),
  classes: z.array(z.object({ class: z.string(), name: z.string(), seconds: z.number().int().nullable() })),
});

/** By class of the last ones only: each reads a roll of the whole school. */
const BY_CLASS = 8;

export async function evacuations(db: Queries, term: string | undefined): Promise<z.infer<typeof Evacuation>[]> {
  const drills = (await drillsWhere(db, term ? { term } : {})).filter((d) => d.proven && d.mode === 'exercise');
  const recent = new Set(drills.slice(-BY_CLASS).map((d) => d.id));
  const found: z.infer<typeof Evacuation>[] = [];
  for (const drill of drills) {
    const { id, kind, date, targetSeconds, result } = drill;
    const counts = recent.has(id) ? classCounts(await rollOf(db, drill)) : [];
    const classes = counts.map(({ class: c, name, seconds }) => ({ class: c, name, seconds }));
    found.push({ drill: id, kind, date, targetSeconds, wholeSeconds: result?.wholeSeconds ?? null, classes });
  }
  return found;
}
