/**
 * What can't both be true, as a pure function of the records (H1). Gates that were off line each decided by what they knew; this
 * finds the pairs that don't agree, in whatever order the records came, and says the same of the same records every time: so a
 * second merge makes no second task. It judges nobody: which side was right is for a person to say.
 */
import type { ContradictionKind, ContradictionSide } from '@anyuan/contracts';
import { standing } from './visit-end.ts';

interface Made {
  id: string;
  gate: string;
  guardId: string;
  guardName: string;
  at: Date;
  offline: boolean;
}

export interface VisitMade extends Made {
  /** Who it is, if that is certain: a person without a number is a new one each time. */
  person: string | null;
  status: 'onSite' | 'left' | 'refused' | 'undone';
  count: number;
  leftAt: Date | null;
}
export interface EndMade extends Made {
  visit: string;
  kind: 'left' | 'undone';
  count: number | null;
}
export interface ReturnMade extends Made {
  visit: string;
  outcome: 'given' | 'passedOn' | 'notGiven';
}
export interface UseMade extends Made {
  booking: string;
}
export interface TapMade extends Made {
  permit: string;
  outcome: 'in' | 'out' | 'refused';
}
export interface PermitAct {
  command: string;
  permit: string;
  act: 'issued' | 'changed' | 'suspended' | 'givenBack';
  byId: string;
  byName: string;
  at: Date;
}
export interface PassMade extends Made {
  plate: string;
  outcome: 'in' | 'out' | 'refused';
}
/** A visit of whom the watchlist speaks, and since when. */
export interface Watched {
  visit: string;
  entry: string;
  listedAt: Date;
}

export interface GateRecords {
  visits: readonly VisitMade[];
  /** In the order of receipt, as `standing` reads them. */
  ends: readonly EndMade[];
  returns: readonly ReturnMade[];
  uses: readonly UseMade[];
  taps: readonly TapMade[];
  permitActs: readonly PermitAct[];
  passes: readonly PassMade[];
  watched: readonly Watched[];
}

export interface Found {
  key: string;
  kind: ContradictionKind;
  visit: string | null;
  permit: string | null;
  pass: string | null;
  sides: ContradictionSide[];
}

/**
 * What a record that comes later may make whole: somebody left before he came in at the other gate, or before he was listed; the
 * gate's own hit comes after its visit.
 */
export const MAY_PASS: readonly ContradictionKind[] = [
  'insideTwice',
  'vehicleInTwice',
  'vehicleOutOnly',
  'watchlisted',
];

export function contradictions(records: GateRecords): Found[] {
  return [
    ...leftTwice(records),
    ...insideTwice(records.visits),
    ...givenTwice(records.returns),
    ...bookingTwice(records.uses),
    ...permitSuspended(records),
    ...vehicles(records.passes),
    ...watchlisted(records),
  ];
}

const side = (act: ContradictionSide['act'], made: Made): ContradictionSide => ({
  ...{ act, record: made.id, gate: made.gate, by: { id: made.guardId, name: made.guardName } },
  ...{ at: made.at.toISOString(), offline: made.offline },
});

function found(kind: ContradictionKind, sides: ContradictionSide[], of: Partial<Found>): Found {
  const key = `${kind} ${sides
    .map(({ record }) => record)
    .sort()
    .join(' ')}`;
  const ordered = [...sides].sort((a, b) => a.at.localeCompare(b.at) || a.record.localeCompare(b.record));
  return { key, kind, visit: null, permit: null, pass: null, ...of, sides: ordered };
}

const by = <T>(rows: readonly T[], key: (row: T) => string): T[][] => [...Map.groupBy(rows, key).values()];
const inTime = <T extends { at: Date; id: string }>(rows: readonly T[]): T[] =>
  [...rows].sort((a, b) => a.at.getTime() - b.at.getTime() || a.id.localeCompare(b.id));

/** Whoever signed him out when all had gone already, at another gate than the one where the last had gone. */
function leftTwice({ visits, ends }: GateRecords): Found[] {
  return visits.flatMap((visit) => {
    const said = ends.filter((end) => end.visit === visit.id);
    const last = said.findIndex((_, i) => standing(visit.count, visit.at, said.slice(0, i + 1)).status === 'left');
    const counted = said[last];
    if (!counted) return [];
    return said
      .slice(last + 1)
      .filter((end) => end.kind === 'left' && end.gate !== counted.gate)
      .map((end) => found('leftTwice', [side('left', counted), side('left', end)], { visit: visit.id }));
  });
}

function insideTwice(visits: readonly VisitMade[]): Found[] {
  const came = visits.filter((v) => v.person !== null && (v.status === 'onSite' || v.status === 'left'));
  return by(came, (v) => v.person ?? '').flatMap((own) =>
    inTime(own).flatMap((later, i, all) => {
      const before = all.slice(0, i).findLast((v) => v.leftAt === null || v.leftAt > later.at);
      return before
        ? [found('insideTwice', [side('admitted', before), side('admitted', later)], { visit: later.id })]
        : [];
    }),
  );
}

function givenTwice(returns: readonly ReturnMade[]): Found[] {
  const gone = returns.flatMap((r) => (r.outcome === 'notGiven' ? [] : [{ ...r, act: r.outcome }]));
  return by(gone, (r) => r.visit).flatMap((own) => {
    const [first, ...more] = inTime(own);
    if (!first) return [];
    return more.map((r) => found('givenTwice', [side(first.act, first), side(r.act, r)], { visit: r.visit }));
  });
}

function bookingTwice(uses: readonly UseMade[]): Found[] {
  return by(uses, (u) => u.booking).flatMap((own) => {
    const [first, ...more] = inTime(own);
    if (!first) return [];
    return more
      .filter((use) => use.gate !== first.gate)
      .map((use) => found('bookingTwice', [side('admitted', first), side('admitted', use)], { visit: use.id }));
  });
}

function permitSuspended({ taps, permitActs }: GateRecords): Found[] {
  return taps.flatMap((tap) => {
    if (tap.outcome !== 'in') return [];
    const before = permitActs.filter((act) => act.permit === tap.permit && act.at <= tap.at);
    const last = Math.max(...before.map(({ at }) => at.getTime()));
    const newest = before
      .filter(({ at }) => at.getTime() === last)
      .sort((one) => (one.act === 'suspended' ? -1 : 1))[0];
    if (newest?.act !== 'suspended') return [];
    const suspended: ContradictionSide = {
      ...{ act: 'suspended', record: newest.command, gate: null, by: { id: newest.byId, name: newest.byName } },
      ...{ at: newest.at.toISOString(), offline: false },
    };
    return [found('permitSuspended', [suspended, side('in', tap)], { permit: tap.permit })];
  });
}

/** Only what an off-line gate had a hand in: whatever else is missing stands in the vehicles' own log. */
function vehicles(passes: readonly PassMade[]): Found[] {
  const moved = passes.flatMap((p) => (p.outcome === 'refused' ? [] : [{ ...p, act: p.outcome }]));
  return by(moved, (p) => p.plate).flatMap((own) =>
    inTime(own).flatMap((pass, i, all) => {
      const before = all[i - 1];
      if (!pass.offline && !before?.offline) return [];
      if (pass.act === 'in' && before?.act === 'in')
        return [found('vehicleInTwice', [side('in', before), side('in', pass)], { pass: pass.id })];
      if (pass.act !== 'out' || before?.act === 'in') return [];
      const sides = before ? [side('out', before), side('out', pass)] : [side('out', pass)];
      return [found('vehicleOutOnly', sides, { pass: pass.id })];
    }),
  );
}

function watchlisted({ visits, watched }: GateRecords): Found[] {
  return watched.flatMap(({ visit, entry, listedAt }) => {
    const came = visits.find((v) => v.id === visit);
    if (!came?.offline) return [];
    // By whom and why stands with those who may read the entry.
    const listed: ContradictionSide = {
      ...{ act: 'listed', record: entry, gate: null, by: null, at: listedAt.toISOString(), offline: false },
    };
    return [found('watchlisted', [listed, side('admitted', came)], { visit })];
  });
}
