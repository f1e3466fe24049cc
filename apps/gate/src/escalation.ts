/**
 * Who is asked by now whether a visitor may come in (G1): the host at once, his deputy when nobody has answered for a while,
 * then the duty leader. A pure function of (chain, wait, asked, now): a restart, a late look or two looks at once come to
 * the same. Whoever stands in no longer, or is the host himself, leaves no gap: the next one is asked in his place.
 */
import type { ConfirmPolicy, Host, HostQuestion, PersonRef } from '@anyuan/contracts';

export type Asked = HostQuestion['asked'][number];
type Link = Pick<Asked, 'as' | 'person'>;

/** @param person finds whoever still works here */
export function chainOf(policy: ConfirmPolicy, host: Host, person: (id: string) => PersonRef | undefined): Link[] {
  const deputy = policy.deputies.find((d) => d.host === host.id)?.deputy;
  const chain: Link[] = [{ as: 'host', person: { id: host.id, name: host.name } }];
  for (const [as, id] of [
    ['deputy', deputy],
    ['dutyLeader', policy.dutyLeader],
  ] as const) {
    const next = id ? person(id) : undefined;
    if (next && !chain.some((link) => link.person.id === next.id)) chain.push({ as, person: next });
  }
  return chain;
}

/** @returns who is asked by `now`, and when the next one will be (ms since 1970) if still nobody has answered */
export function whoIsAsked(
  chain: readonly Link[],
  waitMs: number,
  askedAt: number,
  now: number,
): { asked: Asked[]; nextAt: number | null } {
  const reached = Math.min(chain.length, 1 + Math.max(0, Math.floor((now - askedAt) / waitMs)));
  const asked = chain
    .slice(0, reached)
    .map((link, i) => ({ ...link, since: new Date(askedAt + i * waitMs).toISOString() }));
  return { asked, nextAt: reached < chain.length ? askedAt + reached * waitMs : null };
}

/** Whoever was asked once stays asked, also when the school has changed its deputies meanwhile. */
export const keepAsked = (before: readonly Asked[], now: readonly Asked[]): Asked[] => [
  ...before,
  ...now.filter(({ person }) => !before.some((b) => b.person.id === person.id)),
];
