/** Who owns which part of the one database: a schema and a role each; nobody reads another's (architecture, "Data"). */
export const OWNERS = ['identity', 'gate', 'pickup', 'alarm'] as const;
export type Owner = (typeof OWNERS)[number];

export const roleOf = (owner: Owner): string => `anyuan_${owner}`;

/** The address that an owner's service is given: the server of `adminUrl`, signed in as the owner's own role. */
export function urlOf(adminUrl: string, owner: Owner, password: string): string {
  const url = new URL(adminUrl);
  url.username = roleOf(owner);
  url.password = encodeURIComponent(password);
  return url.href;
}
