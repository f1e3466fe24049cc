/**
 * Photos of a hazard and of its fix. Kept as they came, never changed; what they are is read from their bytes. Whoever
 * reported it may show it until it is assigned, whoever is answerable may show what he did.
 */
import {
  type AddHazardPhoto,
  AppError,
  MAX_PHOTO_BYTES,
  type PersonActor,
  PHOTOS_PER_HAZARD,
  type PhotoResult,
} from '@anyuan/contracts';
import { imageType } from '@anyuan/service/documents';
import { type LedgerContext, mayWrite, record, refOf } from './commands.ts';
import { isOpen } from './escalation.ts';
import { type HazardRow, lockHazard } from './store.ts';

export function addPhoto(
  { db, clock }: LedgerContext,
  actor: PersonActor,
  given: AddHazardPhoto,
): Promise<PhotoResult> {
  const { id, hazard, of: part } = given;
  const now = clock.now();
  const bytes = Buffer.from(given.data, 'base64');
  return db.tx(async (trx) => {
    const row = await lockHazard(trx, hazard);
    if (!mayShow(row, actor)) throw new AppError('forbidden', 'neither reporter, owner nor keeper of the ledger');
    const before = await trx.selectFrom('photos').select('hazard').where('id', '=', id).executeTakeFirst();
    if (before && before.hazard !== hazard) throw new AppError('conflict', 'the photo belongs to another hazard');
    if (before) return { result: 'stored', photo: id };
    const type = imageType(bytes);
    if (!type || bytes.length > MAX_PHOTO_BYTES) return { result: 'refused', refusal: 'notAPhoto' };
    if (part === 'fix' ? !isOpen(row) : row.status === 'verified' || row.status === 'rejected') {
      return { result: 'refused', refusal: 'notNow' };
    }
    const { count } = await trx
      .selectFrom('photos')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('hazard', '=', hazard)
      .executeTakeFirstOrThrow();
    if (count >= PHOTOS_PER_HAZARD) return { result: 'refused', refusal: 'tooMany' };
    const addedBy = JSON.stringify(refOf(actor));
    await trx
      .insertInto('photos')
      .values({ id, hazard, part, type, bytes, at: new Date(now), addedBy })
      .execute();
    const detail = { photo: id, of: part };
    await record(trx, { hazard, command: id, type: 'photoAdded', actor: refOf(actor), detail, now });
    return { result: 'stored', photo: id };
  });
}

const mayShow = ({ owner, reportedBy, status }: HazardRow, actor: PersonActor): boolean =>
  mayWrite(actor) || owner?.id === actor.id || (status === 'reported' && reportedBy.id === actor.id);
