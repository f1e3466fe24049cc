/**
 * The proof of deletion as a chain: each link names what is gone and holds the hash of the link before, so that none can be
 * changed, taken out or put in between without breaking every later one (H15). Pure; the database adds rows and nothing else.
 *
 * What it can't show by itself is a cut at its end: therefore each new head is also told to the bus, whose stream holds it
 * apart from this database.
 */
import { createHash } from 'node:crypto';
import type { DeletionProof, ProofState } from '@anyuan/contracts';

export type Deleted = Omit<DeletionProof, 'seq' | 'previous' | 'hash'>;

export const BEGINNING = '0'.repeat(64);

export function linkAfter(last: Pick<DeletionProof, 'seq' | 'hash'> | undefined, deleted: Deleted): DeletionProof {
  const link = { ...deleted, seq: (last?.seq ?? 0) + 1, previous: last?.hash ?? BEGINNING };
  return { ...link, hash: hashOf(link) };
}

/** In this order and as JSON, so that no two links read the same. */
const hashOf = (link: Omit<DeletionProof, 'hash'>): string => {
  const { seq, at, class: kind, count, from, to, why, days, digest, previous } = link;
  const text = JSON.stringify([seq, at, kind, count, from, to, why, days, digest, previous]);
  return createHash('sha256').update(text, 'utf8').digest('hex');
};

/** @param links from the first on */
export function verified(links: readonly DeletionProof[]): ProofState {
  let previous = BEGINNING;
  for (const [at, link] of links.entries()) {
    if (link.seq !== at + 1 || link.previous !== previous || link.hash !== hashOf(link))
      return { state: 'broken', seq: at + 1 };
    previous = link.hash;
  }
  return { state: 'whole', links: links.length, head: previous };
}
