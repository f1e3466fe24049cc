/**
 * The school's NATS identities on disk: operator, system account, school account, users (`creds/<user>.creds`) and the
 * bearer tokens of MQTT devices (`devices.json`).
 *
 * Promise: keys are made once and stay; a user's JWT stays the same while its permissions do, and is signed anew when
 * they change. The account then revokes the older one, so that a copy of it opens nothing any more.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  createAccount,
  createOperator,
  createUser,
  decode,
  encodeAccount,
  encodeOperator,
  encodeUser,
  fmtCreds,
  fromPublic,
  fromSeed,
  type KeyPair,
  type User,
} from '@nats-io/jwt';
import type { Identity } from './identities.ts';
import { keep, readIfThere, writePrivate } from './secrets.ts';

const RESPONSE_NS = 60e9;

export interface NatsAuthority {
  operatorJwt: string;
  system: { id: string; jwt: string };
  school: { id: string; jwt: string };
}

interface Minted {
  jwt: string;
  publicKey: string;
  issuedAt: number;
}

function claims(identity: Identity): Partial<User> {
  return {
    pub: identity.publish.length > 0 ? { allow: identity.publish } : { deny: ['>'] },
    sub: { allow: identity.subscribe },
    ...(identity.answers ? { resp: { max: 1, ttl: RESPONSE_NS } } : {}),
    bearer_token: identity.bearer,
    allowed_connection_types: identity.connections,
    data: -1,
    payload: -1,
    subs: -1,
  };
}

/** The JWT that stands already, if it says just what this identity may do and this account signed it. */
function stillGood(jwt: string | undefined, identity: Identity, account: KeyPair): Minted | undefined {
  if (!jwt) return undefined;
  const { nats, sub, iss, iat, name } = decode<User>(jwt);
  const { type: _type, version: _version, ...said } = nats;
  const same = JSON.stringify(sorted(said)) === JSON.stringify(sorted(claims(identity)));
  const good = same && iss === account.getPublicKey() && name === identity.user;
  return good ? { jwt, publicKey: sub, issuedAt: iat } : undefined;
}

const sorted = (record: object) => Object.entries(record).toSorted(([a], [b]) => a.localeCompare(b));

/** @param before the JWT that this one replaces: it is revoked by its second of issue, so the new one needs a later one */
async function mint(identity: Identity, user: KeyPair, account: KeyPair, before?: string): Promise<Minted> {
  const old = before ? decode(before).iat : 0;
  while (Math.floor(Date.now() / 1000) <= old) await sleep(50);
  const jwt = await encodeUser(identity.user, user, account, claims(identity));
  return { jwt, publicKey: user.getPublicKey(), issuedAt: decode(jwt).iat };
}

const seedOf = (creds: string) => /SEED-+\s*\n(\S+)/.exec(creds)?.[1];
const jwtOf = (creds: string) => /JWT-+\s*\n(\S+)/.exec(creds)?.[1];
const bytes = (text: string) => new TextEncoder().encode(text);

/** Writes `<dir>/<user>.creds` and says where it is. */
export async function mintCreds(
  identity: Identity,
  accountSeed: string,
  dir: string,
): Promise<Minted & { file: string }> {
  const account = fromSeed(bytes(accountSeed));
  const file = join(dir, `${identity.user}.creds`);
  const before = readIfThere(file) ?? '';
  const kept = stillGood(jwtOf(before), identity, account);
  if (kept) return { ...kept, file };
  const seed = seedOf(before);
  const user = seed ? fromSeed(bytes(seed)) : createUser();
  const minted = await mint(identity, user, account, jwtOf(before));
  writePrivate(file, new TextDecoder().decode(fmtCreds(minted.jwt, user)));
  return { ...minted, file };
}

/** A device's password for MQTT; `before` is the one that it has now. */
export async function mintDevice(identity: Identity, accountSeed: string, before?: string): Promise<Minted> {
  const account = fromSeed(bytes(accountSeed));
  const kept = stillGood(before, identity, account);
  if (kept) return kept;
  return mint(identity, before ? fromPublic(decode(before).sub) : createUser(), account, before);
}

const unlimited = {
  ...{ conn: -1, leaf: -1, subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true },
  ...{ disallow_bearer: false },
};
const stored = {
  ...{ mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1, max_ack_pending: -1 },
  ...{ mem_max_stream_bytes: -1, disk_max_stream_bytes: -1, max_bytes_required: false },
};

/** Makes what is missing, signs anew what has changed, and returns what nats-server needs to know. */
export async function prepareAuthority(options: {
  school: string;
  keysDir: string;
  natsDir: string;
  identities: Identity[];
  devices: Identity[];
}): Promise<NatsAuthority> {
  const { school, keysDir, natsDir, identities, devices } = options;
  const seed = (name: string, create: () => KeyPair) =>
    keep(join(keysDir, `nats-${name}.seed`), () => new TextDecoder().decode(create().getSeed()));
  const operator = fromSeed(bytes(seed('operator', createOperator)));
  const system = fromSeed(bytes(seed('system', createAccount)));
  const accountSeed = seed('account', createAccount);
  const account = fromSeed(bytes(accountSeed));

  const credsDir = join(natsDir, 'creds');
  mkdirSync(credsDir, { recursive: true, mode: 0o700 });
  const users: Minted[] = [];
  for (const identity of identities) users.push(await mintCreds(identity, accountSeed, credsDir));

  const devicesFile = join(natsDir, 'devices.json');
  const before: Record<string, string> = JSON.parse(readIfThere(devicesFile) ?? '{}');
  const tokens: Record<string, string> = {};
  for (const identity of devices) {
    const minted = await mintDevice(identity, accountSeed, before[identity.user]);
    users.push(minted);
    tokens[identity.user] = minted.jwt;
  }
  const dropped = Object.keys(before).filter((device) => !(device in tokens));
  writePrivate(devicesFile, JSON.stringify(tokens, null, 2));

  const now = Math.floor(Date.now() / 1000);
  const revocations = Object.fromEntries([
    ...users.map(({ publicKey, issuedAt }) => [publicKey, issuedAt - 1]),
    ...dropped.map((device) => [decode(before[device] ?? '').sub, now]),
  ]);
  const sign = { signer: operator };
  return {
    operatorJwt: await encodeOperator('anyuan', operator, { system_account: system.getPublicKey() }),
    system: {
      id: system.getPublicKey(),
      jwt: await encodeAccount('SYS', system, { limits: unlimited }, sign),
    },
    school: {
      id: account.getPublicKey(),
      jwt: await encodeAccount(`school-${school}`, account, { limits: { ...unlimited, ...stored }, revocations }, sign),
    },
  };
}
