/**
 * A list that a gate decides by while the server is away (H1). Two entries of a KV bucket: a small signed head, renewed
 * every few seconds while its owner lives, and the body it names by hash. So "how old is what I know" is a signed fact,
 * and a change reaches a gate with the next head.
 */
import { z } from 'zod';
import { Instant } from './ids.ts';

export const LIST_NAMES = ['staff', 'pickup', 'bookings', 'watchlist', 'permits'] as const;
export const ListName = z.enum(LIST_NAMES);
export type ListName = z.infer<typeof ListName>;

export const ListHead = z.object({
  list: ListName,
  school: z.string(),
  /** Rises with each change; a gate never goes back. */
  version: z.number().int(),
  /** The owner vouches that the list was current at this moment. */
  asOf: Instant,
  /** SHA-256 of the gzipped body, hex. */
  sha256: z.string(),
});
export type ListHead = z.infer<typeof ListHead>;

/** `head` is the exact JSON text that was signed: Ed25519, base64url. */
export const SignedHead = z.object({ head: z.string(), signature: z.string() });
export type SignedHead = z.infer<typeof SignedHead>;

export const listHeadKey = (list: ListName): string => list;
export const listBodyKey = (list: ListName, sha256: string): string => `${list}.body.${sha256}`;
