/**
 * Sign-in of the school's people: better-auth over the owner `identity`, argon2id, sessions of eight hours.
 *
 * A wrong name and a wrong password look and take the same. Tries are slowed per address and per name and address, so
 * that guessing is hopeless while the person at his own desk is never locked out (ASVS 5.0, level 2). Nobody signs up.
 */
import { newId, type PersonActor, Role } from '@anyuan/contracts';
import { hashPassword, passwordHolds } from '@anyuan/service';
import { betterAuth } from 'better-auth';
import { username } from 'better-auth/plugins';
import type { Kysely } from 'kysely';

const SESSION_S = 8 * 3600;
/** The session's people are read again after this; until then a console lives on while the database is away. */
const CACHED_S = 60;

export interface AuthOptions {
  // better-auth brings its own table types; the owner's rights bound what it can reach.
  db: Kysely<never>;
  secret: string;
  publicUrl: string;
  trustedOrigins: string[];
}

export type Auth = ReturnType<typeof createAuth>;

export function createAuth({ db, secret, publicUrl, trustedOrigins }: AuthOptions) {
  return betterAuth({
    database: { db: db as unknown as Kysely<Record<string, unknown>>, type: 'postgres' },
    secret,
    baseURL: publicUrl,
    basePath: '/api/auth',
    trustedOrigins,
    telemetry: { enabled: false },
    logger: { disabled: true },
    // `throttle.ts` slows guessing: it knows the name that is tried, and counts in memory of the one open port.
    rateLimit: { enabled: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      password: { hash: hashPassword, verify: ({ hash, password }) => passwordHolds(hash, password) },
    },
    session: { expiresIn: SESSION_S, updateAge: 3600, cookieCache: { enabled: true, maxAge: CACHED_S } },
    user: {
      additionalFields: {
        role: { type: 'string', required: true, input: false },
        person: { type: 'string', required: false, input: false },
      },
    },
    advanced: {
      cookiePrefix: 'anyuan',
      database: { generateId: () => newId() },
      defaultCookieAttributes: { sameSite: 'strict', httpOnly: true },
    },
    plugins: [username()],
  });
}

/** Sessions that ended here. Their signed cookies would be believed for a minute more by whoever has kept them. */
export class SignedOut {
  readonly #tokens = new Map<string, number>();

  async signOut(auth: Auth, request: Request): Promise<Response> {
    const session = await auth.api.getSession({ headers: request.headers }).catch(() => null);
    const response = await auth.handler(request);
    const now = Date.now();
    for (const [token, until] of this.#tokens) if (until < now) this.#tokens.delete(token);
    if (session) this.#tokens.set(session.session.token, now + 2 * CACHED_S * 1_000);
    return response;
  }
  has(token: string): boolean {
    return this.#tokens.has(token);
  }
}

export async function actorOf(auth: Auth, headers: Headers, ended: SignedOut): Promise<PersonActor | null> {
  const session = await auth.api.getSession({ headers });
  const role = Role.safeParse(session?.user.role);
  if (!session || !role.success || ended.has(session.session.token)) return null;
  const { id, person, name } = session.user;
  return { kind: 'person', id: person ?? id, name, role: role.data };
}

export interface NewUser {
  username: string;
  name: string;
  role: Role;
  password: string;
  /** The school's person who signs in: records then carry that id. */
  person?: string;
}

/** For seeds and the administrator's own tools. A user who exists stays as he is. */
export async function importUsers(auth: Auth, users: readonly NewUser[]): Promise<void> {
  const { internalAdapter } = await auth.$context;
  for (const { username, name, role, password, person } of users) {
    // better-auth wants an address; this domain can never receive mail (RFC 2606).
    const email = `${username}@school.invalid`;
    if (await internalAdapter.findUserByEmail(email)) continue;
    const user = await internalAdapter.createUser(
      { email, name, role, person, username, displayUsername: username, emailVerified: true },
      { method: 'admin' },
    );
    await internalAdapter.linkAccount({
      userId: user.id,
      providerId: 'credential',
      accountId: user.id,
      password: await hashPassword(password),
    });
  }
}
