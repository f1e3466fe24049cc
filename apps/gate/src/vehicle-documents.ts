/**
 * The register of vehicles 车辆出入登记表 (A2), on A4 across and as a sheet: a line for each stay, with when and where it came in and
 * went out. An entry without an exit, or the other way round, stands as what it is; whoever was turned back has his line too.
 */
import { type PassOutcome, type PersonRef, schoolDate, shownPlate, type VehicleKind } from '@anyuan/contracts';
import type { GateTables } from '@anyuan/db';
import type { PrintedDocument, WrittenSheet } from '@anyuan/service/documents';
import { type Catalogue, clock } from '@anyuan/ui/text';
import { type Kysely, sql } from 'kysely';
import type { RegisterPrinting } from './register-documents.ts';

interface Moment {
  at: Date;
  /** As people call it. */
  gate: string;
}
export interface StayLine {
  plate: string;
  kind: VehicleKind;
  in: Moment | null;
  out: Moment | null;
  refused: Moment | null;
  /** Of the permit, the visitor, the supplier. */
  label: string | null;
  /** The visit's number, or the last four of the permit's card. */
  number: string | null;
  reason: string | null;
  guard: PersonRef;
  offline: boolean;
}

interface Row extends Omit<StayLine, 'in' | 'out' | 'refused' | 'guard'> {
  outcome: PassOutcome;
  at: Date;
  gate: string;
  guardId: string;
  guardName: string;
  before: PassOutcome | null;
  beforeAt: Date | null;
  beforeGate: string | null;
  after: PassOutcome | null;
  afterAt: Date | null;
  afterGate: string | null;
}

/** @param from (ms), included @param to (ms), not included; in the order of what was recorded */
export async function staysOf(db: Kysely<GateTables>, from: number, to: number, limit: number): Promise<StayLine[]> {
  const { rows } = await sql<Row>`
    with p as (
      select v.* from vehicle_passes v left join visits s on s.id = v.pass where s.status is distinct from 'undone'
    )
    select p.plate, p.kind, p.outcome, p.at, p.gate, p.guard_id as "guardId", p.guard_name as "guardName", p.offline, p.reason,
      b.outcome as before, b.at as "beforeAt", b.gate as "beforeGate",
      a.outcome as after, a.at as "afterAt", a.gate as "afterGate",
      coalesce(k.name, n.name, d.supplier) as label, coalesce(s.number, k.card_last4) as number
    from p
      left join lateral (select o.outcome, o.at, o.gate from p o where o.plate = p.plate and o.outcome <> 'refused'
        and (o.at, o.pass) < (p.at, p.pass) order by o.at desc, o.pass desc limit 1) b on p.outcome = 'out'
      left join lateral (select o.outcome, o.at, o.gate from p o where o.plate = p.plate and o.outcome <> 'refused'
        and (o.at, o.pass) > (p.at, p.pass) order by o.at, o.pass limit 1) a on p.outcome = 'in'
      left join permits k on k.id = p.permit
      left join visits s on s.id = p.visit left join visitors n on n.id = s.visitor
      left join goods_deliveries d on d.id = p.delivery
    where p.at >= ${new Date(from)} and p.at < ${new Date(to)}
      and not coalesce(p.outcome = 'out' and b.outcome = 'in' and b.at >= ${new Date(from)}, false)
    order by p.at, p.pass limit ${limit}`.execute(db);
  const named = await db.selectFrom('coverRules').select(['gate', 'name']).limit(100).execute();
  const names = new Map(named.map(({ gate, name }) => [gate, name]));
  const moment = (at: Date, gate: string): Moment => ({ at, gate: names.get(gate) ?? gate });
  return rows.map(
    ({ outcome, at, gate, guardId, guardName, before, beforeAt, beforeGate, after, afterAt, afterGate, ...row }) => {
      const here = moment(at, gate);
      const came = before === 'in' && beforeAt && beforeGate ? moment(beforeAt, beforeGate) : null;
      const went = after === 'out' && afterAt && afterGate ? moment(afterAt, afterGate) : null;
      return {
        ...{ ...row, guard: { id: guardId, name: guardName } },
        in: outcome === 'in' ? here : outcome === 'out' ? came : null,
        out: outcome === 'out' ? here : outcome === 'in' ? went : null,
        refused: outcome === 'refused' ? here : null,
      };
    },
  );
}

const WIDTHS = {
  no: 5,
  plate: 13,
  kind: 9,
  whose: 20,
  number: 12,
  inAt: 15,
  inGate: 9,
  outAt: 15,
  outGate: 9,
  guard: 10,
  remarks: 18,
};
type Column = keyof typeof WIDTHS;

const columnsOf = ({ vehicles }: Catalogue) =>
  (Object.keys(WIDTHS) as Column[]).map((key) => ({ title: vehicles.register.columns[key], width: WIDTHS[key] }));

export function vehiclePaper(
  lines: readonly StayLine[],
  { school, from, to, by, now, text }: RegisterPrinting,
): PrintedDocument {
  const { register } = text.vehicles;
  return {
    orientation: 'landscape',
    title: register.title,
    subtitles: [
      school,
      text.dayBook.register.span(from, to),
      text.print.printed(`${schoolDate(now)} ${clock(now)}`, by),
    ],
    body: [
      { kind: 'text', text: register.total(lines.length) },
      { kind: 'table', columns: columnsOf(text), rows: lines.map((line, at) => rowOf(line, at, text)) },
    ],
    signatures: text.dayBook.register.signatures,
    words: text.print.frame,
    at: now,
  };
}

export const vehicleSheet = (lines: readonly StayLine[], { text }: RegisterPrinting): WrittenSheet => ({
  name: text.vehicles.register.title,
  columns: columnsOf(text).map((column, at) => ({ ...column, type: at === 0 ? 'number' : 'text' })),
  rows: lines.map((line, at) => rowOf(line, at, text)),
});

function rowOf(line: StayLine, at: number, { vehicles, dayBook, common }: Catalogue): (string | number)[] {
  const { register } = vehicles;
  const when = (moment: Moment | null) =>
    moment ? `${schoolDate(moment.at.getTime())} ${clock(moment.at.getTime())}` : '';
  const reasons: Record<string, string> = vehicles.reason;
  const remarks = [
    line.refused ? vehicles.outcome.refused : '',
    !line.refused && !line.in ? vehicles.gap.noEntry : '',
    line.reason ? (reasons[line.reason] ?? '') : '',
    line.offline ? dayBook.register.offline : '',
  ];
  return [
    ...[at + 1, shownPlate(line.plate), vehicles.kinds[line.kind], line.label ?? '', line.number ?? ''],
    ...[when(line.in ?? line.refused), (line.in ?? line.refused)?.gate ?? ''],
    ...[line.out || line.refused ? when(line.out) : register.notOut, line.out?.gate ?? '', line.guard.name],
    remarks.filter((word) => word !== '').join(common.comma),
  ];
}
