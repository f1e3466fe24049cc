/**
 * Certificates (E2). Nothing here is changed: a renewal supersedes, a wrong one is withdrawn with a reason, and both stay.
 * The number is sealed here and opened in `certificate-readings.ts` only.
 */
import {
  type AddCertificate,
  AppError,
  type CertificateView,
  type PersonActor,
  type PersonRef,
  type WithdrawCertificate,
} from '@anyuan/contracts';
import { iso } from '@anyuan/service';
import { sql } from 'kysely';
import type { TrainingKeys } from './config.ts';
import { mustBeKnown, type Queries, record, recordedBy, type TrainingContext, type Trx, todayOf } from './context.ts';

/** Neither superseded nor withdrawn: the one that counts. */
export const isCurrent = sql<boolean>`(
  not exists (select from certificates newer where newer.supersedes = certificates.id)
  and not exists (select from withdrawals w where w.certificate = certificates.id))`;

export function addCertificate(ctx: TrainingContext, by: PersonActor, given: AddCertificate): Promise<CertificateView> {
  if (given.issuedOn > todayOf(ctx)) throw new AppError('badInput', 'a day that has not come');
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

/** Throws `notFound` when there is none. */
export async function certificate(db: Queries, id: string): Promise<CertificateView> {
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
