/**
 * Certificates (E2). Nothing here is changed: a renewal supersedes, a wrong one is withdrawn with a reason, and both stay.
 * The number is sealed; it leaves in clear, by itself or on the scan, only together with a row of the access log.
 */
import {
  type AddCertificate,
  type AddScan,
  AppError,
  type CertificateView,
  newId,
  type PersonActor,
  type PersonRef,
  type WithdrawCertificate,
} from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import { sql } from 'kysely';
import type { TrainingKeys } from './config.ts';
import { mustBeKnown, type Queries, record, recordedBy, type TrainingContext, type Trx } from './context.ts';
import { bytesOf } from './files.ts';

/** Neither superseded nor withdrawn: the one that counts. */
export const isCurrent = sql<boolean>`(
  not exists (select from certificates newer where newer.supersedes = certificates.id)
  and not exists (select from withdrawals w where w.certificate = certificates.id))`;

export function addCertificate(ctx: TrainingContext, by: PersonActor, given: AddCertificate): Promise<CertificateView> {
  const at = new Date(ctx.clock.now());
  return ctx.db.tx(async (trx) => {
    if (await insertCertificate(trx, given, ctx.keys, by, at)) {
      const { person, kind, supersedes } = given;
      await record(trx, {
        entity: 'certificate',
        id: given.id,
        type: 'added',
        by,
        at,
        data: { person, kind, supersedes },
      });
    }
    return certificate(trx, given.id);
  });
}

/** @returns false when it is there already */
export async function insertCertificate(
  trx: Trx,
  given: AddCertificate,
  keys: Pick<TrainingKeys, 'id'>,
  by: PersonRef,
  at: Date,
): Promise<boolean> {
  await mustBeKnown(trx, given.person);
  const standing = await trx.selectFrom('certificates').select('id').where('id', '=', given.id).executeTakeFirst();
  if (standing) return false;
  await mustBeSupersedable(trx, given);
  const { number, ...row } = given;
  const added = await trx
    .insertInto('certificates')
    .values({
      ...row,
      number: keys.id.encrypt(number, { table: 'training.certificates', row: given.id, column: 'number' }),
      // A number of four characters would be shown whole.
      last4: number.length > 4 ? number.slice(-4) : number.slice(-1),
      ...recordedBy(by, at),
    })
    .onConflict((c) => c.column('id').doNothing())
    .returning('id')
    .executeTakeFirst();
  return added !== undefined;
}

/** Of the same person and kind, and still the one that counts. */
async function mustBeSupersedable(trx: Trx, { supersedes, person, kind }: AddCertificate): Promise<void> {
  if (!supersedes) return;
  // Two renewals of one certificate at the same moment: the second finds it superseded.
  await trx.selectFrom('people').select('id').where('id', '=', person).forUpdate().execute();
  const old = await trx
    .selectFrom('certificates')
    .select(['person', 'kind'])
    .select(isCurrent.as('current'))
    .where('id', '=', supersedes)
    .executeTakeFirst();
  if (!old || old.person !== person || old.kind !== kind)
    throw new AppError('notFound', 'no such certificate to renew');
  if (!old.current) throw new AppError('conflict', 'renewed or withdrawn already');
}

export function withdrawCertificate({ db, clock }: TrainingContext, by: PersonActor, given: WithdrawCertificate) {
  const { certificate: id, reason } = given;
  const at = new Date(clock.now());
  return db.tx(async (trx) => {
    const { person } = await certificate(trx, id);
    const added = await trx
      .insertInto('withdrawals')
      .values({ certificate: id, reason, ...recordedBy(by, at) })
      .onConflict((c) => c.column('certificate').doNothing())
      .returning('certificate')
      .executeTakeFirst();
    if (added) await record(trx, { entity: 'certificate', id, type: 'withdrawn', by, at, data: { person } });
    return certificate(trx, id);
  });
}

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

/** Of one person, or everybody's; those that count first, then what ends first. */
export async function certificates(db: Queries, person?: string): Promise<CertificateView[]> {
  const rows = await views(db)
    .$if(person !== undefined, (q) => q.where('certificates.person', '=', person ?? ''))
    .orderBy('current', 'desc')
    .orderBy('certificates.expiresOn')
    .orderBy('certificates.id')
    .limit(20_000)
    .execute();
  return rows.map(toView);
}

async function certificate(db: Queries, id: string): Promise<CertificateView> {
  const row = await views(db).where('certificates.id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('notFound', 'no such certificate');
  return toView(row);
}

const views = (db: Queries) =>
  db
    .selectFrom('certificates')
    .leftJoin('withdrawals', 'withdrawals.certificate', 'certificates.id')
    .leftJoin('scans', 'scans.certificate', 'certificates.id')
    .select(['certificates.id', 'person', 'kind', 'last4', 'issuer', 'issuedOn', 'expiresOn'])
    .select(['withdrawals.reason', 'scans.type as scan'])
    .select(['certificates.recordedName', 'certificates.recordedAt'])
    .select(isCurrent.as('current'));

const toView = ({
  reason,
  scan,
  current,
  recordedName,
  recordedAt,
  ...row
}: Awaited<ReturnType<ReturnType<typeof views>['execute']>>[number]): CertificateView => ({
  ...row,
  status: reason !== null ? 'withdrawn' : current ? 'current' : 'superseded',
  withdrawnFor: reason,
  hasScan: scan !== null,
  recordedBy: recordedName,
  recordedAt: iso(recordedAt.getTime()),
});
