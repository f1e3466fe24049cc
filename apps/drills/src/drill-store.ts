/** Drills as rows and as what screens show. Rows never leave this file unshaped. */
import type { DrillKind, DrillResult, DrillView, Lack } from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import { sql } from 'kysely';
import type { Queries } from './context.ts';
import type { KnownDrill } from './requirements.ts';

export interface StoredDrill extends DrillView {
  proven: boolean;
}

const isoOf = (at: Date | null): string | null => at && iso(at.getTime());

export async function drillsWhere(
  db: Queries,
  where: { id?: string; term?: string; running?: true; verifies?: string; limit?: number },
): Promise<StoredDrill[]> {
  let query = db
    .selectFrom('drills as d')
    .leftJoin('planVersions as v', 'v.id', 'd.planVersion')
    .leftJoin('plans as p', 'p.id', 'v.plan')
    .select(['d.id', 'd.term', 'd.kind', 'd.date', 'd.time', 'd.announced', 'd.targetSeconds', 'd.lead', 'd.observers'])
    .select(['d.verifies', 'd.status', 'd.mode', 'd.incident', 'd.alarmHeardAt', 'd.startedAt', 'd.endedAt'])
    .select(['d.cancelReason', 'd.result', 'p.id as planId', 'p.title as planTitle', 'v.number as planNumber'])
    .select((eb) => [
      eb
        .selectFrom('findings')
        .select((f) => f.fn.countAll<number>().as('n'))
        .whereRef('findings.drill', '=', 'd.id')
        .as('findings'),
      eb
        .exists(eb.selectFrom('rollMarks').select(sql.lit(1).as('one')).whereRef('rollMarks.drill', '=', 'd.id'))
        .as('marked'),
      eb
        .exists(
          eb
            .selectFrom('drillClasses as c')
            .leftJoin('rollReports as r', (on) => on.onRef('r.drill', '=', 'c.drill').onRef('r.class', '=', 'c.class'))
            .innerJoin('drillPupils as k', (on) => on.onRef('k.drill', '=', 'c.drill').onRef('k.class', '=', 'c.class'))
            .select(sql.lit(1).as('one'))
            .whereRef('c.drill', '=', 'd.id')
            .where('r.id', 'is', null),
        )
        .as('silent'),
    ])
    .orderBy('d.date')
    .orderBy('d.time')
    .orderBy('d.id')
    .limit(where.limit ?? 1_000);
  if (where.id) query = query.where('d.id', '=', where.id);
  if (where.term) query = query.where('d.term', '=', where.term);
  if (where.running) query = query.where('d.status', '=', 'running');
  if (where.verifies) query = query.where(sql<boolean>`${where.verifies}::uuid = any(d.verifies)`);
  const rows = await query.execute();
  return rows.map(
    ({ planId, planTitle, planNumber, marked, silent, findings, alarmHeardAt, startedAt, endedAt, ...row }) => {
      const ended = row.status === 'ended';
      const lacks = ended
        ? lackOf({ ...row, heard: alarmHeardAt !== null, marked: Boolean(marked), silent: Boolean(silent) })
        : null;
      return {
        ...row,
        plan: planId && planTitle && planNumber ? { id: planId, title: planTitle, version: planNumber } : null,
        alarmHeardAt: isoOf(alarmHeardAt),
        startedAt: isoOf(startedAt),
        endedAt: isoOf(endedAt),
        findings: Number(findings ?? 0),
        lacks,
        proven: ended && lacks === null,
      };
    },
  );
}

interface Ended {
  mode: DrillView['mode'];
  result: DrillResult | null;
  heard: boolean;
  /** Somebody was marked. */
  marked: boolean;
  /** A class that has pupils never reported. */
  silent: boolean;
}

/** An exercise counts once nobody on its roll is without a mark, or every class has reported; one class is no school. */
function lackOf({ mode, result, heard, marked, silent }: Ended): Lack | null {
  if (!heard) return 'alarm';
  const counted = marked && (!silent || result?.unmarked === 0);
  return mode === 'test' || counted ? null : 'roll';
}

export const shown = ({ proven: _, ...view }: StoredDrill): DrillView => view;

export const known = ({ id, kind, date, status, proven }: StoredDrill): KnownDrill => ({
  ...{ id, kind, date, status, proven },
});

export const modeOf = (kind: DrillKind): 'exercise' | 'test' => (kind === 'buttonTest' ? 'test' : 'exercise');
