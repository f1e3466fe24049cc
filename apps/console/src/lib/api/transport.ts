/**
 * How a question travels. Same origin, so the session cookie goes along by itself. Whatever goes wrong on the way becomes
 * an `AppError`: with the server's code when it gave one, else `unavailable`.
 */
import { AppError, ERROR_CODES, type ErrorCode } from '@anyuan/contracts';
import { httpBatchLink, TRPCClientError } from '@trpc/client';

const TIMEOUT_MS = 10_000;

/** A server that takes the call and never answers counts as away. */
export async function fetchInTime(url: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  init?.signal?.addEventListener('abort', () => abort.abort());
  try {
    return await fetch(url, { ...init, signal: abort.signal });
  } finally {
    clearTimeout(timer);
  }
}

/** A service answers in tRPC's shape; the gateway, before any service, with `{ code }` alone. */
function errorCodeOf(error: unknown): ErrorCode {
  if (!(error instanceof TRPCClientError)) return 'unavailable';
  const bare = error.meta?.responseJSON;
  const code: unknown =
    error.data?.code ?? (typeof bare === 'object' && bare !== null && 'code' in bare ? bare.code : null);
  return ERROR_CODES.find((known) => known === code) ?? 'unavailable';
}

export const overHttp = (url: string, options: { methodOverride?: 'POST' } = {}) =>
  httpBatchLink({
    ...options,
    url,
    fetch: (at, init) => fetchInTime(at, { ...init, signal: init?.signal ?? null }),
  });

export interface Caller {
  call<T>(what: Promise<T>): Promise<T>;
  /** For commands whose answer says no more than that it is done. */
  done(what: Promise<unknown>): Promise<void>;
}

/** @param onSignedOut the server no longer knows this session */
export function createCaller(onSignedOut: () => void): Caller {
  async function call<T>(what: Promise<T>): Promise<T> {
    try {
      return await what;
    } catch (error) {
      const code = errorCodeOf(error);
      if (code === 'notSignedIn') onSignedOut();
      throw new AppError(code, 'call refused');
    }
  }
  return { call, done: async (what) => void (await call(what)) };
}
