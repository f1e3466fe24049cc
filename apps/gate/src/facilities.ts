/**
 * What protects a gate (A5): the inventory, the looks at it, its photos. Looks and photos are only added to. Damage that was not
 * there at the look before becomes a hazard: told with the hazard's id, so that the ledger makes one of it however often it hears.
 */
import {
  type AddFacilityPhoto,
  AppError,
  FACILITY_KINDS,
  type FacilityDamaged,
  type FacilityPhotoResult,
  type FacilityView,
  type LookAtFacility,
  MAX_PHOTO_BYTES,
  newId,
  type PersonRef,
  PHOTOS_PER_FACILITY,
  type SaveFacility,
  schoolDate,
} from '@anyuan/contracts';
import { emit, type GateTables, lockInTransaction } from '@anyuan/db';
import { iso } from '@anyuan/service';
import { imageType } from '@anyuan/service/documents';
import { catalogues } from '@anyuan/ui/text';
import type { Transaction } from 'kysely';
import type { Queries } from './shift-store.ts';
import type { ShiftContext } from './shifts.ts';

type Trx = Transaction<GateTables>;
const LIMIT = 2_000;

export function saveFacility(ctx: ShiftContext, by: PersonRef, given: SaveFacility): Promise<void> {
  const { id, ...facility } = given;
  const at = new Date(ctx.clock.now());
  return ctx.db.tx(async (trx) => {
    await lockInTransaction(trx, `facility ${id}`);
    const before = await trx.selectFrom('facilities').select('retiredAt').where('id', '=', id).executeTakeFirst();
    if (before?.retiredAt) throw new AppError('conflict', 'a facility that is not there any more');
    await trx
      .insertInto('facilities')
      .values({ id, ...facility, recordedAt: at, retiredAt: null })
      .onConflict((c) => c.column('id').doUpdateSet(facility))
      .execute();
    await changed(trx, id, 'saved', facility, by, at);
  });
}

export function retireFacility(ctx: ShiftContext, by: PersonRef, id: string, reason: string): Promise<void> {
  const at = new Date(ctx.clock.now());
  return ctx.db.tx(async (trx) => {
    await mustBeThere(trx, id);
    await trx.updateTable('facilities').set({ retiredAt: at }).where('id', '=', id).execute();
    await changed(trx, id, 'retired', { reason }, by, at);
  });
}

export function lookAt(ctx: ShiftContext, by: PersonRef, given: LookAtFacility): Promise<void> {
  const { id, facility, condition, note } = given;
  const now = ctx.clock.now();
  const at = new Date(now);
  return ctx.db.tx(async (trx) => {
    const { kind, place } = await mustBeThere(trx, facility);
    const last = await lastLook(trx, facility);
    const hazard = condition === 'ok' ? null : (last?.hazard ?? newId(now));
    const fresh = await trx
      .insertInto('facilityLooks')
      .values({ id, facility, condition, note, hazard, by: JSON.stringify(by), at })
      .onConflict((c) => c.column('id').doNothing())
      .returning('id')
      .executeTakeFirst();
    if (!fresh) return;
    if (hazard !== null && hazard !== last?.hazard) {
      // The ledger is kept in Chinese, as the school files it.
      const text = catalogues.zh.facilities;
      const what = text.hazard(text.kinds[kind], text.conditions[condition]);
      const data: FacilityDamaged = { hazard, facility, what, place, details: note, by };
      await emit(trx, { entity: 'facility', type: 'damaged', data, at });
    }
    await emit(trx, { entity: 'facility', type: 'looked', data: { facility, condition }, at });
  });
}

export function addPhoto(ctx: ShiftContext, by: PersonRef, given: AddFacilityPhoto): Promise<FacilityPhotoResult> {
  const { id, facility, data } = given;
  const bytes = Buffer.from(data, 'base64');
  const at = new Date(ctx.clock.now());
  return ctx.db.tx(async (trx) => {
    await mustBeThere(trx, facility);
    const before = await trx.selectFrom('facilityPhotos').select('facility').where('id', '=', id).executeTakeFirst();
    if (before && before.facility !== facility) throw new AppError('conflict', 'the photo belongs to another one');
    if (before) return { result: 'stored', photo: id };
    const type = imageType(bytes);
    if (!type || bytes.length > MAX_PHOTO_BYTES) return { result: 'refused', refusal: 'notAPhoto' };
    const { count } = await trx
      .selectFrom('facilityPhotos')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('facility', '=', facility)
      .executeTakeFirstOrThrow();
    if (Number(count) >= PHOTOS_PER_FACILITY) return { result: 'refused', refusal: 'tooMany' };
    await trx
      .insertInto('facilityPhotos')
      .values({ id, facility, type, bytes, by: JSON.stringify(by), at })
      .execute();
    await emit(trx, { entity: 'facility', type: 'photographed', data: { facility }, at });
    return { result: 'stored', photo: id };
  });
}

export const photo = (db: Queries, id: string) =>
  db.selectFrom('facilityPhotos').select(['type', 'bytes']).where('id', '=', id).executeTakeFirst();

/** Those that are still there, by gate and kind. */
export async function facilities(db: Queries, now: number): Promise<FacilityView[]> {
  const rows = await db
    .selectFrom('facilities')
    .select(['id', 'gate', 'kind', 'place', 'count', 'distanceM', 'everyMonths', 'recordedAt'])
    .where('retiredAt', 'is', null)
    .orderBy('gate')
    .orderBy('id')
    .limit(LIMIT)
    .execute();
  const looks = await db
    .selectFrom('facilityLooks')
    .distinctOn('facility')
    .select(['facility', 'condition', 'note', 'hazard', 'by', 'at'])
    .orderBy('facility')
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(LIMIT)
    .execute();
  const photos = await db
    .selectFrom('facilityPhotos')
    .select(['id', 'facility'])
    .orderBy('at')
    .limit(LIMIT * PHOTOS_PER_FACILITY)
    .execute();
  const lastOf = new Map(looks.map((look) => [look.facility, look]));
  const photosOf = Map.groupBy(photos, ({ facility }) => facility);
  const today = schoolDate(now);
  const views = rows.map(({ recordedAt, ...row }): FacilityView => {
    const look = lastOf.get(row.id);
    // Nobody has looked yet: it is due at once.
    const nextLook = look
      ? addMonths(schoolDate(look.at.getTime()), row.everyMonths)
      : schoolDate(recordedAt.getTime());
    return {
      ...row,
      condition: look?.condition ?? null,
      lastLook: look ? { at: iso(look.at.getTime()), by: look.by, note: look.note } : null,
      nextLook,
      due: nextLook <= today,
      hazard: look?.hazard ?? null,
      photos: (photosOf.get(row.id) ?? []).map(({ id }) => id),
    };
  });
  const rank = (view: FacilityView) => FACILITY_KINDS.indexOf(view.kind);
  return views.sort(
    (a, b) => a.gate.localeCompare(b.gate) || rank(a) - rank(b) || a.place.localeCompare(b.place, 'zh-CN'),
  );
}

/** The same day of a later month, or its last day: the 31st of January and one month is the 28th or 29th of February. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
}

async function mustBeThere(trx: Trx, id: string) {
  await lockInTransaction(trx, `facility ${id}`);
  const row = await trx
    .selectFrom('facilities')
    .select(['kind', 'place'])
    .where('id', '=', id)
    .where('retiredAt', 'is', null)
    .executeTakeFirst();
  if (!row) throw new AppError('notFound', 'no such facility');
  return row;
}

const lastLook = (trx: Trx, facility: string) =>
  trx
    .selectFrom('facilityLooks')
    .select('hazard')
    .where('facility', '=', facility)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

async function changed(trx: Trx, facility: string, type: string, data: object, by: PersonRef, at: Date): Promise<void> {
  await trx
    .insertInto('facilityChanges')
    .values({ id: newId(at.getTime()), facility, type, data: JSON.stringify(data), by: JSON.stringify(by), at })
    .execute();
  await emit(trx, { entity: 'facility', type, data: { facility }, at });
}
