/** The roll of a drill as it stands in the database: who was there when it began, every mark, every report. */
import type { DrillView, PersonRef } from '@anyuan/contracts';
import type { Queries } from './context.ts';
import type { Mark, Roll } from './roll-count.ts';

const CLASSES = 500;
const PUPILS = 50_000;
const MARKS = 200_000;

/** @param only one class, for the teacher who takes it */
export async function rollOf(db: Queries, drill: Pick<DrillView, 'id' | 'startedAt'>, only?: string): Promise<Roll> {
  const classes = await db
    .selectFrom('drillClasses')
    .select(['class', 'name', 'teacherId', 'teacherName', 'place'])
    .where('drill', '=', drill.id)
    .$if(only !== undefined, (q) => q.where('class', '=', only ?? ''))
    .orderBy('class')
    .limit(CLASSES)
    .execute();
  const pupils = await db
    .selectFrom('drillPupils')
    .select(['pupil', 'class', 'number', 'name'])
    .where('drill', '=', drill.id)
    .$if(only !== undefined, (q) => q.where('class', '=', only ?? ''))
    .orderBy('class')
    .orderBy('number')
    .limit(PUPILS)
    .execute();
  const marks = await db
    .selectFrom('rollMarks')
    .innerJoin('drillPupils', (join) =>
      join.onRef('drillPupils.drill', '=', 'rollMarks.drill').onRef('drillPupils.pupil', '=', 'rollMarks.pupil'),
    )
    .select(['rollMarks.id', 'rollMarks.pupil', 'rollMarks.state', 'rollMarks.at', 'rollMarks.actor', 'rollMarks.note'])
    .where('rollMarks.drill', '=', drill.id)
    .$if(only !== undefined, (q) => q.where('drillPupils.class', '=', only ?? ''))
    .orderBy('rollMarks.id')
    .limit(MARKS)
    .execute();
  const reports = await db
    .selectFrom('rollReports')
    .select(['class', 'at', 'actor'])
    .where('drill', '=', drill.id)
    .$if(only !== undefined, (q) => q.where('class', '=', only ?? ''))
    .orderBy('at')
    .limit(MARKS)
    .execute();
  return {
    startedAt: drill.startedAt ? Date.parse(drill.startedAt) : 0,
    classes: classes.map(({ teacherId, teacherName, ...c }) => ({
      ...c,
      teacher: { id: teacherId, name: teacherName },
    })),
    pupils,
    marks: marks.map(({ at, actor, ...m }): Mark => ({ ...m, at: at.getTime(), by: actor })),
    reports: reports.map(({ at, actor, ...r }) => ({ ...r, at: at.getTime(), by: actor })),
  };
}

/** Classes whose roll the leader gave to somebody else for this drill, the latest word last. */
export async function givenRolls(db: Queries, drill: string): Promise<{ class: string; person: PersonRef }[]> {
  const rows = await db
    .selectFrom('history')
    .select('detail')
    .where('drill', '=', drill)
    .where('type', '=', 'rollGiven')
    .orderBy('position')
    .limit(CLASSES)
    .execute();
  return rows.map((r) => r.detail as { class: string; person: PersonRef });
}
