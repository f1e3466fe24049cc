/**
 * Why somebody comes and as what, with what follows from it: whether the host is asked first, what else is asked, how long
 * he usually stays (A1, G1). One table for gate, screen and service; what a school changes of it is a change of this table.
 */
import { z } from 'zod';

/** The eight usual reasons, in the order of the kiosk's tiles. */
export const VISIT_REASONS = [
  'parentTalk',
  'parentMeeting',
  'dropOff',
  'delivery',
  'repair',
  'inspection',
  'jobInterview',
  'other',
] as const;
export const VisitReason = z.enum(VISIT_REASONS);
export type VisitReason = z.infer<typeof VisitReason>;

/** `guest`: none of the others, and everybody of a journal from before types were kept. */
export const VISITOR_TYPES = ['parent', 'courier', 'supplier', 'contractor', 'official', 'guest'] as const;
export const VisitorType = z.enum(VISITOR_TYPES);
export type VisitorType = z.infer<typeof VisitorType>;

/** What a contractor comes to do: chosen, not typed. */
export const WORKS = [
  'power',
  'plumbing',
  'network',
  'climate',
  'building',
  'grounds',
  'kitchen',
  'otherWork',
] as const;
export const Work = z.enum(WORKS);
export type Work = z.infer<typeof Work>;

export interface TypeRules {
  /** The reasons that fit, the likeliest first. */
  reasons: readonly VisitReason[];
  /** What must be said besides: an official's certificate 证件号, a contractor's work. */
  asks: 'certificate' | 'work' | null;
  /** How long such a visit usually takes, min. */
  stayMinutes: number;
  /** What he brings is handed over at the gate: he walks no further, and nobody is asked. */
  atGate: boolean;
}

export const visitorTypes: Record<VisitorType, TypeRules> = {
  parent: { reasons: ['parentTalk', 'parentMeeting', 'dropOff', 'other'], asks: null, stayMinutes: 120, atGate: false },
  courier: { reasons: ['delivery', 'dropOff'], asks: null, stayMinutes: 15, atGate: true },
  supplier: { reasons: ['delivery', 'other'], asks: null, stayMinutes: 60, atGate: false },
  contractor: { reasons: ['repair', 'other'], asks: 'work', stayMinutes: 240, atGate: false },
  official: { reasons: ['inspection', 'other'], asks: 'certificate', stayMinutes: 180, atGate: false },
  guest: {
    reasons: ['jobInterview', 'parentMeeting', 'delivery', 'repair', 'inspection', 'other'],
    asks: null,
    stayMinutes: 120,
    atGate: false,
  },
};

/** As what somebody with this reason usually comes: nobody is asked twice. */
export const usualType: Record<VisitReason, VisitorType> = {
  parentTalk: 'parent',
  parentMeeting: 'parent',
  dropOff: 'parent',
  delivery: 'courier',
  repair: 'contractor',
  inspection: 'official',
  jobInterview: 'guest',
  other: 'guest',
};

/** For which reasons the host is asked before anybody walks in. */
export const asksHost: Record<VisitReason, boolean> = {
  parentTalk: true,
  parentMeeting: false,
  dropOff: false,
  delivery: false,
  repair: true,
  inspection: true,
  jobInterview: true,
  other: true,
};

/** Must the host agree first? A courier hands over at the gate whatever he says that he comes for. */
export const needsHost = (type: VisitorType, reason: VisitReason): boolean =>
  asksHost[reason] && !visitorTypes[type].atGate;

/** @returns milliseconds since 1970 at which such a visit should be over */
export const usualEnd = (type: VisitorType, from: number): number => from + visitorTypes[type].stayMinutes * 60_000;

/** The types that somebody with this reason may be; the usual one first. */
export const typesFor = (reason: VisitReason): readonly VisitorType[] => [
  usualType[reason],
  ...VISITOR_TYPES.filter((type) => type !== usualType[reason] && visitorTypes[type].reasons.includes(reason)),
];
