/**
 * The talk with a printer: four questions a round, and one job at a time. Pure.
 *
 * Promise: a job is printed when the printer has come to its end (GS r, answered in order) and then says that it is ready.
 * A printer that does not know GS r counts as done when it has said ready for 5 s after the job; nothing counts because it
 * was sent. A fault ends the job with its word; whatever of it is on the paper is worth nothing, and it may be given again.
 *
 * The real-time answers bear no number, so one question is out at a time, and after a missing answer the round begins anew.
 * What a cut job left in the printer may still come out when the paper is back, and its GS r be answered: those owed answers
 * are not taken for the next job's.
 */
import type { DeviceFault } from '../../device-events.ts';
import { ASKED, type Asked, type Condition, conditionOf, isInOrder, isStatus } from './status.ts';

/** A real-time answer comes within some ms, except from a printer that is starting. */
const ANSWER_MS = 500;
const MISSES = 3;
const REST_MS = 2000;
const REST_IN_JOB_MS = 200;
const READY_LONG_ENOUGH_MS = 5000;
/** Longer off line without a reason than this while it prints is a fault. */
const BUSY_MS = 10_000;

export type PrintResult =
  | { printed: true }
  /** `cut`: the job had been sent, so a part of it may be on the paper. */
  | { printed: false; fault: DeviceFault; cut: boolean };

export interface State {
  open: boolean;
  asked: Asked | null;
  answers: readonly number[];
  misses: number;
  job:
    | { stage: 'waiting'; sendMs: number }
    | { stage: 'sent'; at: number; readySince: number | null; passed: boolean }
    | null;
  /** GS r of jobs that were cut, whose answers may still come. */
  owed: number;
  /** Out of the last round. */
  fault: DeviceFault | null;
}
export type Input =
  | { type: 'opened' }
  | { type: 'lost' }
  | { type: 'byte'; byte: number }
  | { type: 'timer' }
  /** `sendMs`: how long the line needs for it; a question waits behind it that long. */
  | { type: 'print'; sendMs: number };
export type Health = { state: 'ok'; low: boolean } | { state: 'fault'; fault: DeviceFault } | { state: 'silent' };
export type Effect =
  | { type: 'ask'; n: Asked }
  | { type: 'send' }
  | { type: 'recover' }
  | { type: 'arm'; ms: number }
  | { type: 'disarm' }
  | { type: 'health'; health: Health }
  | { type: 'done'; result: PrintResult };
export type Step = [State, Effect[]];

export const initial: State = { open: false, asked: null, answers: [], misses: 0, job: null, owed: 0, fault: null };

const ask = (s: State, n: Asked): Step => [
  { ...s, asked: n },
  [
    { type: 'ask', n },
    { type: 'arm', ms: ANSWER_MS },
  ],
];
const round = (s: State): Step => ask({ ...s, answers: [] }, 1);
const rest = ({ job }: State, now: number): Effect => {
  if (!job) return { type: 'arm', ms: REST_MS };
  return { type: 'arm', ms: REST_IN_JOB_MS + (job.stage === 'sent' ? Math.max(0, job.at - now) : 0) };
};
const before = ([s, effects]: Step, ...first: Effect[]): Step => [s, [...first, ...effects]];

function failed(s: State, fault: DeviceFault): Step {
  if (!s.job) return [s, []];
  const cut = s.job.stage === 'sent';
  const owed = s.job.stage === 'sent' && !s.job.passed ? s.owed + 1 : s.owed;
  const done: Effect = { type: 'done', result: { printed: false, fault, cut } };
  return [{ ...s, job: null, owed }, cut && s.open ? [{ type: 'recover' }, done] : [done]];
}

/** A round is over: what it means for the job. */
function judged(s: State, condition: Condition, now: number): Step {
  const { job } = s;
  if (!job) return [s, []];
  if (!condition.ready) {
    const patient = condition.busy && job.stage === 'sent' && now - job.at < BUSY_MS;
    return patient ? [{ ...s, job: { ...job, readySince: null } }, []] : failed(s, condition.fault);
  }
  if (job.stage === 'waiting') {
    const sent: State = { ...s, job: { stage: 'sent', at: now + job.sendMs, readySince: null, passed: false } };
    return [sent, [{ type: 'send' }]];
  }
  const readySince = job.readySince ?? now;
  const longEnough = now - readySince >= READY_LONG_ENOUGH_MS;
  if (!job.passed && !longEnough) return [{ ...s, job: { ...job, readySince } }, []];
  return [{ ...s, job: null, owed: job.passed ? s.owed : 0 }, [{ type: 'done', result: { printed: true } }]];
}

function answered(s: State, byte: number, now: number): Step {
  const answers = [...s.answers, byte];
  const next = ASKED[answers.length];
  const heard: State = { ...s, answers, asked: null, misses: 0 };
  if (next !== undefined) return ask(heard, next);
  const condition = conditionOf(answers);
  const health: Health = condition.ready
    ? { state: 'ok', low: condition.low }
    : { state: 'fault', fault: condition.fault };
  const fault = condition.ready ? null : condition.fault;
  // Out of that error the printer came by DLE ENQ, which threw away what it held: nothing is owed any more.
  const owed = s.fault === 'cutterFault' && fault !== s.fault ? 0 : s.owed;
  const [after, effects] = judged({ ...heard, answers: [], owed, fault }, condition, now);
  return [after, [{ type: 'health', health }, ...effects, rest(after, now)]];
}

function inOrder(s: State): Step {
  if (s.owed > 0) return [{ ...s, owed: s.owed - 1 }, []];
  return s.job?.stage === 'sent' ? [{ ...s, job: { ...s.job, passed: true } }, []] : [s, []];
}

function missed(s: State, now: number): Step {
  const misses = s.misses + 1;
  const silent: State = { ...s, asked: null, answers: [], misses };
  if (misses < MISSES) return round(silent);
  const [after, effects] = failed(silent, 'noAnswer');
  return [after, [{ type: 'health', health: { state: 'silent' } }, ...effects, rest(after, now)]];
}

/** @param now monotonic, ms */
export function next(s: State, input: Input, now: number): Step {
  switch (input.type) {
    case 'opened':
      return round({ ...s, open: true, misses: 0, owed: 0 });
    case 'lost': {
      const [after, effects] = failed({ ...s, open: false, asked: null, answers: [] }, 'portLost');
      return [after, [...effects, { type: 'disarm' }]];
    }
    case 'byte':
      if (s.asked !== null && isStatus(input.byte)) return answered(s, input.byte, now);
      return isInOrder(input.byte) ? inOrder(s) : [s, []];
    case 'timer':
      if (!s.open) return [s, []];
      return s.asked === null ? round(s) : missed(s, now);
    case 'print': {
      const taken: State = { ...s, job: { stage: 'waiting', sendMs: input.sendMs } };
      if (!s.open) return failed(taken, 'portLost');
      // A cutter that was freed stays an error until it is told so.
      return before(s.asked === null ? round({ ...taken, misses: 0 }) : [taken, []], { type: 'recover' });
    }
  }
}
