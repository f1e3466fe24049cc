/**
 * Watchlist 重点人员预警 (A6, G3; promise 6). Owner: `gate`.
 *
 * An entry says who the gate must look out for, and what the guard does then; why stands with those who may read the entry
 * and goes nowhere else. What travels to a gate are keyed hashes, an action, the guard's sentence, days and ids: nothing of
 * it names a person. A name alone is never a hit.
 */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { GateDecision } from './gate.ts';
import { CivilDate, Instant, Uuid } from './ids.ts';

/** 法院禁令, 扬言伤害, 监护纠纷, 离职人员, 公安提示, 其他. Never at the gate. */
export const WATCH_REASONS = ['courtOrder', 'threat', 'custody', 'dismissedStaff', 'policeNotice', 'other'] as const;
export const WatchReason = z.enum(WATCH_REASONS);
export type WatchReason = z.infer<typeof WatchReason>;

/** 不放行并通知, 请其等候并通知, 专人陪同, 只留意. The strictest first. */
export const WATCH_ACTIONS = ['refuse', 'keepWaiting', 'accompany', 'observe'] as const;
export const WatchAction = z.enum(WATCH_ACTIONS);
export type WatchAction = z.infer<typeof WatchAction>;

export const WATCH_SOURCES = ['police', 'school'] as const;
export const WatchSource = z.enum(WATCH_SOURCES);
export type WatchSource = z.infer<typeof WatchSource>;

/** How a person at the gate agrees with an entry. The first two are a hit; the others ask a person. */
export const WATCH_MATCHES = ['idNumber', 'nameAndBirth', 'otherNumber', 'birthYear', 'birthUnknown'] as const;
export const WatchMatch = z.enum(WATCH_MATCHES);
export type WatchMatch = z.infer<typeof WatchMatch>;
export const isExact = (match: WatchMatch): boolean => match === 'idNumber' || match === 'nameAndBirth';

/** Is it this person? 是, 不是, 不确定. */
export const WATCH_ANSWERS = ['yes', 'no', 'unsure'] as const;
export const WatchAnswer = z.enum(WATCH_ANSWERS);
export type WatchAnswer = z.infer<typeof WatchAnswer>;

/** Longest that an entry stands without somebody extending it, days. */
export const WATCH_MAX_DAYS = 366;
export const WATCH_NAME_MAX = 100;
/** Read by a guard at a glance, on a small sheet. */
export const WATCH_INSTRUCTION_MAX = 60;
const MAX_PEOPLE = 20;

/** Wide on purpose: what is wrong is said by `watchProblem`, in words, and not by a schema's path. */
const Written = z.string().max(20_000);
const People = z.array(z.string().min(1).max(64)).max(200);
const Why = z.string().trim().min(2).max(200);

export const WatchDraft = z.object({
  name: Written,
  /** `1984-05-15`; empty: not known. */
  birthDate: Written,
  /** Empty: not known. In a change, null leaves the number as it is. */
  idNumber: Written.nullable(),
  source: WatchSource,
  reason: WatchReason,
  action: WatchAction,
  instruction: Written,
  /** Ids of staff who are told, silently. */
  responders: People,
  /** Ids of those who may read the entry beside its maker and the principal. */
  readers: People,
  validFrom: Written,
  /** The last day. */
  validUntil: Written,
});
export type WatchDraft = z.infer<typeof WatchDraft>;

export const WATCH_PROBLEMS = [
  'name',
  'nameLong',
  'birthDate',
  'idNumber',
  'birthDiffers',
  'noIdentity',
  'instruction',
  'instructionLong',
  'instructionNames',
  'responders',
  'people',
  'dates',
  'endBeforeStart',
  'ended',
  'tooLong',
] as const;
export const WatchProblem = z.enum(WATCH_PROBLEMS);
export type WatchProblem = z.infer<typeof WatchProblem>;

/** Names as two hands may have written them: full width, blanks and middle dots make no other person. */
export const watchName = (name: string): string =>
  name
    .normalize('NFKC')
    .replace(/[\s\p{P}\p{S}\p{Cf}]/gu, '')
    .toUpperCase();

export const watchIdNumber = (number: string): string => number.normalize('NFKC').replace(/\s/g, '').toUpperCase();

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
function numberHolds(number: string): boolean {
  if (/^[A-Z]{3}\d{12}$/.test(number)) return true;
  if (!/^\d{17}[\dX]$/.test(number)) return false;
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(number[i]), 0);
  return birthOfNumber(number) !== undefined && '10X98765432'[sum % 11] === number[17];
}

/** The birth date inside an 18-character number (GB 11643); undefined in any other. */
export function birthOfNumber(number: string): string | undefined {
  if (!/^\d{17}[\dX]$/.test(number)) return undefined;
  const date = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`;
  return CivilDate.safeParse(date).success ? date : undefined;
}

const day = (date: string): number => Date.parse(`${date}T00:00:00Z`) / 86_400_000;

/**
 * What is wrong with an entry as it is written, the first thing only; null when all holds. The same words at the form and
 * at the service.
 * @param today the school's civil date
 * @param known of a change: that a number stands already
 */
export function watchProblem(draft: WatchDraft, today: string, known = { idNumber: false }): WatchProblem | null {
  const name = draft.name.trim();
  if (watchName(name) === '') return 'name';
  if (name.length > WATCH_NAME_MAX) return 'nameLong';
  if (draft.birthDate !== '') {
    if (!CivilDate.safeParse(draft.birthDate).success) return 'birthDate';
    if (draft.birthDate > today || draft.birthDate < '1900-01-01') return 'birthDate';
  }
  const number = draft.idNumber === null ? '' : watchIdNumber(draft.idNumber);
  if (number !== '') {
    const born = birthOfNumber(number);
    if (!numberHolds(number) || (born !== undefined && (born > today || born < '1880-01-01'))) return 'idNumber';
    if (draft.birthDate !== '' && born !== undefined && born !== draft.birthDate) return 'birthDiffers';
  }
  if (draft.birthDate === '' && number === '' && !(draft.idNumber === null && known.idNumber)) return 'noIdentity';
  const instruction = draft.instruction.trim();
  if (instruction === '') return 'instruction';
  if (instruction.length > WATCH_INSTRUCTION_MAX) return 'instructionLong';
  if (watchName(instruction).includes(watchName(name)) || (number !== '' && watchName(instruction).includes(number)))
    return 'instructionNames';
  if (draft.responders.length === 0) return 'responders';
  if (draft.responders.length > MAX_PEOPLE || draft.readers.length > MAX_PEOPLE) return 'people';
  return spanProblem(draft, today);
}

function spanProblem({ validFrom, validUntil }: WatchDraft, today: string): WatchProblem | null {
  if (!CivilDate.safeParse(validFrom).success || !CivilDate.safeParse(validUntil).success) return 'dates';
  if (validUntil < validFrom) return 'endBeforeStart';
  if (validUntil < today) return 'ended';
  return day(validUntil) - day(validFrom) > WATCH_MAX_DAYS ? 'tooLong' : null;
}

/** `entry` is chosen by the writer and makes a repeat harmless. */
export const MakeWatchEntry = z.object({ entry: Uuid, draft: WatchDraft });
export type MakeWatchEntry = z.infer<typeof MakeWatchEntry>;
/** `version`: what was read; an entry that somebody else has changed since is not written over. */
export const ChangeWatchEntry = z.object({
  command: Uuid,
  entry: Uuid,
  version: z.number().int(),
  draft: WatchDraft,
  why: Why,
});
export type ChangeWatchEntry = z.infer<typeof ChangeWatchEntry>;
export const ExtendWatchEntry = z.object({ command: Uuid, entry: Uuid, validUntil: Written, why: Why });
export type ExtendWatchEntry = z.infer<typeof ExtendWatchEntry>;
export const WithdrawWatchEntry = z.object({ command: Uuid, entry: Uuid, why: Why });
export type WithdrawWatchEntry = z.infer<typeof WithdrawWatchEntry>;

/** A line of the list of entries. The name is covered; to see it is a look on record. */
export const WatchLine = z.object({
  entry: Uuid,
  /** 鲁＊＊ */
  covered: z.string(),
  source: WatchSource,
  /** Null for a responder who is no reader. */
  reason: WatchReason.nullable(),
  action: WatchAction,
  instruction: z.string(),
  validFrom: CivilDate,
  validUntil: CivilDate,
  state: z.enum(['coming', 'on', 'over', 'withdrawn']),
  responders: z.array(PersonRef),
  /** When it was last presented and not cleared. */
  lastHitAt: Instant.nullable(),
});
export type WatchLine = z.infer<typeof WatchLine>;

export const WATCH_CHANGES = ['made', 'changed', 'extended', 'withdrawn'] as const;
export const WatchDetail = WatchLine.extend({
  version: z.number().int(),
  name: z.string(),
  birthDate: CivilDate.nullable(),
  idLast4: z.string().nullable(),
  readers: z.array(PersonRef),
  madeBy: PersonRef,
  madeAt: Instant,
  mayWrite: z.boolean(),
  /** Pairs for which a person said "no". */
  cleared: z.number().int(),
  history: z.array(
    z.object({ at: Instant, by: PersonRef, type: z.enum(WATCH_CHANGES), why: z.string(), fields: z.array(z.string()) }),
  ),
});
export type WatchDetail = z.infer<typeof WatchDetail>;

export const WatchSaved = z.discriminatedUnion('result', [
  z.object({ result: z.literal('saved'), entry: Uuid }),
  z.object({
    result: z.literal('refused'),
    why: z.union([WatchProblem, z.literal('changedSince'), z.literal('gone')]),
  }),
]);
export type WatchSaved = z.infer<typeof WatchSaved>;

/** Who looked at what; `refused`: somebody whom the entry does not name tried. */
export const WatchLook = z.object({
  at: Instant,
  by: PersonRef,
  what: z.enum(['listed', 'opened', 'refused']),
  entry: Uuid.nullable(),
  covered: z.string().nullable(),
});
export type WatchLook = z.infer<typeof WatchLook>;

/** The signed list `watchlist`. Hashes are HMAC-SHA-256 in hex, under a key that stands in no other use. */
export const WatchList = z.object({
  entries: z.array(
    z.object({
      entry: Uuid,
      id: z.string().nullable(),
      born: z.string().nullable(),
      year: z.string().nullable(),
      name: z.string(),
      action: WatchAction,
      instruction: z.string(),
      responders: z.array(z.string()),
      validFrom: CivilDate,
      validUntil: CivilDate,
      /** Persons of whom somebody said that they are not meant. */
      cleared: z.array(z.string()),
    }),
  ),
});
export type WatchList = z.infer<typeof WatchList>;

export interface WatchIdentity {
  name: string;
  birthDate?: string | undefined;
  idNumber?: string | undefined;
}
export interface WatchKeys {
  id: string | null;
  born: string | null;
  year: string | null;
  name: string;
}

/** What of a person is hashed, each part under its own word so that no two read the same. One rule for owner and gate. */
export function watchKeys(person: WatchIdentity, hash: (text: string) => string): WatchKeys {
  const name = watchName(person.name);
  const number = person.idNumber ? watchIdNumber(person.idNumber) : undefined;
  const born = person.birthDate ?? (number && birthOfNumber(number));
  return {
    id: number ? hash(`id ${number}`) : null,
    born: born ? hash(`born ${born} ${name}`) : null,
    year: born ? hash(`year ${born.slice(0, 4)} ${name}`) : null,
    name: hash(`name ${name}`),
  };
}

/** Under what a "no" is remembered. A name alone is nobody: null. */
export const watchPerson = ({ id, born }: WatchKeys): string | null => id ?? born;

const Hash = z.string().regex(/^[0-9a-f]{64}$/);

/** Sent by an agent at least once. */
export const RecordWatchHit = z.object({
  hit: Uuid,
  entry: Uuid,
  match: WatchMatch,
  person: Hash.nullable(),
  shown: z.enum(['document', 'typed', 'pickup']),
  /** How old the gate's list was. */
  listAsOf: Instant,
  decision: GateDecision,
});
export type RecordWatchHit = z.infer<typeof RecordWatchHit>;
export const RecordWatchAnswer = z.object({ answer: Uuid, hit: Uuid, is: WatchAnswer, decision: GateDecision });
export type RecordWatchAnswer = z.infer<typeof RecordWatchAnswer>;
export const AnswerWatchHit = z.object({ answer: Uuid, hit: Uuid, is: WatchAnswer });
export type AnswerWatchHit = z.infer<typeof AnswerWatchHit>;

export const WatchHitView = z.object({
  hit: Uuid,
  entry: Uuid,
  at: Instant,
  gate: z.string(),
  match: WatchMatch,
  shown: RecordWatchHit.shape.shown,
  action: WatchAction,
  instruction: z.string(),
  guard: PersonRef,
  listAsOf: Instant,
  offline: z.boolean(),
  /** Newest last; the last one counts. */
  answers: z.array(z.object({ is: WatchAnswer, at: Instant, by: PersonRef, via: z.enum(['gate', 'console']) })),
  /** The asker is one of those who are told. */
  toMe: z.boolean(),
});
export type WatchHitView = z.infer<typeof WatchHitView>;

/** Event `gate.watchHit.recorded` and `.answered`: ids only. Live, it reaches those in `people` and nobody else. */
export const WatchHitEvent = z.object({
  hit: Uuid,
  entry: Uuid,
  gate: z.string(),
  at: Instant,
  people: z.array(z.string()),
  is: WatchAnswer.nullable(),
});
export type WatchHitEvent = z.infer<typeof WatchHitEvent>;

/** What a guard is told: never a reason, never whose entry it is. */
export const WatchNotice = z.object({
  hit: Uuid,
  /** The id of what was presented or of the pickup verdict; `typed` for what was typed. */
  about: z.string(),
  exact: z.boolean(),
  action: WatchAction,
  instruction: z.string(),
  phones: z.array(z.object({ name: z.string(), phone: z.string() })),
  answer: WatchAnswer.nullable(),
  /** Whose answer it is. */
  by: z.enum(['gate', 'responder']).nullable(),
  /** Nothing opens yet. */
  blocks: z.boolean(),
  /** The school's server has it, and with it the responders. */
  told: z.boolean(),
});
export type WatchNotice = z.infer<typeof WatchNotice>;
