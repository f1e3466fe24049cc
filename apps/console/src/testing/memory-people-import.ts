/** People from a sheet, in memory: whatever the file says, it reads as the same small list. */
import { AppError, type PeopleDraft, type PeopleImport, type PersonInSheet } from '@anyuan/contracts';
import type { PeopleImportClient } from '../lib/clients/people-import.ts';

const person = (id: string, name: string, rest: Partial<PersonInSheet> = {}): PersonInSheet => ({
  ...{ id, name, roles: ['teacher'], phone: null, employedFrom: '2026-09-01', leftOn: null },
  ...rest,
});
const draft: PeopleDraft = {
  result: 'read',
  add: [
    {
      row: 2,
      person: person('T-1024', '韩梅', { roles: ['teacher', 'headTeacher'], phone: '13911112222' }),
      namesake: null,
    },
    { row: 3, person: person('T-1025', '王强', { roles: ['guard'] }), namesake: 's-1' },
  ],
  change: [
    {
      row: 4,
      person: person('s-2', '李强', { roles: ['guard', 'driver'], phone: '13900001111' }),
      before: person('s-2', '李强', { roles: ['guard'] }),
    },
  ],
  same: 41,
  problems: [
    { row: 6, column: 'roles', code: 'unknownRole' },
    { row: 9, column: 'employedFrom', code: 'notADate' },
  ],
  unread: ['备注'],
  seal: 'seal',
};

export function memoryPeopleImport(
  answer: <T>(value: T) => Promise<T>,
  order: (name: string, input: unknown) => Promise<void>,
): PeopleImportClient {
  let imports: PeopleImport[] = [];
  return {
    check: (base64) =>
      answer(base64.length > 40 ? draft : { result: 'refused', code: 'missingColumn', column: 'roles' }),
    bring: async ({ id, seal }) => {
      await order('importPeople', { id, seal });
      const made = { id, at: new Date().toISOString(), by: '周敏', added: 2, changed: 1, undoneAt: null };
      imports = [made, ...imports];
      return { result: 'imported', import: made };
    },
    undo: async (id) => {
      await order('undoPeopleImport', { id });
      const at = new Date().toISOString();
      imports = imports.map((one) => (one.id === id ? { ...one, undoneAt: at } : one));
      const [undone] = imports.filter((one) => one.id === id);
      if (!undone) throw new AppError('notFound', 'scene');
      return { result: 'undone', import: undone };
    },
    list: () => answer([...imports]),
  };
}
