/**
 * What a school brings at the beginning, or again: lists from a file, and the demo school at each start. All or nothing by the
 * caller's transaction. What is there already stays as it is, so that nothing that a person changed or took away comes back;
 * people's own data are renewed until somebody of the school has changed them here.
 */
import {
  AddCertificate,
  AppError,
  ImportedClass,
  type ImportedStaff,
  newId,
  type PersonRef,
  PlanCourse,
  PlanShift,
  RecordFiling,
  RecordVetting,
  SaveCourse,
  SaveEquipment,
  SavePerson,
  SaveSession,
  SetHeadcount,
  Token,
} from '@anyuan/contracts';
import { emit, lockInTransaction } from '@anyuan/db';
import { z } from 'zod';
import { insertCertificate } from './certificates.ts';
import type { TrainingKeys } from './config.ts';
import { type Entity, recordedBy, type Trx } from './context.ts';
import { equipmentRow } from './equipment.ts';
import { MANY, putPerson } from './people.ts';

const IMPORT: PersonRef = { id: 'import', name: 'import' };

/**
 * @param options.by a person who brings a list by hand: it is his word then, and an import at start leaves it alone
 * @returns how many people are new or changed; throws `badInput` with the row's place in the list
 */
export async function importPeople(
  trx: Trx,
  people: readonly ImportedStaff[],
  options: Pick<TrainingKeys, 'card'> & { by?: PersonRef },
  now = Date.now(),
): Promise<number> {
  const given = parsed(SavePerson, people);
  await lockInTransaction(trx, 'import people');
  const standing = new Map(
    (
      await trx
        .selectFrom('people')
        .select(['id', 'name', 'roles', 'phone', 'cardHash', 'employedFrom', 'leftOn', 'editedAt'])
        .limit(MANY)
        .execute()
    ).map((row) => [row.id, row]),
  );
  let changed = 0;
  for (const person of given) {
    const before = standing.get(person.id);
    if (before && (before.editedAt ? !options.by : same(person, before, options.card))) continue;
    if (await putPerson(trx, person, options.card, options.by ? new Date(now) : null)) changed += 1;
  }
  await told(trx, 'person', changed, now);
  return changed;
}

export async function importCertificates(
  trx: Trx,
  certificates: readonly z.input<typeof AddCertificate>[],
  keys: Pick<TrainingKeys, 'id'>,
  now = Date.now(),
): Promise<number> {
  let added = 0;
  for (const certificate of parsed(AddCertificate, certificates)) {
    if (await insertCertificate(trx, certificate, keys, IMPORT, new Date(now))) added += 1;
  }
  await told(trx, 'certificate', added, now);
  return added;
}

export function importVettings(trx: Trx, rows: readonly RecordVetting[], now = Date.now()): Promise<number> {
  const given = parsed(RecordVetting, rows).map((row) => ({ ...row, ...stamp(now) }));
  return added(trx, 'vetting', now, given, (some) =>
    trx.insertInto('vettings').values(some).onConflict(ignore).returning('id').execute(),
  );
}

export function importFilings(trx: Trx, rows: readonly RecordFiling[], now = Date.now()): Promise<number> {
  const given = parsed(RecordFiling, rows).map((row) => ({ ...row, ...stamp(now) }));
  return added(trx, 'filing', now, given, (some) =>
    trx.insertInto('filings').values(some).onConflict(ignore).returning('id').execute(),
  );
}

export function importCourses(trx: Trx, rows: readonly SaveCourse[], now = Date.now()): Promise<number> {
  const given = parsed(SaveCourse, rows).map((row) => ({ ...row, retiredAt: null }));
  return added(trx, 'course', now, given, (some) =>
    trx.insertInto('courses').values(some).onConflict(ignore).returning('id').execute(),
  );
}

export function importPlan(trx: Trx, rows: readonly PlanCourse[], now = Date.now()): Promise<number> {
  return added(trx, 'course', now, parsed(PlanCourse, rows), (some) =>
    trx.insertInto('coursePlan').values(some).onConflict(ignore).returning('course').execute(),
  );
}

/** A session with who attended it, and the scores in the order of the attempts. */
export const ImportedSession = SaveSession.extend({
  attendances: z.array(
    z.object({
      person: Token,
      via: z.enum(['card', 'name']),
      scores: z.array(z.number().int().min(0).max(100)).max(20),
    }),
  ),
});
export type ImportedSession = z.infer<typeof ImportedSession>;

/** Of a session that is there already nothing is added: whoever came since was recorded by the school. */
export async function importSessions(trx: Trx, rows: readonly ImportedSession[], now = Date.now()): Promise<number> {
  let count = 0;
  for (const { attendances, from, ...session } of parsed(ImportedSession, rows)) {
    const fresh = await trx
      .insertInto('sessions')
      .values({ ...session, fromTime: from, cancelledAt: null })
      .onConflict(ignore)
      .returning('id')
      .executeTakeFirst();
    if (!fresh) continue;
    count += 1;
    const at = new Date(`${session.date}T${from}:00.000+08:00`);
    const { passMark } = await trx
      .selectFrom('courses')
      .select('passMark')
      .where('id', '=', session.course)
      .executeTakeFirstOrThrow();
    for (const { person, via, scores } of attendances) {
      await trx
        .insertInto('attendances')
        .values({ id: newId(now), session: session.id, person, via, gate: null, at, ...stamp(now) })
        .execute();
      if (passMark === null) continue;
      for (const [i, score] of scores.entries()) {
        await trx
          .insertInto('assessments')
          .values({
            ...{ id: newId(now), session: session.id, person, score, passMark, passed: score >= passMark, at },
            // Attempts are told apart by when they were recorded.
            ...stamp(now + i),
          })
          .execute();
      }
    }
  }
  await told(trx, 'session', count, now);
  return count;
}

/** The school's classes are the import's whole truth, but one with lessons never goes. */
export async function importClasses(trx: Trx, rows: readonly ImportedClass[], now = Date.now()): Promise<number> {
  let changed = 0;
  for (const { id, ...fields } of parsed(ImportedClass, rows)) {
    const put = await trx
      .insertInto('classes')
      .values({ id, ...fields })
      .onConflict((c) =>
        c
          .column('id')
          .doUpdateSet(fields)
          .where((eb) =>
            eb.or([
              eb('classes.name', 'is distinct from', fields.name),
              eb('classes.teacher', 'is distinct from', fields.teacher),
              eb('classes.position', 'is distinct from', fields.position),
            ]),
          ),
      )
      .returning('id')
      .executeTakeFirst();
    if (put) changed += 1;
  }
  await told(trx, 'education', changed, now);
  return changed;
}

/** Only as long as nobody of the school has entered one. */
export async function importHeadcount(trx: Trx, given: SetHeadcount, now = Date.now()): Promise<number> {
  const [row] = parsed(SetHeadcount, [given]);
  const known = await trx.selectFrom('headcounts').select('id').limit(1).executeTakeFirst();
  if (known || !row) return 0;
  const { id, headcount, ruleSet, from } = row;
  return added(trx, 'headcount', now, [{ id, ...headcount, ruleSet, fromDate: from, ...stamp(now) }], (some) =>
    trx.insertInto('headcounts').values(some).onConflict(ignore).returning('id').execute(),
  );
}

export function importGuardRooms(
  trx: Trx,
  rooms: readonly { gate: string; name: string }[],
  now = Date.now(),
): Promise<number> {
  return added(trx, 'equipment', now, rooms, (some) =>
    trx.insertInto('guardRooms').values(some).onConflict(ignore).returning('gate').execute(),
  );
}

export async function importEquipment(trx: Trx, pieces: readonly SaveEquipment[], now = Date.now()): Promise<number> {
  const rows = [];
  for (const piece of parsed(SaveEquipment, pieces))
    rows.push({ ...(await equipmentRow(trx, piece)), retiredAt: null });
  return added(trx, 'equipment', now, rows, (some) =>
    trx.insertInto('equipment').values(some).onConflict(ignore).returning('id').execute(),
  );
}

/** Guards come with a new shift only, and unchecked: what an import brings is the school's old roster. */
export async function importShifts(
  trx: Trx,
  rows: readonly (PlanShift & { guards: readonly string[] })[],
  now = Date.now(),
): Promise<number> {
  let count = 0;
  for (const { guards, ...given } of rows) {
    const [shift] = parsed(PlanShift, [given]);
    if (!shift) continue;
    const { id, gate, date, from, to, kind } = shift;
    const fresh = await trx
      .insertInto('shifts')
      .values({ id, gate, date, fromTime: from, toTime: to, kind, removedAt: null })
      .onConflict(ignore)
      .returning('id')
      .executeTakeFirst();
    if (!fresh) continue;
    count += 1;
    for (const person of guards)
      await trx
        .insertInto('shiftGuards')
        .values({ shift: id, person, overrideReason: null, overrideBy: null })
        .execute();
  }
  await told(trx, 'shift', count, now);
  return count;
}

const stamp = (now: number) => recordedBy(IMPORT, new Date(now));

/** What is there already stays. */
const ignore = <Builder extends { doNothing(): unknown }>(c: Builder): ReturnType<Builder['doNothing']> =>
  c.doNothing() as ReturnType<Builder['doNothing']>;

/** One event an import that brought something, and none for one that changed nothing. */
async function told(trx: Trx, entity: Entity, count: number, now: number): Promise<void> {
  if (count > 0) await emit(trx, { entity, type: 'imported', data: { count }, at: new Date(now) });
}

/** Within the number of parameters that one statement takes. */
async function added<Row>(
  trx: Trx,
  entity: Entity,
  now: number,
  rows: readonly Row[],
  insert: (rows: Row[]) => Promise<unknown[]>,
): Promise<number> {
  let count = 0;
  for (let from = 0; from < rows.length; from += 1_000) count += (await insert(rows.slice(from, from + 1_000))).length;
  await told(trx, entity, count, now);
  return count;
}

/** The first row that is wrong is named by its place in the list and its field, never by what stands in it. */
function parsed<Schema extends z.ZodType>(schema: Schema, rows: readonly unknown[]): z.output<Schema>[] {
  return rows.map((row, i) => {
    const result = schema.safeParse(row);
    if (result.success) return result.data;
    const fields = result.error.issues.map(({ path }) => path.join('.')).join(', ');
    throw new AppError('badInput', `row ${i + 1}: ${fields}`, { cause: result.error });
  });
}

interface Standing {
  name: string;
  roles: readonly string[];
  phone: string | null;
  cardHash: string | null;
  employedFrom: string | null;
  leftOn: string | null;
}

function same(given: SavePerson, before: Standing, key: TrainingKeys['card']): boolean {
  const { cardNumber } = given;
  const card = cardNumber === undefined ? before.cardHash : cardNumber && key.hash(cardNumber.toUpperCase());
  return (
    given.name === before.name &&
    given.roles.join() === before.roles.join() &&
    given.phone === before.phone &&
    given.employedFrom === before.employedFrom &&
    given.leftOn === before.leftOn &&
    card === before.cardHash
  );
}
