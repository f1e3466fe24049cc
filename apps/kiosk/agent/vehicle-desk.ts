/**
 * Vehicles at this gate (A2). Promise: a pass is on disk before the screen is answered, then offered to `gate` at least once.
 * What is inside is the owner's word with what it has not heard from here, kept over a restart; while the owner is away this
 * gate goes on with what it knows, and own vehicles and expected deliveries come from the signed list.
 */
import {
  type GoodsDelivery,
  type GuardReason,
  type LogVehicle,
  newId,
  type PassOutcome,
  type PersonRef,
  Plate,
  type VehicleAs,
  type VehicleDoubt,
  type VehicleFound,
  type VehicleInside,
  type VisitView,
} from '@anyuan/contracts';
import { type Clock, iso } from '@anyuan/service';
import type { Journal } from './journal.ts';
import type { PermitIndex } from './permit-decision.ts';
import type { Sender } from './sender.ts';
import {
  deliveryDoubt,
  expectedNow,
  insideAfter,
  judgeVehicle,
  type KnownVehicles,
  matching,
} from './vehicle-decision.ts';

const KNOWN = 'vehicles';
const REGIONS = 'vehicles.regions';
const OWNER_MS = 1_500;
const SHOWN_REGIONS = 3;

interface Own {
  command: LogVehicle;
  label: string | null;
}

export interface VehicleDeskDeps {
  gate: string;
  journal: Journal;
  sender: Pick<Sender, 'now'>;
  clock: Clock;
  ask(): Promise<VehicleInside[]>;
  index(): PermitIndex | undefined;
  listAsOf(): string | null;
  visits(): readonly VisitView[];
  offline(): boolean;
  duty(): PersonRef;
}

export interface VehicleBoard {
  /** The school's own province and office first, then those typed last: 京A. */
  regions: string[];
  inside: VehicleInside[];
  expected: (GoodsDelivery & { doubt: VehicleDoubt | null })[];
}

export class VehicleDesk {
  readonly #d: VehicleDeskDeps;
  #told: VehicleInside[];
  #own: Own[];

  constructor(deps: VehicleDeskDeps) {
    this.#d = deps;
    const kept = deps.journal.get<{ told: VehicleInside[]; own: Own[] }>(KNOWN);
    this.#told = kept?.told ?? [];
    this.#own = kept?.own ?? [];
  }

  board(): VehicleBoard {
    const known = this.#known();
    return {
      regions: this.#regions(),
      inside: [...known.inside],
      expected: expectedNow(known).map((d) => ({ ...d, doubt: deliveryDoubt(d, known.now) })),
    };
  }

  /** For what is typed so far; `exact` once that is a plate. */
  find(typed: string): { matches: VehicleFound[]; exact: VehicleFound | null } {
    const known = this.#known();
    const whole = Plate.safeParse(typed);
    const exact = whole.success ? judgeVehicle(known, whole.data) : null;
    return { matches: matching(known, typed).filter(({ plate }) => plate !== exact?.plate), exact };
  }

  async log(input: {
    plate: string;
    outcome: PassOutcome;
    by: VehicleAs;
    reason: GuardReason | null;
  }): Promise<{ id: string; synced: boolean }> {
    const { gate, journal, sender, clock, duty, offline, listAsOf } = this.#d;
    const now = clock.now();
    const plate = Plate.parse(input.plate);
    const { label, doubt } = judgeVehicle(this.#known(), plate, input.by);
    const command: LogVehicle = {
      ...{ pass: newId(now), plate, outcome: input.outcome, by: input.by, reason: input.reason },
      doubt: input.outcome === 'out' ? null : doubt,
      decision: { gate, guard: duty(), at: iso(now), offline: offline() },
      listAsOf: listAsOf(),
    };
    journal.together(() => {
      journal.keep('vehicle', command.pass, command, now, true);
      const before = this.#own;
      journal.ifLost(() => {
        this.#own = before;
      });
      this.#own = [...before, { command, label }];
      this.#save();
      this.#remember(plate);
    });
    return { id: command.pass, synced: (await sender.now(command.pass, OWNER_MS)) !== undefined };
  }

  /** The owner's word; what it had not received when it was asked stays beside it. */
  async refresh(): Promise<void> {
    const { journal, ask } = this.#d;
    const waiting = new Set(journal.pendingIds(['vehicle']));
    const received = new Set(this.#own.map(({ command }) => command.pass).filter((pass) => !waiting.has(pass)));
    const told = await ask().catch(() => undefined);
    if (!told) return;
    this.#told = told;
    this.#own = this.#own.filter(({ command }) => !received.has(command.pass));
    this.#save();
  }

  #known(): KnownVehicles {
    const { gate, clock, index, visits } = this.#d;
    const inside = insideAfter(this.#told, this.#own);
    return { index: index(), inside, visits: visits(), gate, now: clock.now() };
  }

  /** The school's own region is that of most of its vehicles: nobody has to set it. */
  #regions(): string[] {
    const own = [...(this.#d.index()?.byPlate.keys() ?? [])].map((plate) => plate.slice(0, 2));
    const counted = Map.groupBy(own, (region) => region);
    const home = [...counted].sort((a, b) => b[1].length - a[1].length)[0]?.[0];
    const recent = this.#d.journal.get<string[]>(REGIONS) ?? [];
    return [...new Set([...(home ? [home] : []), ...recent])].slice(0, SHOWN_REGIONS);
  }

  #remember(plate: string): void {
    if (!/^\p{Script=Han}[A-Z]/u.test(plate)) return;
    const before = this.#d.journal.get<string[]>(REGIONS) ?? [];
    const regions = [...new Set([plate.slice(0, 2), ...before])].slice(0, SHOWN_REGIONS);
    this.#d.journal.remember({ [REGIONS]: regions });
  }

  #save(): void {
    this.#d.journal.remember({ [KNOWN]: { told: this.#told, own: this.#own } });
  }
}
