import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GoodsDelivery, newId, type PermitEntry, type VehicleInside, type VisitView } from '@anyuan/contracts';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Journal, openJournal } from './journal.ts';
import { indexPermits } from './permit-decision.ts';
import { VehicleDesk } from './vehicle-desk.ts';

const at = (time: string) => Date.parse(`2026-11-23T${time}:00+08:00`);
const permit = (name: string, plates: string[], more: Partial<PermitEntry> = {}): PermitEntry => ({
  ...{ permit: newId(), kind: 'staff', name, firm: '', cardHash: null, cardLast4: null, plates, suspended: null },
  ...{ validFrom: '2026-01-01', validTo: '2026-12-31', days: [1, 2, 3, 4, 5], from: '06:30', to: '18:00', gates: [] },
  ...more,
});
const milk: GoodsDelivery = {
  ...{ delivery: newId(), supplier: '青禾乳业', goods: '学生奶', plate: '京A66666' },
  ...{ date: '2026-11-23', from: '10:00', to: '11:00' },
};
const inside = (plate: string, since: string): VehicleInside => ({
  ...{ pass: newId(), plate, kind: 'other', label: null, gate: 'west', since: new Date(at(since)).toISOString() },
});

let dir: string;
let journal: Journal;
let now: number;
let told: VehicleInside[] | null;
let permits: PermitEntry[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'anyuan-vehicle-'));
  journal = openJournal(dir, 'ab'.repeat(32));
  now = at('08:00');
  told = [];
  permits = [permit('刘芳', ['京A83615', '京AD08321']), permit('何静', ['冀R83X52']), permit('校车', ['京A10001'])];
});
afterEach(() => {
  journal.close();
  rmSync(dir, { recursive: true });
});

const visit = { visit: newId(), name: '张伟明' } as VisitView;
const desk = () =>
  new VehicleDesk({
    ...{ gate: 'main', journal, clock: { now: () => now }, sender: { now: async () => undefined } },
    ask: async () => {
      if (!told) throw new Error('away');
      return told;
    },
    index: () => indexPermits({ permits, deliveries: [milk] }),
    listAsOf: () => null,
    visits: () => [visit],
    offline: () => told === null,
    duty: () => ({ id: 's-wang', name: '王建国' }),
  });
const other = { as: 'other' } as const;
const plates = (d: VehicleDesk) => d.board().inside.map(({ plate }) => plate);

describe('what is typed', () => {
  it('finds known plates after two signs: as typed first, then of other regions', () => {
    const { matches, exact } = desk().find('京A83');
    expect(matches.map(({ plate }) => plate)).toEqual(['京A83615', '冀R83X52', '京AD08321']);
    expect(exact).toBeNull();
    expect(
      desk()
        .find('京A08')
        .matches.map(({ plate }) => plate),
    ).toEqual(['京AD08321']);
  });

  it('before two signs: what came in last, since it goes out', async () => {
    told = [inside('京N11111', '07:00'), inside('京N22222', '07:30')];
    const d = desk();
    await d.refresh();
    expect(d.find('京A').matches.map(({ plate }) => plate)).toEqual(['京N22222', '京N11111']);
  });

  it('is judged once it is a plate, whatever its dots and width', () => {
    expect(desk().find('京ａ·83615').exact).toMatchObject({
      plate: '京A83615',
      kind: 'own',
      label: '刘芳',
      doubt: null,
    });
    expect(desk().find('沪B12345').exact).toMatchObject({ kind: 'other', doubt: 'unknown' });
    expect(desk().find("京A';--").exact).toBeNull();
  });

  it('the school’s own region is that of most of its plates; one typed lately follows', async () => {
    expect(desk().board().regions).toEqual(['京A']);
    await desk().log({ plate: '津C12345', outcome: 'in', by: other, reason: 'dropOff' });
    expect(desk().board().regions).toEqual(['京A', '津C']);
  });
});

describe('what speaks against it', () => {
  it.each<[string, string | null]>([
    ['09:59', 'early'],
    ['10:00', null],
    ['11:00', null],
    ['11:01', 'late'],
  ])('a delivery expected from 10 to 11 at %s: %s', (time, doubt) => {
    now = at(time);
    expect(desk().find('京A66666').exact).toMatchObject({ kind: 'delivery', label: '青禾乳业', doubt });
  });

  it('a suspended permit says why; the guard’s reason is recorded with the doubt', async () => {
    permits = [permit('何静', ['冀R83X52'], { suspended: { at: '', reason: '合同到期' } })];
    const found = desk().find('冀R83X52').exact;
    expect(found).toMatchObject({ doubt: 'suspended', detail: '合同到期' });
    const by = found?.by ?? other;
    await desk().log({ plate: '冀R83X52', outcome: 'in', by, reason: 'leaderAllowed' });
    expect(journal.pending(['vehicle'], 5)).toMatchObject([
      { body: { doubt: 'suspended', reason: 'leaderAllowed', by } },
    ]);
  });

  it('a visitor’s own is nobody’s doubt', async () => {
    await desk().log({ plate: '京N12345', outcome: 'in', by: { as: 'visitor', visit: visit.visit }, reason: null });
    expect(journal.pending(['vehicle'], 5)).toMatchObject([{ body: { doubt: null } }]);
    expect(desk().board().inside).toMatchObject([{ kind: 'visitor', label: '张伟明' }]);
  });
});

describe('what is inside', () => {
  it('is kept over a restart while the owner is away, and goes out again', async () => {
    told = null;
    const first = desk();
    expect(await first.log({ plate: '京A12345', outcome: 'in', by: other, reason: 'dropOff' })).toMatchObject({
      synced: false,
    });
    expect(plates(desk())).toEqual(['京A12345']);
    now += 60_000;
    await desk().log({ plate: '京A12345', outcome: 'out', by: other, reason: null });
    expect(plates(desk())).toEqual([]);
  });

  it('is the owner’s word, with what it has not heard from here', async () => {
    told = [inside('京N11111', '07:00'), inside('京N22222', '07:30')];
    const d = desk();
    await d.refresh();
    await d.log({ plate: '京N11111', outcome: 'out', by: other, reason: null });
    await d.refresh();
    expect(plates(d)).toEqual(['京N22222']);
    // The owner has it now, and another gate let the vehicle in since.
    for (const { id } of journal.pending(['vehicle'], 5)) journal.sent(id);
    told = [inside('京N22222', '07:30'), inside('京N11111', '08:30')];
    await d.refresh();
    expect(plates(d)).toEqual(['京N22222', '京N11111']);
  });

  it('out of what was never in is kept, and changes nothing inside', async () => {
    await desk().log({ plate: '京A99999', outcome: 'out', by: other, reason: null });
    expect(plates(desk())).toEqual([]);
    expect(journal.pending(['vehicle'], 5)).toHaveLength(1);
  });
});
