/** Files of drills: the record of one 演练记录表, the term's ledger on paper and as a sheet, photos of findings. */
import { type Actor, type Permission, permissionsOf, schoolDate, Uuid } from '@anyuan/contracts';
import type { AppEnv } from '@anyuan/service';
import { printPdf, writeSheet } from '@anyuan/service/documents';
import { LANGUAGES, type Language } from '@anyuan/ui/text';
import type { Context, Hono } from 'hono';
import { type DrillsContext, personOf } from './context.ts';
import { photoOf } from './findings.ts';
import { ledgerDocument, ledgerSheet } from './print-ledger.ts';
import { reportDocument } from './print-report.ts';
import { currentOf, termsOf } from './terms.ts';

const PDF = 'application/pdf';
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export function fileRoutes(app: Hono<AppEnv>, ctx: DrillsContext, schoolName: string): void {
  const { db, clock } = ctx;
  app.get('/files/drills/:id/report.pdf', async (c) => {
    const actor = actorWith(c, 'drill.run') ?? actorWith(c, 'drill.plan');
    const id = Uuid.safeParse(c.req.param('id'));
    if (!actor) return c.json({ code: 'forbidden' }, 403);
    const document = id.success
      ? await reportDocument(ctx, { drill: id.data, language: languageOf(c), schoolName, by: personOf(actor) })
      : null;
    if (!document) return c.json({ code: 'notFound' }, 404);
    return file(c, await printPdf(document), PDF);
  });
  for (const kind of ['ledger.pdf', 'ledger.xlsx'] as const)
    app.get(`/files/${kind}`, async (c) => {
      const actor = actorWith(c, 'drill.plan') ?? actorWith(c, 'drill.run');
      if (!actor) return c.json({ code: 'forbidden' }, 403);
      const terms = await termsOf(db.kysely);
      const wanted = c.req.query('term');
      const term = wanted ? terms.find((t) => t.id === wanted) : currentOf(terms, schoolDate(clock.now()));
      if (!term) return c.json({ code: 'notFound' }, 404);
      const options = { term, language: languageOf(c), schoolName, by: personOf(actor), now: clock.now() };
      return kind === 'ledger.pdf'
        ? file(c, await printPdf(await ledgerDocument(db.kysely, options)), PDF)
        : file(c, await writeSheet(await ledgerSheet(db.kysely, options)), XLSX);
    });
  app.get('/files/photos/:id', async (c) => {
    if (!actorWith(c, 'drill.read')) return c.json({ code: 'forbidden' }, 403);
    const id = Uuid.safeParse(c.req.param('id'));
    const photo = id.success ? await photoOf(db.kysely, id.data) : null;
    return photo ? file(c, photo.bytes, photo.type) : c.json({ code: 'notFound' }, 404);
  });
}

function actorWith(c: Context<AppEnv>, permission: Permission): Actor | null {
  const { actor } = c.env;
  return actor && permissionsOf(actor).includes(permission) ? actor : null;
}

const languageOf = (c: Context<AppEnv>): Language => LANGUAGES.find((l) => l === c.req.query('lang')) ?? 'zh';

const file = (c: Context<AppEnv>, bytes: Uint8Array, type: string): Response =>
  c.body(new Uint8Array(bytes), 200, { 'content-type': type });
