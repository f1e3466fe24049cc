/**
 * The tRPC toolkit of every service: a procedure names its permission, and refusals leave by the closed table of error
 * codes. No stack, no message of a library and no database text reaches a client.
 */
import { type Actor, AppError, type ErrorCode, errorTable, type Permission, permissionsOf } from '@anyuan/contracts';
import { initTRPC, TRPCError } from '@trpc/server';
import { ZodError } from 'zod';
import type { Log } from './log.ts';

export interface ServiceContext {
  actor: Actor | null;
  log: Log;
}

const t = initTRPC.context<ServiceContext>().create({
  // A cut that nobody announces is noticed after 5 s, and the stream goes on after the last event that came through.
  sse: { ping: { enabled: true, intervalMs: 2_000 }, client: { reconnectAfterInactivityMs: 5_000 } },
  errorFormatter({ shape, error }) {
    const code = codeOf(error);
    const fields = error.cause instanceof ZodError ? error.cause.issues.map((i) => i.path.join('.')) : undefined;
    return { ...shape, message: code, data: { code, httpStatus: errorTable[code].status, fields } };
  },
});

export const router = t.router;
export const mergeRouters = t.mergeRouters;
export const createCallerFactory = t.createCallerFactory;

/** Turns an `AppError` into the tRPC error of its row in the table, and logs by the row's level. */
const translated = t.middleware(async ({ next, ctx, path }) => {
  const result = await next();
  if (result.ok) return result;
  const code = codeOf(result.error);
  ctx.log[errorTable[code].level]({ path, code, error: result.error.cause ?? result.error }, 'refused');
  throw new TRPCError({ code: errorTable[code].trpc, message: code, cause: result.error.cause });
});

/** Open to whoever reached the service; used for health and sign-in only. */
export const openProcedure = t.procedure.use(translated);

export const procedure = (permission: Permission) =>
  openProcedure.use(({ ctx, next }) => {
    if (!ctx.actor) throw new TRPCError({ code: 'UNAUTHORIZED', message: 'notSignedIn' });
    if (!permissionsOf(ctx.actor).includes(permission))
      throw new TRPCError({ code: 'FORBIDDEN', message: 'forbidden' });
    return next({ ctx: { ...ctx, actor: ctx.actor } });
  });

/** Of the library's own codes those that the asker can mend. */
const MALFORMED = new Set(['METHOD_NOT_SUPPORTED', 'UNSUPPORTED_MEDIA_TYPE', 'PARSE_ERROR', 'UNPROCESSABLE_CONTENT']);
const byTrpcCode = new Map<string, ErrorCode>(
  Object.entries(errorTable).map(([code, row]) => [row.trpc, code as ErrorCode]),
);

function codeOf(error: TRPCError): ErrorCode {
  if (error.cause instanceof AppError) return error.cause.code;
  if (MALFORMED.has(error.code)) return 'badInput';
  return byTrpcCode.get(error.code) ?? 'internal';
}
