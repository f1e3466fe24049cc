/** Findings of a drill, their photos, and the chain that each of them opens (H10). */
import {
  type AddPhoto,
  AppError,
  type DismissResult,
  type FindingView,
  MAX_PHOTO_BYTES,
  type PersonRef,
  type RecordFinding,
  schoolDate,
} from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import { imageType } from '@anyuan/service/documents';
import { duration } from '@anyuan/ui/text';
import { type ChainFacts, chainOf, stateOf } from './chain.ts';
import { changed, type DrillsContext, type Queries } from './context.ts';
import { drillsWhere, type StoredDrill } from './drill-store.ts';

const LIMIT = 500;
/** Whoever looked at it found that it is none: the finding is open again, to be set aside or registered anew. */
const NO_HAZARD = 'rejected';

export async function recordFinding(ctx: DrillsContext, by: PersonRef, command: RecordFinding): Promise<FindingView> {
  const now = ctx.clock.now();
  await ctx.db.tx(async (trx) => {
    const drill = (await drillsWhere(trx, { id: command.drill }))[0];
    if (!drill) throw new AppError('notFound', 'no such drill');
    if (!drill.startedAt) throw new AppError('conflict', 'nothing is found in a drill that has not begun');
    await trx
      .insertInto('findings')
      .values({ ...command, actor: JSON.stringify(by), at: new Date(now), dismissed: null })
      .onConflict((c) => c.column('id').doNothing())
      .execute();
    await changed(trx, 'finding', { finding: command.id }, now);
  });
  return findingOf(ctx, command.id);
}

export async function dismissFinding(ctx: DrillsContext, finding: string, reason: string): Promise<DismissResult> {
  const result = await ctx.db.tx(async (trx) => {
    const hazard = await trx
      .selectFrom('hazardLinks')
      .select('hazard')
      .where('finding', '=', finding)
      .where('status', '!=', NO_HAZARD)
      .executeTakeFirst();
    if (hazard) return 'hasHazard';
    await trx.updateTable('findings').set({ dismissed: reason }).where('id', '=', finding).execute();
    await changed(trx, 'finding', { finding }, ctx.clock.now());
    return 'dismissed';
  });
  return { result, finding: await findingOf(ctx, finding) };
}

export async function addPhoto(ctx: DrillsContext, by: PersonRef, command: AddPhoto): Promise<{ id: string }> {
  const bytes = Buffer.from(command.data, 'base64');
  const type = imageType(bytes);
  if (!type || bytes.length > MAX_PHOTO_BYTES) throw new AppError('badInput', 'not a JPEG or PNG of at most 300 KiB');
  const now = ctx.clock.now();
  await ctx.db.tx(async (trx) => {
    const known = await trx.selectFrom('findings').select('id').where('id', '=', command.finding).executeTakeFirst();
    if (!known) throw new AppError('notFound', 'no such finding');
    await trx
      .insertInto('photos')
      .values({
        ...{ id: command.id, finding: command.finding, type, bytes },
        ...{ actor: JSON.stringify(by), at: new Date(now) },
      })
      .onConflict((c) => c.column('id').doNothing())
      .execute();
    await changed(trx, 'finding', { finding: command.finding }, now);
  });
  return { id: command.id };
}

export async function photoOf(db: Queries, id: string): Promise<{ type: string; bytes: Buffer } | null> {
  const photo = await db.selectFrom('photos').select(['type', 'bytes']).where('id', '=', id).executeTakeFirst();
  return photo ?? null;
}

export async function findingOf(ctx: DrillsContext, id: string): Promise<FindingView> {
  const [view] = await findingsWhere(ctx, { id });
  if (!view) throw new AppError('notFound', 'no such finding');
  return view;
}

/** The newest first. */
export async function findingsWhere(
  { db: { kysely: db }, clock }: Pick<DrillsContext, 'db' | 'clock'>,
  where: { id?: string; drill?: string; term?: string },
): Promise<FindingView[]> {
  let query = db
    .selectFrom('findings as f')
    .innerJoin('drills as d', 'd.id', 'f.drill')
    .select(['f.id', 'f.what', 'f.place', 'f.actor', 'f.at', 'f.dismissed', 'd.id as drill', 'd.kind', 'd.date'])
    .orderBy('f.at', 'desc')
    .orderBy('f.id')
    .limit(LIMIT);
  if (where.id) query = query.where('f.id', '=', where.id);
  if (where.drill) query = query.where('f.drill', '=', where.drill);
  if (where.term) query = query.where('d.term', '=', where.term);
  const rows = await query.execute();
  if (rows.length === 0) return [];
  const linked = await linksOf(
    db,
    rows.map((r) => r.id),
  );
  const today = schoolDate(clock.now());
  return rows.map(({ drill, kind, date, actor, at, ...row }) => {
    const { photos, ...facts } = linked(row.id);
    // A hazard that was registered meanwhile, or that the bus told of later, is to be mended whatever was said before.
    const dismissed = facts.hazard ? null : row.dismissed;
    const chain = chainOf({ drill: { id: drill }, found: { at: iso(at.getTime()), by: actor.name }, ...facts }, today);
    return {
      ...row,
      drill: { id: drill, kind, date },
      by: actor,
      at: iso(at.getTime()),
      photos,
      dismissed,
      state: stateOf(chain, dismissed),
      chain,
    };
  });
}

async function linksOf(db: Queries, findings: string[]) {
  const hazards = await db
    .selectFrom('hazardLinks')
    .select(['hazard', 'finding', 'number', 'ownerName', 'deadline', 'recordedAt', 'fixedAt', 'fixedBy'])
    .where('finding', 'in', findings)
    .where('status', '!=', NO_HAZARD)
    .orderBy('recordedAt')
    .execute();
  const versions = await db
    .selectFrom('planVersions')
    .select(['plan', 'number', 'findings', 'draftedBy', 'approvedBy', 'approvedAt'])
    .orderBy('approvedAt', (o) => o.asc().nullsLast())
    .orderBy('number')
    .limit(LIMIT)
    .execute();
  const drills = (await drillsWhere(db, { limit: 2_000 })).filter((d) => d.status !== 'cancelled');
  const photos = await db
    .selectFrom('photos')
    .select(['id', 'finding'])
    .where('finding', 'in', findings)
    .orderBy('at')
    .execute();
  return (finding: string): Pick<ChainFacts, 'hazard' | 'version' | 'redrill'> & { photos: string[] } => ({
    hazard: hazardOf(hazards.find((h) => h.finding === finding)),
    version: versionOf(versions.find((v) => v.findings.includes(finding))),
    redrill: redrillOf(drills.filter((d) => d.verifies.includes(finding))),
    photos: photos.filter((p) => p.finding === finding).map((p) => p.id),
  });
}

interface HazardRow {
  hazard: string;
  number: string;
  ownerName: string | null;
  deadline: string | null;
  recordedAt: Date;
  fixedAt: Date | null;
  fixedBy: string | null;
}
const hazardOf = (row: HazardRow | undefined): ChainFacts['hazard'] =>
  row
    ? {
        ...{ id: row.hazard, number: row.number, owner: row.ownerName, deadline: row.deadline },
        recordedAt: iso(row.recordedAt.getTime()),
        fixed: row.fixedAt && { at: iso(row.fixedAt.getTime()), by: row.fixedBy },
      }
    : null;

interface VersionRow {
  plan: string;
  number: number;
  draftedBy: PersonRef;
  approvedBy: PersonRef | null;
  approvedAt: Date | null;
}
const versionOf = (row: VersionRow | undefined): ChainFacts['version'] =>
  row
    ? {
        ...{ plan: row.plan, number: row.number, draftedBy: row.draftedBy.name },
        approved: row.approvedAt && { at: iso(row.approvedAt.getTime()), by: row.approvedBy?.name ?? '' },
      }
    : null;

/** The first that proved it; while there is none, the one that comes next. */
function redrillOf(drills: readonly StoredDrill[]): ChainFacts['redrill'] {
  const drill = drills.find((d) => d.proven) ?? drills.find((d) => d.status !== 'ended');
  if (!drill) return null;
  const seconds = drill.result?.wholeSeconds ?? null;
  const label = seconds === null ? null : duration(seconds * 1_000);
  return { id: drill.id, date: drill.date, proven: drill.proven, label, lead: drill.lead.name };
}
