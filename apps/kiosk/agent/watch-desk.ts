/**
 * The watchlist at this gate (A6, G3): whoever presents a document or is typed is compared, by keyed hashes and without any
 * network, with the signed list. What agrees is kept on disk before the guard is told, and offered to its owner.
 *
 * Promises: the guard learns what to do and never why or about whom; those who are named are told silently; nobody is let in
 * while it is not answered, except where only looking is asked for. A "no" is remembered for this person and this entry, here
 * at once and at every gate with the next list. With the server away all of it holds but the telling: the notice says so,
 * shows whom to phone, and the rest follows when the bus is back.
 */
import { createHmac } from 'node:crypto';
import {
  AppError,
  isExact,
  newId,
  type PersonRef,
  type RecordWatchAnswer,
  type RecordWatchHit,
  schoolDate,
  type VisitorIdentity,
  type WatchAnswer,
  type WatchHitEvent,
  type WatchKeys,
  type WatchList,
  type WatchNotice,
  watchKeys,
  watchPerson,
} from '@anyuan/contracts';
import { type Clock, iso, type Log } from '@anyuan/service';
import type { Journal } from './journal.ts';
import type { KeptList } from './kept-lists.ts';
import type { Sender } from './sender.ts';
import { decideWatch, type Found, indexWatch, type WatchIndex } from './watch-decision.ts';

const OWNER_MS = 1_500;
/** One coming of a person is one hit, however often he lays down his card; after this he has come again. */
const SAME_VISIT_MS = 30 * 60_000;
const CLEARED = 'watch.cleared';

export interface WatchDeskDeps {
  gate: string;
  key: Buffer;
  journal: Pick<Journal, 'keep' | 'get' | 'remember' | 'pendingIds'>;
  sender: Pick<Sender, 'now'>;
  clock: Clock;
  log: Pick<Log, 'error'>;
  offline(): boolean;
  /** Who stands there: the guard on duty, else the gate itself. */
  witness(): PersonRef;
  /** Whoever answers is a guard on duty. */
  duty(): PersonRef;
  phones(ids: readonly string[]): WatchNotice['phones'];
  raiseSilently(hit: string): void;
  tell(notice: WatchNotice): void;
}

interface Open {
  hit: string;
  found: Found;
  about: string;
  /** Of the person at the gate; a name alone has its name's hash, for this visit only. */
  who: string;
  at: number;
  told: boolean;
  raised: boolean;
  answer: WatchAnswer | null;
  by: WatchNotice['by'];
}

interface Cleared {
  entry: string;
  person: string;
  /** Of the list at that moment: a newer one knows. */
  version: number;
}

export type Shown = RecordWatchHit['shown'];

export class WatchDesk {
  readonly #d: WatchDeskDeps;
  #list: KeptList<WatchList> | undefined;
  #index: WatchIndex | undefined;
  #open: Open[] = [];
  #cleared: Cleared[];

  constructor(deps: WatchDeskDeps) {
    this.#d = deps;
    this.#cleared = deps.journal.get<Cleared[]>(CLEARED) ?? [];
  }

  take(list: KeptList<WatchList>): void {
    this.#list = list;
    if (list.value) this.#index = indexWatch(list.value);
    this.#forgetCleared();
  }

  /** Compares, keeps, tells. @returns what the guard is told; null when nobody is meant */
  check(person: VisitorIdentity, shown: Shown, about: string): WatchNotice | null {
    const keys = this.#keys(person);
    const found = this.#find(keys);
    if (!found) return null;
    const who = watchPerson(keys) ?? keys.name;
    const open = this.#standing(found, who) ?? this.#hit(found, keys, who, shown);
    open.about = about;
    return this.#say(open);
  }

  /** May this person be let in now, as far as the watchlist goes? Asked again at the very command. */
  blocks(person: VisitorIdentity): boolean {
    const keys = this.#keys(person);
    const found = this.#find(keys);
    if (!found) return false;
    const open = this.#standing(found, watchPerson(keys) ?? keys.name);
    return open ? blocksNow(open) : found.entry.action !== 'observe';
  }

  /** The guard's answer. @returns what stands now: the same notice, or the next one about the same person */
  answer(hit: string, is: WatchAnswer): WatchNotice {
    const { journal, sender, clock, gate, offline, duty } = this.#d;
    const open = this.#open.find((one) => one.hit === hit);
    if (!open) throw new AppError('notFound', 'this was answered, or is too long ago');
    const now = clock.now();
    const decision = { gate, guard: duty(), at: iso(now), offline: offline() };
    const command: RecordWatchAnswer = { answer: newId(now), hit, is, decision };
    journal.keep('watchAnswer', command.answer, command, now, true);
    void sender.now(command.answer, OWNER_MS);
    this.#settle(open, is, 'gate');
    return this.#say(open);
  }

  /** A responder has answered on the console or his phone. */
  heard({ hit, is }: WatchHitEvent): void {
    const open = this.#open.find((one) => one.hit === hit);
    if (!open || is === null || open.answer === is) return;
    this.#settle(open, is, 'responder');
    this.#say(open);
  }

  #settle(open: Open, is: WatchAnswer, by: WatchNotice['by']): void {
    open.answer = is;
    open.by = by;
    const pair = { entry: open.found.entry.entry, person: open.who };
    this.#cleared = this.#cleared.filter((c) => c.entry !== pair.entry || c.person !== pair.person);
    if (is === 'no') this.#cleared.push({ ...pair, version: this.#list?.head?.version ?? 0 });
    this.#d.journal.remember({ [CLEARED]: this.#cleared });
    if (is === 'yes') this.#raise(open);
  }

  #hit(found: Found, keys: WatchKeys, who: string, shown: Shown): Open {
    const { journal, sender, clock, gate, offline, witness, log } = this.#d;
    const now = clock.now();
    const command: RecordWatchHit = {
      hit: newId(now),
      entry: found.entry.entry,
      match: found.match,
      person: watchPerson(keys),
      shown,
      listAsOf: this.#list?.head?.asOf ?? iso(now),
      decision: { gate, guard: witness(), at: iso(now), offline: offline() },
    };
    try {
      journal.keep('watchHit', command.hit, command, now, true);
    } catch (error) {
      // A full disk must not keep the guard from learning what to do.
      log.error({ error }, 'a hit could not be kept');
    }
    const open: Open = {
      ...{ hit: command.hit, found, about: '', who, at: now, told: false, raised: false, answer: null, by: null },
    };
    this.#open = [...this.#open.filter((one) => now - one.at < SAME_VISIT_MS), open];
    if (isExact(found.match)) this.#raise(open);
    void sender.now(command.hit, OWNER_MS).then((answer) => {
      if (answer === undefined) return;
      open.told = true;
      this.#say(open);
    });
    return open;
  }

  /** A near match calls nobody to arms: it needs a person's word first. */
  #raise(open: Open): void {
    const { action } = open.found.entry;
    if (open.raised || (action !== 'refuse' && action !== 'keepWaiting')) return;
    open.raised = true;
    this.#d.raiseSilently(open.hit);
  }

  #say(open: Open): WatchNotice {
    const { entry, match } = open.found;
    const notice: WatchNotice = {
      ...{ hit: open.hit, about: open.about, exact: isExact(match), told: open.told },
      ...{ action: entry.action, instruction: entry.instruction, phones: this.#d.phones(entry.responders) },
      ...{ answer: open.answer, by: open.by, blocks: blocksNow(open) },
    };
    if (open.about) this.#d.tell(notice);
    return notice;
  }

  #standing({ entry }: Found, who: string): Open | undefined {
    const now = this.#d.clock.now();
    return this.#open.find((o) => o.found.entry.entry === entry.entry && o.who === who && now - o.at < SAME_VISIT_MS);
  }

  #find(keys: WatchKeys): Found | undefined {
    if (!this.#index) return undefined;
    const today = schoolDate(this.#d.clock.now());
    const found = decideWatch(this.#index, keys, today, (entry, person) =>
      this.#cleared.some((c) => c.entry === entry && c.person === person),
    );
    // A name alone is cleared for this visit and no longer: the next of that name may be another.
    const nameOnly = watchPerson(keys) === null;
    return found && nameOnly && this.#standing(found, keys.name)?.answer === 'no' ? undefined : found;
  }

  #keys = (person: VisitorIdentity): WatchKeys =>
    watchKeys(person, (text) => createHmac('sha256', this.#d.key).update(text, 'utf8').digest('hex'));

  /** What the owner has heard of stands in its next list; what it has not, here. */
  #forgetCleared(): void {
    const version = this.#list?.head?.version;
    if (version === undefined || this.#cleared.length === 0) return;
    if (this.#d.journal.pendingIds(['watchHit', 'watchAnswer']).length > 0) return;
    const kept = this.#cleared.filter((c) => c.version >= version);
    if (kept.length === this.#cleared.length) return;
    this.#cleared = kept;
    this.#d.journal.remember({ [CLEARED]: kept });
  }
}

function blocksNow({ found, answer }: Pick<Open, 'found' | 'answer'>): boolean {
  const { action } = found.entry;
  if (action === 'observe' || answer === 'no') return false;
  return !(answer === 'yes' && action === 'accompany');
}
