/**
 * Files beside the router: the ledger on paper and as a sheet, and the photos. `?filter=open|late|all`, `?lang=zh|en`. Whoever asks is
 * judged here as in the router: a file has no procedure around it.
 */
import { type Actor, AppError, HazardFilter, type PersonActor, permissionsOf, Uuid } from '@anyuan/contracts';
import type { LedgerTables } from '@anyuan/db';
import type { AppEnv, OwnerContext } from '@anyuan/service';
import { MAX_PRINTED_ROWS, printPdf, writeSheet } from '@anyuan/service/documents';
import { catalogues, LANGUAGES } from '@anyuan/ui/text';
import type { Hono } from 'hono';
import { z } from 'zod';
import { hazardPaper, hazardSheet, type Printing } from './prints.ts';
import { mustSee } from './router.ts';
import { ledger, photo } from './store.ts';

const Asked = z.object({ filter: HazardFilter.default('all'), lang: z.enum(LANGUAGES).default('zh') });
const TYPES = { pdf: 'application/pdf', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' };

export function addRoutes(app: Hono<AppEnv>, { db, clock }: OwnerContext<LedgerTables>, school: string): void {
  const printed = async (actor: PersonActor, query: Record<string, string>, rows: number) => {
    if (!permissionsOf(actor).includes('hazard.read')) throw new AppError('forbidden', 'not a reader of the ledger');
    const asked = Asked.safeParse(query);
    if (!asked.success) throw new AppError('badInput', 'an unknown filter or language');
    const { filter, lang } = asked.data;
    const now = clock.now();
    const hazards = await ledger(db.kysely, filter, rows + 1, now);
    if (hazards.length > rows) throw new AppError('tooLarge', `more than ${rows} hazards`);
    const printing: Printing = { school, filter, by: actor.name, now, text: catalogues[lang].print };
    return { hazards, printing };
  };
  app.get('/hazards.pdf', async (c) => {
    const { hazards, printing } = await printed(person(c.env.actor), c.req.query(), MAX_PRINTED_ROWS);
    return file(await printPdf(hazardPaper(hazards, printing)), TYPES.pdf);
  });
  app.get('/hazards.xlsx', async (c) => {
    const { hazards, printing } = await printed(person(c.env.actor), c.req.query(), MAX_SHEET_ROWS);
    return file(await writeSheet(hazardSheet(hazards, printing)), TYPES.xlsx);
  });
  app.get('/photos/:id', async (c) => {
    const actor = person(c.env.actor);
    const id = Uuid.safeParse(c.req.param('id'));
    const found = id.success ? await photo(db.kysely, id.data) : undefined;
    if (!found) throw new AppError('notFound', 'no such photo');
    mustSee(actor, found);
    return file(found.bytes, found.type);
  });
}

const MAX_SHEET_ROWS = 20_000;

function person(actor: Actor | null): PersonActor {
  if (!actor) throw new AppError('notSignedIn', 'a file for nobody');
  if (actor.kind !== 'person') throw new AppError('forbidden', 'a hazard is between people');
  return actor;
}

/** Of a reply the bus carries status and content type; what a browser must be told besides says the gateway. */
const file = (bytes: Uint8Array, type: string): Response =>
  new Response(new Uint8Array(bytes), { headers: { 'content-type': type } });
