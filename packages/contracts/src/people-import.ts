/**
 * A school's people from a sheet (E2, F2). Owner: `training`. First only read and shown, then brought in by a person who has seen
 * it, and taken back as long as nobody has changed one of these people since.
 */
import { z } from 'zod';
import { CivilDate, Instant, Uuid } from './ids.ts';
import { StaffRole } from './training.ts';
import { MAX_FILE_BYTES } from './training-fields.ts';

/** In the order of the template. `number` is the person's id at the school. */
export const PEOPLE_COLUMNS = ['number', 'name', 'roles', 'phone', 'employedFrom', 'leftOn'] as const;
export const PeopleColumn = z.enum(PEOPLE_COLUMNS);
export type PeopleColumn = z.infer<typeof PeopleColumn>;

export const MAX_PEOPLE_ROWS = 5_000;

/** An XLSX or CSV file of at most 300 KiB: some 3,000 people. */
export const PeopleSheet = z.object({
  base64: z
    .base64()
    .min(4)
    .max(Math.ceil(MAX_FILE_BYTES / 3) * 4),
});
export type PeopleSheet = z.infer<typeof PeopleSheet>;

export const PersonInSheet = z.object({
  id: z.string(),
  name: z.string(),
  roles: z.array(StaffRole),
  phone: z.string().nullable(),
  employedFrom: CivilDate.nullable(),
  leftOn: CivilDate.nullable(),
});
export type PersonInSheet = z.infer<typeof PersonInSheet>;

export const ROW_PROBLEMS = [
  'missing',
  'badNumber',
  'twice',
  'tooLong',
  'unknownRole',
  'badPhone',
  'notADate',
  'leftBeforeComing',
] as const;
export type RowProblem = (typeof ROW_PROBLEMS)[number];

/** `row` is the number in the sheet; the head is 1. */
export const PeopleProblem = z.object({ row: z.number().int(), column: PeopleColumn, code: z.enum(ROW_PROBLEMS) });
export type PeopleProblem = z.infer<typeof PeopleProblem>;

const Refused = z.object({
  result: z.literal('refused'),
  code: z.enum(['tooLarge', 'tooManyRows', 'oldExcel', 'notASheet', 'missingColumn']),
  /** The column that is missing. */
  column: PeopleColumn.nullable(),
});

/** What would come of it. Rows with a problem are left out of an import, whole. */
export const PeopleDraft = z.object({
  result: z.literal('read'),
  /** `namesake`: somebody of that name is there under this other number. */
  add: z.array(z.object({ row: z.number().int(), person: PersonInSheet, namesake: z.string().nullable() })),
  change: z.array(z.object({ row: z.number().int(), person: PersonInSheet, before: PersonInSheet })),
  same: z.number().int(),
  problems: z.array(PeopleProblem),
  /** Titles of columns that are not understood: nothing of theirs is brought in. */
  unread: z.array(z.string()),
  /** Of what is shown: an import of anything else is refused. */
  seal: z.string(),
});
export type PeopleDraft = z.infer<typeof PeopleDraft>;
export const PeopleRead = z.discriminatedUnion('result', [PeopleDraft, Refused]);
export type PeopleRead = z.infer<typeof PeopleRead>;

export const ImportPeople = PeopleSheet.extend({ id: Uuid, seal: z.string().max(64) });
export type ImportPeople = z.infer<typeof ImportPeople>;

export const PeopleImport = z.object({
  id: Uuid,
  at: Instant,
  by: z.string(),
  added: z.number().int(),
  changed: z.number().int(),
  undoneAt: Instant.nullable(),
});
export type PeopleImport = z.infer<typeof PeopleImport>;

export const PeopleImported = z.discriminatedUnion('result', [
  z.object({ result: z.literal('imported'), import: PeopleImport }),
  /** People were changed after the sheet was looked at: what would come of it now. */
  z.object({ result: z.literal('moved'), now: PeopleDraft }),
  Refused,
]);
export type PeopleImported = z.infer<typeof PeopleImported>;

export const UndoPeopleImport = z.object({ id: Uuid });
export const PeopleUndone = z.discriminatedUnion('result', [
  z.object({ result: z.literal('undone'), import: PeopleImport }),
  /** These were changed since, or have records already; nothing was taken back. */
  z.object({ result: z.literal('changedSince'), people: z.array(z.object({ id: z.string(), name: z.string() })) }),
]);
export type PeopleUndone = z.infer<typeof PeopleUndone>;
