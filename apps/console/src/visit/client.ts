/**
 * What the visitor's page asks of the school, without sign-in. Every call rejects with an `AppError`; what was typed stays on
 * the page, so that nothing is lost when nobody answers.
 */
import { AppError, Applied, type ApplyForVisit, ERROR_CODES, VisitorsBooking } from '@anyuan/contracts';

/** Which fields the school could not read. */
export class BadFields extends AppError {
  readonly fields: readonly string[];
  constructor(fields: readonly string[]) {
    super('badInput', 'fields');
    this.fields = fields;
  }
}

export interface VisitClient {
  /** The school's name; empty when nobody answers. */
  school(): Promise<string>;
  apply(application: ApplyForVisit): Promise<Applied>;
  look(token: string): Promise<VisitorsBooking>;
}

const TIMEOUT_MS = 10_000;

async function asked(path: string, init: RequestInit = {}): Promise<unknown> {
  const response = await fetch(path, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) }).catch(() => null);
  if (!response) throw new AppError('unavailable', 'not answered');
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return body;
  const told = Object(body);
  if (Array.isArray(told.fields)) throw new BadFields(told.fields.map(String));
  throw new AppError(ERROR_CODES.find((code) => code === told.code) ?? 'unavailable', 'refused');
}

export const visitClient: VisitClient = {
  school: () =>
    asked('/api/trpc/me').then(
      (answer) => String(Object(Object(Object(Object(answer).result).data).school).name ?? ''),
      () => '',
    ),
  apply: async (application) =>
    Applied.parse(
      await asked('/api/visit', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(application),
      }),
    ),
  look: async (token) => VisitorsBooking.parse(await asked(`/api/visit/${token}`)),
};
