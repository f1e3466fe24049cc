/**
 * Signed lists (H1): what a gate decides by while its owner is away.
 *
 * The owner keeps two entries in the KV bucket: the gzipped body, named by its hash, and a small signed head that says
 * which body counts and when the owner last vouched for it. `asOf` is a claim: a head is renewed only after the owner's
 * database has just answered with the same version, so a list ages while either of them is away. Body first, then head,
 * then the body before is purged: whoever reads a head finds its body.
 *
 * Two instances of an owner may publish at once: each head is written against the revision that was read, and an older
 * version never replaces a newer one. If the bucket holds a newer version than the database (a restored backup), nothing
 * is published and `failure` says so until the list changes again; versions are therefore made of time.
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import { LISTS_BUCKET, ListHead, type ListName, listBodyKey, listHeadKey, SignedHead } from '@anyuan/contracts';
import { type KV, type KvEntry, Kvm } from '@nats-io/kv';
import type { Bus } from './bus.ts';

const compress = promisify(gzip);
/** A body that unpacks to more than this is no list. */
const MAX_BODY = 64 * 1024 * 1024;

export interface ListPublisherOptions {
  bus: Bus;
  school: string;
  list: ListName;
  /** Ed25519, PEM (PKCS 8). */
  privateKey: string;
  /** What the database says now. Cheap: it is asked every `checkMs`. */
  version(): Promise<number>;
  /** Version and body of one moment. */
  load(): Promise<{ version: number; body: unknown }>;
  clock?: { now(): number };
  everyMs?: number;
  checkMs?: number;
  /** Changes this close together go out as one. */
  coalesceMs?: number;
  onError?: (error: unknown) => void;
}

export interface ListPublisher {
  /** Why the gates' copies are growing old; undefined while all goes well. */
  readonly failure: unknown;
  /** Something was committed: look soon. */
  changed(): void;
  /** Resolves when a head that was written after this call, with what the database holds, stands on the bus. */
  publishNow(): Promise<void>;
  stop(): Promise<void>;
}

export function startListPublisher(options: ListPublisherOptions): ListPublisher {
  const { bus, school, list, clock = Date, everyMs = 10_000, checkMs = 1_000, coalesceMs = 100 } = options;
  const key = createPrivateKey(options.privateKey);
  const ownKey = createPublicKey(options.privateKey);
  let bucket: KV | undefined;
  let published: { version: number; sha256: string; at: number } | undefined;
  let failure: unknown;
  let working: Promise<void> = Promise.resolve();
  let stopped = false;
  let soon: NodeJS.Timeout | undefined;

  /** One after the other, so that this process never races itself. */
  function look(force = false): Promise<void> {
    const next = working.then(() => refresh(force));
    working = next.catch((error) => {
      if (failure === undefined) options.onError?.(error);
      failure = error;
    });
    return next;
  }

  async function refresh(force: boolean): Promise<void> {
    const now = clock.now();
    const version = await options.version();
    const due = !published || now - published.at >= everyMs || now < published.at;
    if (!force && !due && version === published?.version) return;
    if (!bus.connected) throw new Error('the bus is away');
    bucket ??= await new Kvm(bus.js).open(LISTS_BUCKET);
    const entry = await bucket.get(listHeadKey(list));
    const standing = entry?.operation === 'PUT' ? readSignedHead(json(entry.string()), ownKey) : undefined;
    const same = published && published.version === version && standing?.sha256 === published.sha256;
    const next = same && published ? published : await putBody(bucket, standing);
    if (standing && standing.version > next.version)
      throw new Error(`the bucket holds a newer list (${standing.version})`);
    const head: ListHead = {
      list,
      school,
      version: next.version,
      asOf: new Date(now).toISOString(),
      sha256: next.sha256,
    };
    await putHead(bucket, entry, signHead(head, key));
    if (standing && standing.sha256 !== head.sha256) await bucket.purge(listBodyKey(list, standing.sha256));
    published = { version: head.version, sha256: head.sha256, at: now };
    failure = undefined;
  }

  async function putBody(kv: KV, standing: ListHead | undefined): Promise<{ version: number; sha256: string }> {
    const { version, body } = await options.load();
    const packed = await compress(JSON.stringify(body));
    const sha256 = createHash('sha256').update(packed).digest('hex');
    if (standing?.sha256 !== sha256) await kv.put(listBodyKey(list, sha256), packed);
    return { version, sha256 };
  }

  const putHead = (kv: KV, entry: KvEntry | null, signed: SignedHead) => {
    const text = JSON.stringify(signed);
    return entry ? kv.update(listHeadKey(list), text, entry.revision) : kv.create(listHeadKey(list), text);
  };

  const ticking = setInterval(() => void look().catch(() => {}), checkMs);
  void look().catch(() => {});

  return {
    get failure() {
      return failure;
    },
    changed() {
      if (stopped) return;
      soon ??= setTimeout(() => {
        soon = undefined;
        void look().catch(() => {});
      }, coalesceMs);
    },
    publishNow: () => look(true),
    async stop() {
      stopped = true;
      clearInterval(ticking);
      clearTimeout(soon);
      await working;
    },
  };
}

export function signHead(head: ListHead, key: KeyObject): SignedHead {
  const text = JSON.stringify(head);
  return { head: text, signature: sign(null, Buffer.from(text), key).toString('base64url') };
}

/** The head, if the owner signed it; undefined for anything else. @param publicKey Ed25519, PEM (SPKI) or a key object */
export function readSignedHead(signed: unknown, publicKey: string | KeyObject): ListHead | undefined {
  const given = SignedHead.safeParse(signed);
  if (!given.success) return undefined;
  const { head, signature } = given.data;
  const key = typeof publicKey === 'string' ? createPublicKey(publicKey) : publicKey;
  const genuine = verify(null, Buffer.from(head), key, Buffer.from(signature, 'base64url'));
  return genuine ? ListHead.safeParse(json(head)).data : undefined;
}

/** What a body holds, as JSON, if it is the one that the head names and is whole; undefined else. */
export function verifyBody(head: ListHead, packed: Uint8Array): unknown {
  if (createHash('sha256').update(packed).digest('hex') !== head.sha256) return undefined;
  try {
    return JSON.parse(gunzipSync(packed, { maxOutputLength: MAX_BODY }).toString('utf8'));
  } catch {
    return undefined;
  }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
