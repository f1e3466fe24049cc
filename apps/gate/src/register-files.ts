/**
 * Files beside the router: `/register.pdf` and `/register.xlsx?from&to&purpose`, `/vehicles.pdf` and `/vehicles.xlsx` alike,
 * `/site-roll.pdf?roll`. Whoever asks is judged
 * here as in the router, and each file is on record before it is made: who, which days, what for.
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
import type { AppEnv } from '@anyuan/service';
import { MAX_PRINTED_ROWS, printPdf, writeSheet } from '@anyuan/service/documents';
import { catalogues, LANGUAGES } from '@anyuan/ui/text';
import type { Hono } from 'hono';
import { z } from 'zod';
import { remember } from './access-log.ts';
import type { GateContext } from './commands.ts';
import { registerOf } from './day-book.ts';
import { registerPaper, registerSheet, siteRollPaper } from './register-documents.ts';
import { rollOf } from './site-roll.ts';
import { staysOf, vehiclePaper, vehicleSheet } from './vehicle-documents.ts';

const lang = z.enum(LANGUAGES).default('zh');
const Asked = z
  .object({ from: CivilDate, to: CivilDate, purpose: ExportPurpose, lang })
  .refine(({ from, to }) => from <= to && Date.parse(to) - Date.parse(from) < MOST_DAYS * 86_400_000);
const RollAsked = z.object({ roll: Uuid, lang });

/** A month of the calendar. A term at once would be a copy of the whole book. */
const MOST_DAYS = 31;
const DAY_MS = 86_400_000;
const startOfDay = (date: string) => startOfSchoolDay(Date.parse(`${date}T04:00:00.000Z`));
const MOST_ROWS = { pdf: MAX_PRINTED_ROWS, xlsx: 20_000 };
const TYPES = { pdf: 'application/pdf', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };

export function addRegisterFiles(app: Hono<AppEnv>, ctx: GateContext, school: string): void {
  for (const form of ['pdf', 'xlsx'] as const) {
    app.get(`/register.${form}`, async (c) => {
      const by = person(c.env.actor, 'visit.read');
      const { from, to, purpose, lang } = parsed(Asked, c.req.query());
      const now = ctx.clock.now();
      const lines = await ctx.db.tx(async (trx) => {
        const found = await registerOf(trx, { from, to }, MOST_ROWS[form] + 1);
        if (found.length > MOST_ROWS[form]) throw new AppError('tooLarge', `more than ${MOST_ROWS[form]} visits`);
        const detail = `${from} ${to} ${form} ${found.length}`;
        await remember(trx, { id: newId(now), kind: 'register', by, purpose, detail, now });
        return found;
      });
      const printing = { school, from, to, by: by.name, now, text: catalogues[lang] };
      const bytes =
        form === 'pdf'
          ? await printPdf(registerPaper(lines, printing))
          : await writeSheet(registerSheet(lines, printing));
      return file(bytes, TYPES[form]);
    });
  }
  for (const form of ['pdf', 'xlsx'] as const) {
    app.get(`/vehicles.${form}`, async (c) => {
      const by = person(c.env.actor, 'vehicle.read');
      const { from, to, purpose, lang } = parsed(Asked, c.req.query());
      const now = ctx.clock.now();
      const lines = await ctx.db.tx(async (trx) => {
        const [begin, end] = [startOfDay(from), startOfDay(to) + DAY_MS];
        const found = await staysOf(trx, begin, end, MOST_ROWS[form] + 1);
        if (found.length > MOST_ROWS[form]) throw new AppError('tooLarge', `more than ${MOST_ROWS[form]} stays`);
        const detail = `${from} ${to} ${form} ${found.length}`;
        await remember(trx, { id: newId(now), kind: 'vehicleRegister', by, purpose, detail, now });
        return found;
      });
      const printing = { school, from, to, by: by.name, now, text: catalogues[lang] };
      const bytes =
        form === 'pdf'
          ? await printPdf(vehiclePaper(lines, printing))
          : await writeSheet(vehicleSheet(lines, printing));
      return file(bytes, TYPES[form]);
    });
  }
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
