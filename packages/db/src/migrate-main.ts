/** `node packages/db/src/migrate-main.ts`: ADMIN_DATABASE_URL, and ROLE_PASSWORDS as JSON, a password per owner. */
import { migrate } from './migrate.ts';
import { forEachOwner, type Owner } from './owners.ts';

function settings(env: NodeJS.ProcessEnv): { adminUrl: string; passwords: Record<Owner, string> } {
  const adminUrl = env.ADMIN_DATABASE_URL;
  if (!adminUrl) throw new Error('ADMIN_DATABASE_URL is missing');
  const given: unknown = JSON.parse(env.ROLE_PASSWORDS ?? '{}');
  const passwordOf = (owner: Owner) => {
    const password = typeof given === 'object' && given !== null ? Reflect.get(given, owner) : undefined;
    if (typeof password !== 'string' || password === '') throw new Error(`ROLE_PASSWORDS has no password for ${owner}`);
    return password;
  };
  return { adminUrl, passwords: forEachOwner(passwordOf) };
}

await migrate(settings(process.env));
