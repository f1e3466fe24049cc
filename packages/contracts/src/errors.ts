/**
 * What can go wrong, as one closed union. A code decides the HTTP status, the tRPC code, the log level and the key of
 * the text in the catalogue; clients show text by code and never the server's message. Expected refusals (card not on
 * the list, gate closed) are results of a command and not errors.
 */
export const ERROR_CODES = [
  'badInput',
  'notSignedIn',
  'forbidden',
  'notFound',
  'conflict',
  'tooLarge',
  'tooMany',
  'notKept',
  'unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

export type TrpcCode =
  | 'BAD_REQUEST'
  | 'UNAUTHORIZED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CONFLICT'
  | 'PAYLOAD_TOO_LARGE'
  | 'TOO_MANY_REQUESTS'
  | 'SERVICE_UNAVAILABLE'
  | 'INTERNAL_SERVER_ERROR';

export const errorTable = {
  badInput: { status: 400, trpc: 'BAD_REQUEST', level: 'info' },
  notSignedIn: { status: 401, trpc: 'UNAUTHORIZED', level: 'info' },
  forbidden: { status: 403, trpc: 'FORBIDDEN', level: 'warn' },
  notFound: { status: 404, trpc: 'NOT_FOUND', level: 'info' },
  conflict: { status: 409, trpc: 'CONFLICT', level: 'info' },
  tooLarge: { status: 413, trpc: 'PAYLOAD_TOO_LARGE', level: 'info' },
  tooMany: { status: 429, trpc: 'TOO_MANY_REQUESTS', level: 'warn' },
  /** A gate's own disk takes nothing: nothing was decided. */
  notKept: { status: 507, trpc: 'SERVICE_UNAVAILABLE', level: 'error' },
  unavailable: { status: 503, trpc: 'SERVICE_UNAVAILABLE', level: 'warn' },
  internal: { status: 500, trpc: 'INTERNAL_SERVER_ERROR', level: 'error' },
} as const satisfies Record<ErrorCode, { status: number; trpc: TrpcCode; level: string }>;

/** The one error that crosses a service's edge. `detail` is for the log and must hold no personal data. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  constructor(code: ErrorCode, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}
