/**
 * The lists this gate decides by. Fed from the bus, kept on disk, believed only with their owner's signature, never
 * exchanged for an older one. `asOf` is signed, so "how old is what I know" holds off line too (H1, H2).
 */
import { type Bus, followList, readSignedHead, verifyBody } from '@anyuan/bus';
import type { ListHead, ListName, SignedHead } from '@anyuan/contracts';
import type { Log } from '@anyuan/service';
import type { ZodType } from 'zod';
import type { Journal } from './journal.ts';

export type ListFault = 'badSignature' | 'older' | 'damaged';

export interface KeptList<T> {
  readonly name: ListName;
  value: T | undefined;
  head: ListHead | undefined;
  fault: ListFault | null;
}

export interface ListSource<T> {
  name: ListName;
  publicKey: string;
  schema: ZodType<T>;
  onChange(list: KeptList<T>): void;
}

/** Loads what is on disk at once; `follow` then keeps it current while the bus is there. */
export function keepList<T>(source: ListSource<T>, deps: { school: string; journal: Journal; log: Log }) {
  const list: KeptList<T> = { name: source.name, value: undefined, head: undefined, fault: null };
  const diskKey = `list.${source.name}`;

  function reject(fault: ListFault): void {
    list.fault = fault;
    deps.log.error({ list: source.name, fault }, 'a list was refused');
    source.onChange(list);
  }

  function take(signed: SignedHead, body: Uint8Array | undefined): 'ok' | 'wantsBody' | 'refused' {
    const head = readSignedHead(signed, source.publicKey);
    if (!head || head.list !== source.name || head.school !== deps.school) {
      reject('badSignature');
      return 'refused';
    }
    if (list.head && (head.version < list.head.version || head.asOf < list.head.asOf)) {
      if (head.version < list.head.version) reject('older');
      return 'refused';
    }
    if (head.sha256 !== list.head?.sha256 || list.value === undefined) {
      if (!body) return 'wantsBody';
      const json = verifyBody(head, body);
      const parsed = json === undefined ? undefined : source.schema.safeParse(json);
      if (!parsed?.success) {
        reject('damaged');
        return 'refused';
      }
      list.value = parsed.data;
    }
    list.head = head;
    list.fault = null;
    // A disk that takes nothing must not keep a lost card alive: the list holds from now on, and is kept when there is room.
    // Head and body together, or a power cut between them would leave a pair that does not fit.
    deps.journal.remember({
      [`${diskKey}.head`]: signed,
      ...(body ? { [`${diskKey}.body`]: Buffer.from(body).toString('base64') } : {}),
    });
    source.onChange(list);
    return 'ok';
  }

  const signed = deps.journal.get<SignedHead>(`${diskKey}.head`);
  const body = deps.journal.get<string>(`${diskKey}.body`);
  if (signed && body) take(signed, Buffer.from(body, 'base64'));

  const follow = (bus: Bus): (() => void) =>
    followList(
      bus,
      source.name,
      async (signed, body) => {
        if (take(signed, undefined) !== 'wantsBody') return;
        const head = readSignedHead(signed, source.publicKey);
        const bytes = head && (await body(head.sha256));
        if (bytes) take(signed, bytes);
      },
      (error) => deps.log.warn({ list: source.name, error }, 'the list waits for the bus'),
    );

  return { list, follow };
}
