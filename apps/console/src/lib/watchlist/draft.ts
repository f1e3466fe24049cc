/** An entry as it is being written. The number of one that stands is never shown: it stays, or is written anew. */
import { schoolDate, type WatchDetail, type WatchDraft } from '@anyuan/contracts';

const HALF_A_YEAR_MS = 182 * 86_400_000;

export const newDraft = (now: number): WatchDraft => ({
  ...{ name: '', birthDate: '', idNumber: '', source: 'police', reason: 'policeNotice', action: 'refuse' },
  ...{ instruction: '', responders: [], readers: [] },
  ...{ validFrom: schoolDate(now), validUntil: schoolDate(now + HALF_A_YEAR_MS) },
});

export const draftOf = (entry: WatchDetail): WatchDraft => ({
  ...{ name: entry.name, birthDate: entry.birthDate ?? '', idNumber: null, source: entry.source },
  ...{ reason: entry.reason ?? 'other', action: entry.action, instruction: entry.instruction },
  responders: entry.responders.map(({ id }) => id),
  readers: entry.readers.map(({ id }) => id),
  ...{ validFrom: entry.validFrom, validUntil: entry.validUntil },
});
