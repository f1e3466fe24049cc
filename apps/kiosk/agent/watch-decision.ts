/**
 * Does whoever stands here agree with an entry of the watchlist? A pure function of the list, the person's keyed hashes and
 * the school's day (A6, G3). The number decides; where one side has none, name and birth date together do. The same name with
 * the same year, or with a birth date that one side does not know, is a near match, which a person must decide. The same name
 * and another year is somebody else: nothing happens.
 */
import {
  isExact,
  WATCH_ACTIONS,
  type WatchKeys,
  type WatchList,
  type WatchMatch,
  watchPerson,
} from '@anyuan/contracts';

export type WatchEntry = WatchList['entries'][number];

export interface WatchIndex {
  byId: ReadonlyMap<string, readonly WatchEntry[]>;
  byName: ReadonlyMap<string, readonly WatchEntry[]>;
}

export interface Found {
  entry: WatchEntry;
  match: WatchMatch;
}

export function indexWatch({ entries }: WatchList): WatchIndex {
  const byId = new Map<string, WatchEntry[]>();
  const byName = new Map<string, WatchEntry[]>();
  for (const entry of entries) {
    if (entry.id) byId.set(entry.id, [...(byId.get(entry.id) ?? []), entry]);
    byName.set(entry.name, [...(byName.get(entry.name) ?? []), entry]);
  }
  return { byId, byName };
}

/**
 * @param today the school's civil date
 * @param cleared pairs that were cleared here and of which the list does not know yet
 * @returns the strongest match: exact before near, then the strictest action; undefined when nobody is meant
 */
export function decideWatch(
  index: WatchIndex,
  person: WatchKeys,
  today: string,
  cleared: (entry: string, person: string) => boolean = () => false,
): Found | undefined {
  const same = watchPerson(person);
  const known = new Set([
    ...((person.id && index.byId.get(person.id)) || []),
    ...(index.byName.get(person.name) ?? []),
  ]);
  const found = [...known].flatMap((entry): Found[] => {
    if (today < entry.validFrom || today > entry.validUntil) return [];
    if (same && (entry.cleared.includes(same) || cleared(entry.entry, same))) return [];
    const match = matchOf(entry, person);
    return match ? [{ entry, match }] : [];
  });
  return found.sort((a, b) => rank(a) - rank(b))[0];
}

function matchOf(entry: WatchEntry, person: WatchKeys): WatchMatch | undefined {
  if (entry.id && person.id) {
    if (entry.id === person.id) return 'idNumber';
    // Two numbers that differ are two people, unless one of them is a slip: then the whole birth date still agrees.
    return entry.born && entry.born === person.born ? 'otherNumber' : undefined;
  }
  if (entry.name !== person.name) return undefined;
  if (!entry.born || !person.born) return 'birthUnknown';
  if (entry.born === person.born) return 'nameAndBirth';
  return entry.year === person.year ? 'birthYear' : undefined;
}

const rank = ({ entry, match }: Found): number => (isExact(match) ? 0 : 10) + WATCH_ACTIONS.indexOf(entry.action);
