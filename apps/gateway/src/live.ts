/**
 * The school's events as one stream per browser tab (SSE through tRPC's `tracked`).
 *
 * A tab that was cut off says where it stopped and goes on from there without a gap; one that missed more than is held
 * here, or met another gateway process, is told to ask again (`resync`). Each event passes only to tabs whose person may
 * see it, and is checked at the moment it is sent.
 */
import type { Bus } from '@anyuan/bus';
import {
  type Actor,
  HandOverView,
  LiveEvent,
  livePermission,
  maySeeIncident,
  newId,
  permissionsOf,
  subjects,
  VisitView,
  WatchHitEvent,
} from '@anyuan/contracts';
import type { Log } from '@anyuan/service';

const HELD = 2_000;
const TICK_MS = 2_000;
/** The alarm service says its state every 2 s (architecture, subjects): three are missing. */
const ALARMS_SILENT_MS = 8_000;

interface Held {
  n: number;
  event: LiveEvent;
}

export class Live {
  readonly #run = newId().slice(-12);
  #count = 0;
  #held: Held[] = [];
  readonly #wakers = new Set<() => void>();
  #ends: (() => void)[] = [];
  #alarmsHeard = Date.now();
  readonly #log: Log;

  constructor(log: Log) {
    this.#log = log;
  }

  start(bus: Bus, school: string): void {
    const decode = (data: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(data));
    this.#ends = [
      bus.subscribe(subjects.eventsOf(school, '*'), (m) => {
        const event = eventOf(m.subject, decode(m.data));
        if (event) this.#tell(event);
      }),
      bus.subscribe(subjects.live(school, '*'), (m) => {
        const parsed = LiveEvent.safeParse(decode(m.data));
        if (parsed.success) this.#tell(parsed.data);
        else this.#log.warn({ subject: m.subject }, 'not understood');
      }),
      bus.subscribe(subjects.alarmStateAny(school), () => {
        this.#alarmsHeard = Date.now();
      }),
      // What passed while the bus was away is not known here: everybody asks again.
      bus.onChange((up) => up && this.#tell({ type: 'resync' })),
    ];
    this.#alarmsHeard = Date.now();
    const timer = setInterval(() => this.#tick(), TICK_MS);
    this.#ends.push(() => clearInterval(timer));
  }

  stop(): void {
    for (const end of this.#ends) end();
    for (const wake of this.#wakers) wake();
  }

  #tick(): void {
    const now = Date.now();
    const alarms = now - this.#alarmsHeard <= ALARMS_SILENT_MS;
    this.#tell({ type: 'tick', at: new Date(now).toISOString(), alarms });
  }

  #tell(event: LiveEvent): void {
    // A tick says "now"; kept ticks would only push real events out.
    this.#held = this.#held.filter((h) => h.event.type !== 'tick').slice(-HELD);
    this.#held.push({ n: ++this.#count, event });
    for (const wake of this.#wakers) wake();
  }

  async *listen(
    lastId: string | undefined,
    actor: Actor,
    signal: AbortSignal,
  ): AsyncGenerator<{ id: string; event: LiveEvent }> {
    const [run, seen] = lastId?.split('.') ?? [];
    let next = run === this.#run ? Number(seen) : this.#count;
    const oldest = this.#held[0]?.n ?? this.#count;
    if (lastId && (run !== this.#run || !Number.isInteger(next) || (next < oldest - 1 && this.#held.length >= HELD))) {
      next = this.#count;
      yield { id: `${this.#run}.${next}`, event: { type: 'resync' } };
    }
    while (!signal.aborted) {
      for (const { n, event } of this.#held.filter((h) => h.n > next)) {
        next = n;
        if (maySee(actor, event)) yield { id: `${this.#run}.${n}`, event };
      }
      if (this.#count === next) await this.#woken(signal);
    }
  }

  #woken(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#wakers.delete(done);
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#wakers.add(done);
      signal.addEventListener('abort', done);
    });
  }
}

function maySee(actor: Actor, event: LiveEvent): boolean {
  const permission = livePermission[event.type];
  if (permission !== null && !permissionsOf(actor).includes(permission)) return false;
  if (event.type === 'watchHit') return actor.kind === 'person' && event.hit.people.includes(actor.id);
  return event.type !== 'incident' || maySeeIncident(actor, event.incident);
}

const patrolEntities = new Set(['post', 'route', 'signIn', 'patrol']);

/** `school.s.event.gate.visit.admitted` → what a screen shows. */
function eventOf(subject: string, data: unknown): LiveEvent | undefined {
  const [, , , service, entity] = subject.split('.');
  if (service === 'gate' && entity === 'visit') {
    const visit = VisitView.safeParse(data);
    return visit.success ? { type: 'visit', visit: visit.data } : undefined;
  }
  if (service === 'gate' && entity === 'question') return { type: 'hostQuestions' };
  if (service === 'gate' && entity === 'siteRoll') return { type: 'siteRoll' };
  if (service === 'gate' && entity === 'booking') return { type: 'bookings' };
  if (service === 'gate' && entity === 'contradiction') return { type: 'contradictions' };
  if (service === 'gate' && entity === 'watchHit') {
    const hit = WatchHitEvent.safeParse(data);
    return hit.success ? { type: 'watchHit', hit: hit.data } : undefined;
  }
  if (service === 'gate' && entity === 'shift') return { type: 'shifts' };
  if (service === 'gate' && entity === 'facility') return { type: 'facilities' };
  if (service === 'pickup' && entity === 'handOver') {
    const handOver = HandOverView.safeParse(data);
    return handOver.success ? { type: 'handOver', handOver: handOver.data } : undefined;
  }
  if (service === 'drills') return { type: patrolEntities.has(entity ?? '') ? 'patrols' : 'drills' };
  if (service === 'training') return { type: 'training' };
  if (service === 'ledger') return { type: 'hazards' };
  return service === 'pickup' && entity === 'card' ? { type: 'cards' } : undefined;
}
