/** The roll of an evacuation as this phone shows it: what the server knows, with its own marks that are on their way over it. */
import type { SiteRoll, SiteRollMark, SiteRollPerson } from '@anyuan/contracts';

export interface SiteRollThing {
  roll: string;
  mark: SiteRollMark;
}

export interface SiteRollRow extends SiteRollPerson {
  state: 'present' | 'missing' | null;
  /** By whom and when; of a mark on its way nobody yet. */
  by: string;
}

export interface SiteRollSheet {
  unmarked: SiteRollRow[];
  missing: SiteRollRow[];
  present: SiteRollRow[];
  left: SiteRollRow[];
  tally: SiteRoll['tally'];
}

/** The newest of a visit counts; what waits here is newer than what the server has said, unless it says otherwise by its time. */
export function sheetOf(roll: SiteRoll, waiting: readonly { body: SiteRollThing }[]): SiteRollSheet {
  const own = new Map<string, SiteRollMark>();
  for (const { body } of waiting) if (body.roll === roll.roll) own.set(body.mark.visit, body.mark);
  const sheet: SiteRollSheet = {
    ...{ unmarked: [], missing: [], present: [], left: [] },
    tally: { present: 0, missing: 0, unmarked: 0 },
  };
  for (const person of roll.people) {
    const mine = own.get(person.visit);
    const fresh = mine !== undefined && mine.at >= (person.mark?.at ?? '');
    const state = fresh ? mine.state : (person.mark?.state ?? null);
    const row = { ...person, state, by: fresh ? '' : (person.mark?.by.name ?? '') };
    if (state) {
      sheet[state].push(row);
      sheet.tally[state] += person.count;
    } else if (person.leftAt) sheet.left.push(row);
    else {
      sheet.unmarked.push(row);
      sheet.tally.unmarked += person.count;
    }
  }
  return sheet;
}
