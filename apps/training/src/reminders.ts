/**
 * Reminders before a certificate ends (E2): at 90, 30 and 7 days and on its last day, each once a certificate.
 *
 * Only the narrowest threshold that is reached is due: a certificate that is entered 20 days before its end reminds once at 30
 * and not at 90 as well, and a server that slept a month says the last thing and not three. A unique key holds "once" against
 * a restart and a second copy; the insert that wins is the one that tells. A renewed or withdrawn one, one that another
 * outlasts, or one of somebody who has left reminds nobody.
 */
import { type ReminderDue, type ReminderView, schoolDate, THRESHOLDS } from '@anyuan/contracts';
import { emit } from '@anyuan/db';
import { iso } from '@anyuan/service';
import { sql } from 'kysely';
import { isCurrent } from './certificates.ts';
import type { Queries, Trx } from './context.ts';
import { addDays, daysBetween } from './dates.ts';

/** Of one round; what is left comes in the next. */
const BATCH = 500;

/** The narrowest threshold that so many days are within; undefined: nothing is due yet. */
export const thresholdOf = (days: number): number | undefined => THRESHOLDS.findLast((threshold) => days <= threshold);

/** Another of the same kind lasts longer, though nobody said that it renews this one. */
const isOutlasted = sql<boolean>`(certificates.kind <> 'other' and exists (
  select from certificates other
  where other.person = certificates.person and other.kind = certificates.kind and other.id <> certificates.id
    and (other.expires_on is null or other.expires_on > certificates.expires_on)
    and not exists (select from certificates newer where newer.supersedes = other.id)
    and not exists (select from withdrawals w where w.certificate = other.id)))`;

/** The same in SQL, so that what was reminded already never fills a batch. */
const reached = (today: string) => sql<number>`case
  when certificates.expires_on - ${today}::date <= 0 then 0
  when certificates.expires_on - ${today}::date <= 7 then 7
  when certificates.expires_on - ${today}::date <= 30 then 30
  else 90 end`;

export async function remind(trx: Trx, now: number): Promise<void> {
  const today = schoolDate(now);
  const at = new Date(now);
  const ending = await trx
    .selectFrom('certificates')
    .innerJoin('people', 'people.id', 'certificates.person')
    .select(['certificates.id', 'certificates.kind', 'certificates.person', 'people.name', 'certificates.expiresOn'])
    .where('certificates.expiresOn', '<=', addDays(today, THRESHOLDS[0]))
    .where((eb) => eb.or([eb('people.leftOn', 'is', null), eb('people.leftOn', '>=', today)]))
    .where(isCurrent)
    .where((eb) => eb.not(isOutlasted))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('reminders')
            .select('threshold')
            .whereRef('reminders.certificate', '=', 'certificates.id')
            .where('threshold', '<=', reached(today)),
        ),
      ),
    )
    .orderBy('certificates.expiresOn')
    .limit(BATCH)
    .execute();
  const due = ending.flatMap(({ id, kind, person, name, expiresOn }) => {
    if (!expiresOn) return [];
    const days = daysBetween(today, expiresOn);
    const threshold = thresholdOf(days);
    return threshold === undefined
      ? []
      : [{ what: { certificate: id, kind, person, name, expiresOn }, days, threshold }];
  });
  if (due.length === 0) return;
  const rows = due.map(({ what, days, threshold }) => ({ certificate: what.certificate, threshold, days, at }));
  const added = await trx
    .insertInto('reminders')
    .values(rows)
    .onConflict((c) => c.columns(['certificate', 'threshold']).doNothing())
    .returning(['certificate', 'threshold'])
    .execute();
  const office = await administrators(trx, today);
  for (const reminder of due) {
    const { what, threshold } = reminder;
    if (!added.some((row) => row.certificate === what.certificate && row.threshold === threshold)) continue;
    const data: ReminderDue = { ...reminder, to: [...new Set([what.person, ...office])] };
    await emit(trx, { entity: 'reminder', type: 'due', data, at });
  }
}

/** Certificates that end within 90 days or are over, with the reminder that was last sent; the first to end first. */
export async function reminders(db: Queries, now: number): Promise<ReminderView[]> {
  const today = schoolDate(now);
  const rows = await db
    .selectFrom('reminders')
    .innerJoin('certificates', 'certificates.id', 'reminders.certificate')
    .innerJoin('people', 'people.id', 'certificates.person')
    .distinctOn(['certificates.expiresOn', 'certificates.id'])
    .select(['certificates.id as certificate', 'certificates.kind', 'certificates.expiresOn'])
    .select(['people.id', 'people.name', 'people.roles', 'reminders.threshold', 'reminders.at'])
    .where(isCurrent)
    .where((eb) => eb.not(isOutlasted))
    .where((eb) => eb.or([eb('people.leftOn', 'is', null), eb('people.leftOn', '>=', today)]))
    .orderBy('certificates.expiresOn')
    .orderBy('certificates.id')
    .orderBy('reminders.threshold')
    .limit(2_000)
    .execute();
  return rows.flatMap(({ certificate, kind, expiresOn, id, name, roles, threshold, at }) =>
    expiresOn
      ? [
          {
            certificate,
            kind,
            person: { id, name, roles },
            expiresOn,
            days: daysBetween(today, expiresOn),
            threshold,
            remindedAt: iso(at.getTime()),
          },
        ]
      : [],
  );
}

/** The office hears of each; the holder hears of his own. */
async function administrators(db: Queries, today: string): Promise<string[]> {
  const rows = await db
    .selectFrom('people')
    .select('id')
    .where(sql<boolean>`'administrator' = any(roles)`)
    .where((eb) => eb.or([eb('leftOn', 'is', null), eb('leftOn', '>=', today)]))
    .orderBy('id')
    .limit(50)
    .execute();
  return rows.map(({ id }) => id);
}
