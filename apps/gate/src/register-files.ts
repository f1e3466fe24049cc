/**
 * Files beside the router: `/register.pdf` and `/register.xlsx?from&to&purpose`, `/vehicles.pdf` and `/vehicles.xlsx` alike,
 * `/site-roll.pdf?roll`. Whoever asks is judged here as in the router, and each file is on record before it is made: who, which days, what for.
 */
import {
  type Actor,
  AppError,
  CivilDate,
  ExportPurpose,
  newId,
  type Permission,
  type PersonActor,
  permissionsOf,
  startOfSchoolDay,
  Uuid,
} from '@anyuan/contracts';
import type { GateTables } from '@anyuan/db';
import type { AppEnv } from '@anyuan/service';
import {
  MAX_PRINTED_ROWS,
  type PrintedDocument,
  printPdf,
  type WrittenSheet,
  writeSheet,
} from '@anyuan/service/documents';
import { catalogues, LANGUAGES } from '@anyuan/ui/text';
import type { Hono } from 'hono';
import type { Transaction } from 'kysely';
import { z } from 'zod';
import { remember } from './access-log.ts';
import type { GateContext } from './commands.ts';
import { registerOf } from './day-book.ts';
import { type RegisterPrinting, registerPaper, registerSheet, siteRollPaper } from './register-documents.ts';
import { rollOf } from './site-roll.ts';
import { staysOf, vehiclePaper, vehicleSheet } from './vehicle-documents.ts';

const lang = z.enum(LANGUAGES).default('zh');
const Asked = z
  .object({ from: CivilDate, to: CivilDate, purpose: ExportPurpose, lang })
  .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) < MOST_DAYS * 86_400_000);
type Trx = Transaction<GateTables>;
type Span = { from: string; to: string };
const RollAsked = z.object({ roll: Uuid, lang });

/** A month of the calendar. A term at once would be a copy of the whole book. */
const MOST_DAYS = 31;
const DAY_MS = 86_400_000;
const startOfDay = (date: string) => startOfSchoolDay(Date.parse(`${date}T04:00:00.000Z`));
const MOST_ROWS = { pdf: MAX_PRINTED_ROWS, xlsx: 20_000 };
const TYPES = { pdf: 'application/pdf', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };

export function addRegisterFiles(app: Hono<AppEnv>, ctx: GateContext, school: string): void {
  const register = <Line>(
    path: 'register' | 'vehicles',
    permission: Permission,
    kind: 'register' | 'vehicleRegister',
    find: (trx: Trx, span: Span, limit: number) => Promise<Line[]>,
    paper: (lines: readonly Line[], printing: RegisterPrinting) => PrintedDocument,
    sheet: (lines: readonly Line[], printing: RegisterPrinting) => WrittenSheet,
  ) => {
    for (const form of ['pdf', 'xlsx'] as const) {
      app.get(`/${path}.${form}`, async (c) => {
        const by = person(c.env.actor, permission);
        const { from, to, purpose, lang } = parsed(Asked, c.req.query());
        const now = ctx.clock.now();
        const lines = await ctx.db.tx(async (trx) => {
          const found = await find(trx, { from, to }, MOST_ROWS[form] + 1);
          if (found.length > MOST_ROWS[form]) throw new AppError('tooLarge', `more than ${MOST_ROWS[form]} lines`);
          const detail = `${from} ${to} ${form} ${found.length}`;
          await remember(trx, { id: newId(now), kind, by, purpose, detail, now });
          return found;
        });
        const printing = { school, from, to, by: by.name, now, text: catalogues[lang] };
        const bytes =
          form === 'pdf' ? await printPdf(paper(lines, printing)) : await writeSheet(sheet(lines, printing));
        return file(bytes, TYPES[form]);
      });
    }
  };
  register('register', 'visit.read', 'register', registerOf, registerPaper, registerSheet);
  register(
    ...(['vehicles', 'vehicle.read', 'vehicleRegister'] as const),
    (trx, { from, to }, limit) => staysOf(trx, startOfDay(from), startOfDay(to) + DAY_MS, limit),
    vehiclePaper,
    vehicleSheet,
  );
  app.get('/site-roll.pdf', async (c) => {
    const by = person(c.env.actor, 'visit.read');
    const { roll, lang } = parsed(RollAsked, c.req.query());
    const now = ctx.clock.now();
    const view = await ctx.db.tx(async (trx) => {
      await remember(trx, { id: newId(now), kind: 'siteRoll', by, purpose: '', detail: roll, now });
      return rollOf(trx, roll);
    });
    return file(await printPdf(siteRollPaper(view, { school, by: by.name, now, text: catalogues[lang] })), TYPES.pdf);
  });
}

function person(actor: Actor | null, permission: Permission): PersonActor {
  if (!actor) throw new AppError('notSignedIn', 'a file for nobody');
  if (actor.kind !== 'person' || !permissionsOf(actor).includes(permission))
    throw new AppError('forbidden', 'the register is for the office');
  return actor;
}

function parsed<T>(schema: z.ZodType<T>, query: Record<string, string>): T {
  const asked = schema.safeParse(query);
  if (!asked.success) throw new AppError('badInput', 'no such file');
  return asked.data;
}

const file = (bytes: Uint8Array, type: string): Response =>
  new Response(new Uint8Array(bytes), { headers: { 'content-type': type } });
