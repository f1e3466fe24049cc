/**
 * A sheet of people against the people who are there. Pure, but for the reading of the file.
 *
 * Promise: what is not understood is named by row and column and brings nothing in, not even the rest of its row; an empty cell
 * says nothing, so that it never takes away what is there; who stands in the sheet as he is at the school is left alone.
 */
import { createHash } from 'node:crypto';
import {
  MAX_PEOPLE_ROWS,
  PEOPLE_COLUMNS,
  type PeopleColumn,
  type PeopleDraft,
  type PeopleProblem,
  type PeopleRead,
  type PersonInSheet,
  type RowProblem,
  SavePerson,
  STAFF_ROLES,
  type StaffRole,
  Token,
} from '@anyuan/contracts';
import { type CellError, readSheet, type WrittenSheet } from '@anyuan/service/documents';
import { type Catalogue, catalogues, LANGUAGES } from '@anyuan/ui/text';

const WIDTHS: Record<PeopleColumn, number> = {
  ...{ number: 14, name: 14, roles: 26, phone: 18, employedFrom: 14, leftOn: 14 },
};
const REQUIRED: ReadonlySet<PeopleColumn> = new Set(['number', 'name', 'roles']);
const star = (column: PeopleColumn) => (REQUIRED.has(column) ? '*' : '');

/** An empty sheet with the head that is understood, its cells made for text, so that no zero in front of a number is lost. */
export const peopleTemplate = ({ peopleImport: words }: Catalogue): WrittenSheet => ({
  name: words.sheet,
  columns: PEOPLE_COLUMNS.map((key) => ({
    ...{ title: `${words.columns[key]}${star(key)}`, width: WIDTHS[key], type: 'text' as const },
  })),
  rows: [],
});

const titlesOf = (column: PeopleColumn): readonly [string, ...string[]] => {
  const words = LANGUAGES.map((language) => catalogues[language].peopleImport);
  const [first, ...others] = words.map(({ columns }) => columns[column]);
  return [first ?? column, ...others, ...words.flatMap(({ alsoCalled }) => alsoCalled[column])];
};
const columns = {
  number: { titles: titlesOf('number'), type: 'text', required: true },
  name: { titles: titlesOf('name'), type: 'text', required: true },
  roles: { titles: titlesOf('roles'), type: 'text', required: true },
  phone: { titles: titlesOf('phone'), type: 'text' },
  employedFrom: { titles: titlesOf('employedFrom'), type: 'date' },
  leftOn: { titles: titlesOf('leftOn'), type: 'date' },
} as const;
const columnOf = (title: string): PeopleColumn =>
  PEOPLE_COLUMNS.find((key) => columns[key].titles[0] === title) ?? 'number';

/** What a cell can be wrong in, in the words of this sheet; it has no identifiers and no numbers. */
const CELL: Record<CellError, RowProblem> = {
  ...{ missing: 'missing', notADate: 'notADate', tooLong: 'tooLong' },
  ...{ numericIdentifier: 'badNumber', notANumber: 'badNumber' },
};

const roleWords = new Map<string, StaffRole>(
  STAFF_ROLES.flatMap((role) => [
    [role.toLowerCase(), role] as const,
    ...LANGUAGES.map((language) => [catalogues[language].training.role[role].toLowerCase(), role] as const),
  ]),
);
/** Null when one of them is no role of ours. */
function rolesOf(text: string): StaffRole[] | null {
  const words = text
    .normalize('NFKC')
    .split(/[、,;/\n]+/)
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
  const found = words.map((word) => roleWords.get(word));
  return found.length > 0 && found.every((role) => role !== undefined) ? [...new Set(found)] : null;
}

/** Who is there, also those who have left. */
export type Standing = ReadonlyMap<string, PersonInSheet>;

export async function readPeople(bytes: Uint8Array, standing: Standing): Promise<PeopleRead> {
  const sheet = await readSheet(bytes, columns);
  if (sheet.result === 'refused')
    return {
      ...{ result: 'refused', code: sheet.code },
      column: sheet.code === 'missingColumn' ? columnOf(sheet.column) : null,
    };
  if (sheet.rows.length + sheet.errors.length > MAX_PEOPLE_ROWS)
    return { result: 'refused', code: 'tooManyRows', column: null };
  const problems: PeopleProblem[] = sheet.errors.map(({ row, column, code }) => ({
    ...{ row, column: columnOf(column), code: CELL[code] },
  }));
  const draft: Pick<PeopleDraft, 'add' | 'change' | 'same'> = { add: [], change: [], same: 0 };
  const byName = new Map([...standing.values()].map((person) => [person.name, person.id]));
  const seen = new Set<string>();
  for (const { row, values } of sheet.rows) {
    const before = standing.get((values.number ?? '').trim());
    const read = personOf(values, before, seen);
    if ('code' in read) problems.push({ row, ...read });
    else if (!before) draft.add.push({ row, person: read, namesake: byName.get(read.name) ?? null });
    else if (same(read, before)) draft.same += 1;
    else draft.change.push({ row, person: read, before });
  }
  problems.sort((a, b) => a.row - b.row);
  return { result: 'read', ...draft, problems, unread: unread(sheet.unread), seal: sealOf(draft) };
}

/** Enough to see which; a sheet can have thousands of columns. */
const unread = (titles: readonly string[]): string[] => titles.slice(0, 30).map((title) => title.slice(0, 40));

type Values = Record<PeopleColumn, string | null>;

function personOf(
  values: Values,
  before: PersonInSheet | undefined,
  seen: Set<string>,
): PersonInSheet | { column: PeopleColumn; code: RowProblem } {
  const id = (values.number ?? '').trim();
  if (!Token.safeParse(id).success) return { column: 'number', code: 'badNumber' };
  if (seen.has(id)) return { column: 'number', code: 'twice' };
  seen.add(id);
  const roles = rolesOf(values.roles ?? '');
  if (!roles) return { column: 'roles', code: 'unknownRole' };
  const person = SavePerson.safeParse({
    ...{ id, name: values.name ?? '', roles, phone: values.phone ?? before?.phone ?? null },
    employedFrom: values.employedFrom ?? before?.employedFrom ?? null,
    leftOn: values.leftOn ?? before?.leftOn ?? null,
  });
  if (person.success) {
    const { cardNumber: _, ...rest } = person.data;
    return rest;
  }
  const [issue] = person.error.issues;
  switch (issue?.path[0]) {
    case 'phone':
      return { column: 'phone', code: 'badPhone' };
    case 'employedFrom':
      return { column: 'employedFrom', code: 'notADate' };
    case 'leftOn':
      return { column: 'leftOn', code: comesLater(values, before) ? 'leftBeforeComing' : 'notADate' };
    default:
      return { column: 'name', code: 'tooLong' };
  }
}

const comesLater = ({ employedFrom, leftOn }: Values, before: PersonInSheet | undefined): boolean =>
  (employedFrom ?? before?.employedFrom ?? '') > (leftOn ?? before?.leftOn ?? '');

const same = (a: PersonInSheet, b: PersonInSheet): boolean =>
  a.name === b.name &&
  [...a.roles].sort().join() === [...b.roles].sort().join() &&
  a.phone === b.phone &&
  a.employedFrom === b.employedFrom &&
  a.leftOn === b.leftOn;

const sealOf = ({ add, change }: Pick<PeopleDraft, 'add' | 'change'>): string =>
  createHash('sha256')
    .update(JSON.stringify([add, change]))
    .digest('hex');
