/**
 * What shows a certificate's whole number: the number itself, and the scan. Both leave only together with a row of the access
 * log, in one transaction: who, when, why.
 */
import { type AddScan, AppError, type CertificateReading, newId, type PersonActor } from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import { certificate } from './certificates.ts';
import { type Queries, record, recordedBy, type TrainingContext, type Trx } from './context.ts';
import { bytesOf } from './files.ts';

/** The first scan stays: a better one comes with a correcting certificate. */
export function addScan({ db, clock }: TrainingContext, by: PersonActor, { certificate: id, file }: AddScan) {
  const bytes = bytesOf(file);
  const at = new Date(clock.now());
  return db.tx(async (trx) => {
    const { person } = await certificate(trx, id);
    const added = await trx
      .insertInto('scans')
      .values({ certificate: id, type: file.type, bytes, ...recordedBy(by, at) })
      .onConflict((c) => c.column('certificate').doNothing())
      .returning('certificate')
      .executeTakeFirst();
    if (added) await record(trx, { entity: 'certificate', id, type: 'scanned', by, at, data: { person } });
    return certificate(trx, id);
  });
}

interface Reading {
  certificate: string;
  by: PersonActor;
  purpose: string;
}

/** The whole number, and on record who had it shown, and why. */
export function showNumber({ db, clock, keys }: TrainingContext, reading: Reading): Promise<string> {
  return db.tx(async (trx) => {
    const { certificate: row } = reading;
    const found = await trx.selectFrom('certificates').select('number').where('id', '=', row).executeTakeFirst();
    if (!found) throw new AppError('notFound', 'no such certificate');
    await logReading(trx, 'number', reading, clock.now());
    return keys.id.decrypt(found.number, { table: 'training.certificates', row, column: 'number' });
  });
}

/** A scan shows the number too. */
export function showScan({ db, clock }: TrainingContext, reading: Reading) {
  return db.tx(async (trx) => {
    const scan = await trx
      .selectFrom('scans')
      .select(['type', 'bytes'])
      .where('certificate', '=', reading.certificate)
      .executeTakeFirst();
    if (scan) await logReading(trx, 'scan', reading, clock.now());
    return scan;
  });
}

const logReading = (trx: Trx, what: 'number' | 'scan', { certificate: id, by, purpose }: Reading, now: number) =>
  trx
    .insertInto('accessLog')
    .values({
      id: newId(now),
      at: new Date(now),
      certificate: id,
      what,
      actorId: by.id,
      actorName: by.name,
      purpose,
    })
    .execute();

/** Who had it shown, the last first. */
export async function readings(db: Queries, certificateId: string): Promise<CertificateReading[]> {
  const rows = await db
    .selectFrom('accessLog')
    .select(['at', 'what', 'actorId', 'actorName', 'purpose'])
    .where('certificate', '=', certificateId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(500)
    .execute();
  return rows.map(({ at, what, actorId, actorName, purpose }) => ({
    at: iso(at.getTime()),
    what,
    by: { id: actorId, name: actorName },
    purpose,
  }));
}
