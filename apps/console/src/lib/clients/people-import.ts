/** What the console asks to bring people in from a sheet (E2). A sheet goes as the file's own bytes, in base64. */
import type { PeopleImport, PeopleImported, PeopleRead, PeopleUndone } from '@anyuan/contracts';

export interface PeopleImportClient {
  /** What would come of it; nothing is kept. */
  check(base64: string): Promise<PeopleRead>;
  /** @param seal of what `check` showed; @param id made by the asker, so that a sheet that is sent twice comes in once */
  bring(sheet: { id: string; base64: string; seal: string }): Promise<PeopleImported>;
  undo(id: string): Promise<PeopleUndone>;
  /** The latest ten, the last one first. */
  list(): Promise<PeopleImport[]>;
}
