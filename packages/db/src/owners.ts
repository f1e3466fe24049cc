/** Who owns which part of the one database: a schema and a role each; nobody reads another's (architecture, "Data"). */
export const OWNERS = ['identity', 'gate', 'pickup', 'alarm', 'drills', 'training', 'ledger'] as const;
export type Owner = (typeof OWNERS)[number];

/** A value for every owner: a password, an address. */
export const forEachOwner = <T>(make: (owner: Owner) => T): Record<Owner, T> =>
  Object.fromEntries(OWNERS.map((owner) => [owner, make(owner)])) as Record<Owner, T>;

export const roleOf = (owner: Owner): string => `anyuan_${owner}`;

/** The address that an owner's service is given: the server of `adminUrl`, signed in as the owner's own role. */
export function urlOf(adminUrl: string, owner: Owner, password: string): string {
  const url = new URL(adminUrl);
  url.username = roleOf(owner);
  url.password = encodeURIComponent(password);
  return url.href;
}
