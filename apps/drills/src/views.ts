/** Drills as those who ask may see them. */
import {
  type Actor,
  AppError,
  type ClassCount,
  type DrillBoard,
  type DrillView,
  permissionsOf,
  schoolDate,
} from '@anyuan/contracts';
import { type DrillsContext, personOf } from './context.ts';
import { drillsWhere, shown } from './drill-store.ts';
import { board, classesOf } from './roll.ts';
import { seesAll } from './term-page.ts';

/** Teachers see the counts; the names of other classes' missing are for those who run the drill (least data). */
export function drillFor(actor: Actor, whole: DrillBoard): DrillBoard {
  const { drill } = whole;
  if (!seesAll(actor) && !drill.announced && drill.status === 'planned')
    throw new AppError('notFound', 'no such drill');
  return permissionsOf(actor).includes('drill.run') ? whole : { ...whole, missing: [] };
}

export async function running({ db }: DrillsContext): Promise<DrillView[]> {
  return (await drillsWhere(db.kysely, { running: true })).map(shown);
}

export async function rollCall(
  ctx: DrillsContext,
  actor: Actor,
): Promise<{ drill: DrillView | null; classes: ClassCount[]; mine: string[]; next: DrillView | null }> {
  const { kysely } = ctx.db;
  const drill = (await drillsWhere(kysely, { running: true })).find((d) => d.mode === 'exercise');
  if (!drill) {
    const today = schoolDate(ctx.clock.now());
    const next = (await drillsWhere(kysely, {})).find(
      (d) => d.status === 'planned' && d.announced && d.mode === 'exercise' && d.date >= today,
    );
    return { drill: null, classes: [], mine: [], next: next ? shown(next) : null };
  }
  const whole = await board(ctx, drill.id);
  const mine = await classesOf(kysely, personOf(actor), drill.id);
  const all = permissionsOf(actor).includes('drill.run');
  const classes = whole.classes.filter((c) => all || mine.includes(c.class));
  return { drill: whole.drill, classes, mine, next: null };
}
