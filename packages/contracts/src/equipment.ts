/** Guards' equipment (E5): what is needed, what is there, what expires, and the count at each shift. Owner: `training`. */
import { z } from 'zod';
import { PersonRef } from './actors.ts';
import { CivilDate, Instant, Token, Uuid } from './ids.ts';
import { Day, ShortText } from './training-fields.ts';

/** Seven for each person on duty, and the fork of the guard room. */
export const EQUIPMENT_KINDS = ['helmet', 'shield', 'stabVest', 'gloves', 'baton', 'torch', 'spray', 'fork'] as const;
export const EquipmentKind = z.enum(EQUIPMENT_KINDS);
export type EquipmentKind = z.infer<typeof EquipmentKind>;

export const EquipmentPlace = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('guardRoom'), gate: Token }),
  z.object({ kind: z.literal('person'), person: Token }),
]);
export type EquipmentPlace = z.infer<typeof EquipmentPlace>;

export const SaveEquipment = z
  .object({
    id: Uuid,
    kind: EquipmentKind,
    place: EquipmentPlace,
    serial: z.string().trim().max(100).nullable(),
    expiresOn: Day.nullable(),
    inspectEveryMonths: z.number().int().min(1).max(60),
    boughtOn: Day.nullable(),
  })
  .refine((e) => e.kind !== 'spray' || e.expiresOn, { path: ['expiresOn'], message: 'a spray expires' })
  .refine((e) => !e.boughtOn || !e.expiresOn || e.boughtOn <= e.expiresOn, {
    path: ['expiresOn'],
    message: 'expired when bought',
  });
export type SaveEquipment = z.infer<typeof SaveEquipment>;
export const RetireEquipment = z.object({ equipment: Uuid, reason: ShortText });
export const InspectEquipment = z.object({
  id: Uuid,
  equipment: Uuid,
  date: Day,
  ok: z.boolean(),
  note: z.string().trim().max(500).default(''),
});
export type InspectEquipment = z.infer<typeof InspectEquipment>;

export const EquipmentItem = z.object({
  id: Uuid,
  kind: EquipmentKind,
  place: EquipmentPlace,
  serial: z.string().nullable(),
  expiresOn: CivilDate.nullable(),
  inspectEveryMonths: z.number().int(),
  boughtOn: CivilDate.nullable(),
  lastInspectedOn: CivilDate.nullable(),
  nextInspectionOn: CivilDate.nullable(),
  /** Only what is usable counts against the need. */
  state: z.enum(['usable', 'expired', 'failedInspection', 'retired']),
});
export type EquipmentItem = z.infer<typeof EquipmentItem>;

export const EquipmentShortage = z.object({
  kind: EquipmentKind,
  needed: z.number().int(),
  usable: z.number().int(),
  short: z.number().int(),
});
export type EquipmentShortage = z.infer<typeof EquipmentShortage>;

/** Part of the shift's checklist; `id` makes a repeat harmless. Kinds that are left out were not looked at. */
export const RecordEquipmentCheck = z.object({
  id: Uuid,
  gate: Token,
  by: PersonRef,
  at: Instant,
  counts: z.partialRecord(EquipmentKind, z.number().int().min(0).max(1_000)),
  note: z.string().trim().max(500).default(''),
});
export type RecordEquipmentCheck = z.infer<typeof RecordEquipmentCheck>;
/** What a gate's agent counts against: the wanted number of each kind in its guard room now. */
export const EquipmentWanted = z.array(z.object({ kind: EquipmentKind, needed: z.number().int() }));
export type EquipmentWanted = z.infer<typeof EquipmentWanted>;
export const EquipmentCheck = RecordEquipmentCheck.extend({
  onDuty: z.number().int(),
  /** `expected`: by the rule for the guards on duty, or what is in the books if that is more. */
  gaps: z.array(z.object({ kind: EquipmentKind, expected: z.number().int(), counted: z.number().int() })),
});
export type EquipmentCheck = z.infer<typeof EquipmentCheck>;

export const EquipmentView = z.object({
  onDuty: z.number().int(),
  guardRooms: z.array(z.object({ gate: z.string(), name: z.string(), lastCheck: EquipmentCheck.nullable() })),
  shortage: z.array(EquipmentShortage),
  items: z.array(EquipmentItem),
  /** Within 90 days, or over. */
  expiring: z.array(Uuid),
  inspectionDue: z.array(Uuid),
});
export type EquipmentView = z.infer<typeof EquipmentView>;
