/** Invented visits of the past, people, looks and proofs. */
import type {
  AccessEntry,
  DayBookState,
  DayBookVisit,
  DeletionProof,
  ProofIntegrity,
  RetentionView,
  SiteRollHead,
  VisitView,
} from '@anyuan/contracts';

const MINUTE = 60_000;
const iso = (at: number) => new Date(at).toISOString();
export const visitId = (n: number) => `0199e1a4-5e10-7000-8000-${String(4000 + n).padStart(12, '0')}`;
export const visitorId = (n: number) => `0199e1a4-5e10-7000-8000-${String(9000 + n).padStart(12, '0')}`;

export interface DayBookScene {
  visits: DayBookVisit[];
  access: AccessEntry[];
  retention: RetentionView;
  integrity: ProofIntegrity;
  rolls: SiteRollHead[];
}

const SURNAMES = [...'张王李赵陈刘杨黄周吴'];
const GIVEN = ['伟明', '静', '建国', '雨桐', '志强', '秀英', '子涵', '海', '梅', '国强'];
export const nameOf = (n: number): string => `${SURNAMES[n % 10]}${GIVEN[Math.floor(n / 10) % 10]}`;

/** @param models today's, of which the past repeats itself; @returns `count` visits, one each five minutes, back from `now` */
export function pastVisits(now: number, models: readonly VisitView[], count: number): DayBookVisit[] {
  const states: DayBookState[] = ['left', 'left', 'left', 'refused', 'left'];
  return Array.from({ length: count }, (_, n): DayBookVisit => {
    const model = models[n % models.length] as VisitView;
    const at = now - n * 5 * MINUTE;
    const state = n < models.length ? model.status : (states[n % 5] as 'left' | 'refused');
    const refused = state === 'refused';
    return {
      ...model,
      ...(n < models.length
        ? {}
        : { name: nameOf(n), number: refused ? '' : `E1124-${String(count - n).padStart(4, '0')}` }),
      ...{ visit: visitId(n), visitor: visitorId(n % 500), status: state, note: null },
      ...{ admittedAt: iso(at), leftAt: state === 'left' ? iso(at + 40 * MINUTE) : null },
      ...{ refusal: refused ? (model.refusal ?? 'dangerousItems') : null, items: refused ? ['折叠刀'] : [] },
    };
  });
}

const zhou = { id: 'p-zhou', name: '周敏' };
const proof = (seq: number, at: number, rest: Partial<DeletionProof>): DeletionProof => ({
  ...{ seq, at: iso(at), class: 'visit', count: 31, from: '2026-05-21', to: '2026-05-22', why: 'retention', days: 180 },
  ...{ digest: 'a'.repeat(64), previous: String(seq - 1).repeat(64), hash: `${seq}c4e1f0a92b7`.padEnd(64, '0') },
  ...rest,
});

export const noDayBook: DayBookScene = {
  ...{ visits: [], access: [], rolls: [] },
  retention: {
    ...{ days: 180, set: null, ranOn: null, kept: { onSite: 0, held: 0, vehicles: 0 }, proofs: [] },
    chain: { state: 'whole', links: 0, head: '0'.repeat(64) },
  },
  integrity: { state: 'same', compared: 0, lastSeq: 0 },
};

export function dayBookScene(now: number, models: readonly VisitView[], count = 40): DayBookScene {
  const visits = pastVisits(now, models, count);
  const look = (n: number, rest: Partial<AccessEntry>): AccessEntry => ({
    ...{ id: visitId(500 + n), at: iso(now - n * 37 * MINUTE), kind: 'file', by: zhou, purpose: '', visit: null },
    ...{ number: null, visitor: null, name: null, detail: '' },
    ...rest,
  });
  const first = visits[0];
  return {
    visits,
    access: [
      look(0, {
        kind: 'idNumber',
        purpose: '派出所核实身份',
        number: first?.number ?? '',
        visitor: visitorId(0),
        name: first?.name ?? '',
      }),
      look(1, { visitor: visitorId(0), name: first?.name ?? '' }),
      look(2, { kind: 'register', purpose: 'inspection', detail: '2026-10-01 2026-10-31 pdf 214' }),
      look(3, { kind: 'erasure', purpose: 'ownRequest', visitor: visitorId(77) }),
      look(4, { kind: 'retention', detail: '180', by: { id: 'p-zhang', name: '张明' } }),
      look(5, { kind: 'siteRoll' }),
    ],
    retention: {
      days: 180,
      set: { at: iso(now - 40 * 24 * 60 * MINUTE), by: { id: 'p-zhang', name: '张明' } },
      ranOn: '2026-11-24',
      kept: { onSite: 1, held: 2, vehicles: 1 },
      chain: { state: 'whole', links: 7, head: '7c4e1f0a92b7'.padEnd(64, '0') },
      proofs: [
        proof(7, now - 30 * MINUTE, { class: 'question', count: 17, from: '2026-11-22', to: '2026-11-22', days: 1 }),
        proof(6, now - 30 * MINUTE, { class: 'watchHit', count: 1 }),
        proof(5, now - 30 * MINUTE, { class: 'vehiclePass', count: 46 }),
        proof(4, now - 30 * MINUTE, { class: 'signOut', count: 29 }),
        proof(3, now - 30 * MINUTE, { class: 'visitor', count: 12 }),
        proof(2, now - 30 * MINUTE, {}),
        proof(1, now - 3 * 24 * 60 * MINUTE, { count: 4, why: 'ownRequest' }),
      ],
    },
    integrity: { state: 'same', compared: 2, lastSeq: 7 },
    rolls: [
      {
        ...{ roll: visitId(900), openedAt: iso(now - 3 * 24 * 60 * MINUTE), openedBy: zhou, incident: null },
        ...{ closedAt: iso(now - 3 * 24 * 60 * MINUTE + 12 * MINUTE), closedBy: zhou },
        tally: { present: 7, missing: 0, unmarked: 0 },
      },
    ],
  };
}
