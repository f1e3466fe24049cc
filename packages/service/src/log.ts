/**
 * Structured logs, one line each. Callers log ids, codes and counts; the paths below are a second net under that rule,
 * so that a body logged by mistake shows no person.
 */
import { type Logger, pino } from 'pino';

const PERSONAL = ['name', 'idNumber', 'phone', 'password', 'pin', 'number', 'identity', 'guardian', 'person', 'cookie'];

export type Log = Logger;

export function createLog(service: string, level = process.env.LOG_LEVEL ?? 'info'): Log {
  return pino({
    level,
    base: { service, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: PERSONAL.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[hidden]' },
    serializers: { err: shortError, error: shortError },
  });
}

/** A database error carries the row in `detail`; only its kind and place are logged. */
function shortError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error ? String(error.code) : undefined;
  return {
    type: error.name,
    code,
    message: error.name === 'DatabaseError' || error.name === 'error' ? 'database error' : error.message,
    stack: error.stack?.split('\n').slice(1, 5).join(' |'),
    cause: error.cause ? shortError(error.cause) : undefined,
  };
}
