/**
 * Files beside the router: a day's record 值班日志 on A4 (`/duty/<gate>/<date>.pdf?lang=zh|en`) and the photos of the gates'
 * protection. Whoever asks is judged here as in the router: a file has no procedure around it.
 */
import {
  type Actor,
  AppError,
  Day,
  type Permission,
  type PersonActor,
  permissionsOf,
  Token,
  Uuid,
} from '@anyuan/contracts';
import type { GateTables } from '@anyuan/db';
import type { AppEnv, OwnerContext } from '@anyuan/service';
import { printPdf } from '@anyuan/service/documents';
import { catalogues, LANGUAGES } from '@anyuan/ui/text';
import type { Hono } from 'hono';
import { dutyPaper } from './duty-paper.ts';
import { photo } from './facilities.ts';
import { dutyRecord } from './shift-views.ts';

type Context = Pick<OwnerContext<GateTables>, 'db' | 'clock'>;

export function shiftFiles(app: Hono<AppEnv>, { db, clock }: Context, school: string): void {
  app.get('/duty/:gate/:file', async (c) => {
    const by = allowed(c.env.actor, 'shift.read');
    const gate = Token.safeParse(c.req.param('gate'));
    const date = Day.safeParse(c.req.param('file').replace(/\.pdf$/, ''));
    const record =
      gate.success && date.success ? await dutyRecord(db.kysely, gate.data, date.data, clock.now()) : undefined;
    if (!record) throw new AppError('notFound', 'no such record');
    const language = LANGUAGES.find((one) => one === c.req.query('lang')) ?? 'zh';
    const paper = dutyPaper(record, { school, by: by.name, now: clock.now(), text: catalogues[language] });
    return file(await printPdf(paper), 'application/pdf');
  });
  app.get('/facilities/photos/:id', async (c) => {
    allowed(c.env.actor, 'facility.read');
    const id = Uuid.safeParse(c.req.param('id'));
    const found = id.success ? await photo(db.kysely, id.data) : undefined;
    if (!found) throw new AppError('notFound', 'no such photo');
    return file(found.bytes, found.type);
  });
}

function allowed(actor: Actor | null, permission: Permission): PersonActor {
  if (!actor) throw new AppError('notSignedIn', 'a file for nobody');
  if (actor.kind !== 'person' || !permissionsOf(actor).includes(permission))
    throw new AppError('forbidden', permission);
  return actor;
}

const file = (bytes: Uint8Array, type: string): Response =>
  new Response(new Uint8Array(bytes), { headers: { 'content-type': type } });
