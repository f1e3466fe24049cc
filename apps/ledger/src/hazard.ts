/**
 * What may be done about a hazard, and when (F2). Pure: the hazard as it stands, what is asked, who asks, the time; the
 * hazard as it then is with its line of history, or why not.
 *
 *   reported ─assign→ assigned ─fix→ fixed ─verify→ verified
 *                        ↑ reopened ←──reopen──┴────────┘        reported, assigned, reopened ─reject→ rejected
 *
 * Nobody verifies his own fix. A deadline is put off only by an extension with its reason, never by assigning anew.
 */
import {
  type AssignHazard,
  type ExtendDeadline,
  type FixHazard,
  type HazardChange,
  type HazardLevel,
  type HazardRefusal,
  type HazardStatus,
  type PersonRef,
  type RejectHazard,
  type ReopenHazard,
  schoolDate,
  type UrgeHazard,
  type VerifyHazard,
} from '@anyuan/contracts';

/** The part of a hazard that changes. */
export interface HazardState {
  status: HazardStatus;
  level: HazardLevel | null;
  owner: PersonRef | null;
  deadline: string | null;
  measure: string;
  stopgap: string;
  fixedAt: Date | null;
  fixedBy: PersonRef | null;
  evidence: string;
  verifiedAt: Date | null;
  verifiedBy: PersonRef | null;
  reason: string;
  urgedAt: Date | null;
  escalated: number;
}

type Given<Command> = Omit<Command, 'command' | 'hazard'>;
export type HazardInput =
  | ({ type: 'assigned' } & Given<AssignHazard>)
  | ({ type: 'deadlineExtended' } & Given<ExtendDeadline>)
  | ({ type: 'fixed' } & Given<FixHazard>)
  | ({ type: 'verified' } & Given<VerifyHazard>)
  | ({ type: 'reopened' } & Given<ReopenHazard>)
  | ({ type: 'rejected' } & Given<RejectHazard>)
  | ({ type: 'urged' } & Given<UrgeHazard>);

export type Decision =
  | { state: HazardState; type: HazardChange; detail: Record<string, unknown> }
  | { refusal: HazardRefusal };

export const untouched: HazardState = {
  status: 'reported',
  level: null,
  owner: null,
  deadline: null,
  measure: '',
  stopgap: '',
  fixedAt: null,
  fixedBy: null,
  evidence: '',
  verifiedAt: null,
  verifiedBy: null,
  reason: '',
  urgedAt: null,
  escalated: 0,
};

/** In which statuses it may be done. */
const FROM: Record<HazardInput['type'], readonly HazardStatus[]> = {
  assigned: ['reported', 'assigned', 'reopened'],
  deadlineExtended: ['assigned', 'reopened'],
  fixed: ['assigned', 'reopened'],
  verified: ['fixed'],
  reopened: ['fixed', 'verified', 'rejected'],
  rejected: ['reported', 'assigned', 'reopened'],
  urged: ['assigned', 'reopened'],
};

export function decide(state: HazardState, input: HazardInput, by: PersonRef, now: number): Decision {
  if (!FROM[input.type].includes(state.status)) return { refusal: 'notNow' };
  const today = schoolDate(now);
  switch (input.type) {
    case 'assigned':
      return assigned(state, input, today);
    case 'deadlineExtended': {
      const { deadline, reason } = input;
      if (state.deadline && deadline <= state.deadline) return { refusal: 'deadlineNotLater' };
      if (deadline < today) return { refusal: 'deadlinePast' };
      const detail = { from: state.deadline, to: deadline, reason };
      return { state: { ...state, deadline, escalated: 0 }, type: 'deadlineExtended', detail };
    }
    case 'fixed': {
      const { evidence } = input;
      const fixed = { status: 'fixed', fixedAt: new Date(now), fixedBy: by, evidence, reason: '' } as const;
      return { state: { ...state, ...fixed }, type: 'fixed', detail: { evidence } };
    }
    case 'verified': {
      if (state.fixedBy?.id === by.id) return { refusal: 'ownFix' };
      const verified = { status: 'verified', verifiedAt: new Date(now), verifiedBy: by } as const;
      return { state: { ...state, ...verified }, type: 'verified', detail: { note: input.note } };
    }
    case 'reopened':
      return reopened(state, input, today);
    case 'rejected': {
      const { reason } = input;
      return { state: { ...state, status: 'rejected', reason }, type: 'rejected', detail: { reason } };
    }
    case 'urged':
      return { state: { ...state, urgedAt: new Date(now) }, type: 'urged', detail: { note: input.note } };
  }
}

type Of<Type extends HazardInput['type']> = Extract<HazardInput, { type: Type }>;

function assigned(state: HazardState, given: Of<'assigned'>, today: string): Decision {
  const { level, owner, deadline, measure, stopgap } = given;
  if (state.deadline && deadline > state.deadline) return { refusal: 'deadlineLater' };
  if (deadline !== state.deadline && deadline < today) return { refusal: 'deadlinePast' };
  const next = { ...state, level, owner, deadline, measure, stopgap };
  const status = state.status === 'reopened' ? 'reopened' : 'assigned';
  const escalated = deadline === state.deadline ? state.escalated : 0;
  return {
    state: { ...next, status, escalated },
    type: 'assigned',
    detail: { level, owner, deadline, measure, stopgap },
  };
}

/** What was never assigned is a report again, and has no deadline to move. */
function reopened(state: HazardState, given: Of<'reopened'>, today: string): Decision {
  const { reason, deadline = null } = given;
  const moved = deadline !== null && deadline !== state.deadline;
  if (moved && !state.owner) return { refusal: 'notNow' };
  if (moved && deadline < today) return { refusal: 'deadlinePast' };
  const undone = { fixedAt: null, fixedBy: null, evidence: '', verifiedAt: null, verifiedBy: null };
  const status = state.owner ? 'reopened' : 'reported';
  const next = { ...state, ...undone, status, reason, ...(moved ? { deadline, escalated: 0 } : {}) } as const;
  return { state: next, type: 'reopened', detail: { reason, deadline: next.deadline } };
}
