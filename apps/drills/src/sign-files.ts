/**
 * The signs of a patrol route's points or of a post, to hang up: `/files/places/<id>/signs.pdf`, with `?lang=zh|en` (D3, D4).
 * A sign carries its place's code as a QR code, letter by letter what the phone's page sends, and in letters for its keypad.
 * Whoever holds a code can claim to have been there: only those who plan patrols print them, and no copy is kept on the way.
 */
import { AppError, permissionsOf, schoolDate, Uuid } from '@anyuan/contracts';
import type { AppEnv } from '@anyuan/service';
import { type PrintedDocument, type PrintedSign, printPdf } from '@anyuan/service/documents';
import { type Catalogue, catalogues, clock, LANGUAGES, type Language } from '@anyuan/ui/text';
import type { Hono } from 'hono';
import { type DrillsContext, personOf, type Queries } from './context.ts';
import { placesNow } from './patrol-store.ts';

export function signRoutes(app: Hono<AppEnv>, ctx: Pick<DrillsContext, 'db' | 'clock'>, schoolName: string) {
  app.get('/files/places/:id/signs.pdf', async (c) => {
    const { actor } = c.env;
    if (!actor) throw new AppError('notSignedIn', 'signs for nobody');
    if (!permissionsOf(actor).includes('patrol.plan')) throw new AppError('forbidden', 'signs');
    const id = Uuid.safeParse(c.req.param('id'));
    const place = id.success ? await placeOf(ctx.db.kysely, id.data) : undefined;
    if (!place) throw new AppError('notFound', 'no such place');
    const language: Language = LANGUAGES.find((l) => l === c.req.query('lang')) ?? 'zh';
    const paper = signsPaper(place, {
      ...{ schoolName, by: personOf(actor).name, now: ctx.clock.now(), text: catalogues[language] },
    });
    return c.body(new Uint8Array(await printPdf(paper)), 200, {
      'content-type': 'application/pdf',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    });
  });
}

interface Place {
  name: string;
  signs: readonly Omit<PrintedSign, 'text'>[];
}

/** Of what stands now: a retired place has given its codes back. */
async function placeOf(db: Queries, id: string): Promise<Place | undefined> {
  const { posts, routes } = await placesNow(db);
  const route = routes.find((one) => one.id === id);
  if (route)
    return {
      name: route.name,
      signs: route.points.map(({ name, code }) => ({ title: name, over: route.name, code })),
    };
  const post = posts.find((one) => one.id === id);
  return post && { name: post.name, signs: [{ title: post.place, over: post.name, code: post.code }] };
}

interface Printing {
  schoolName: string;
  by: string;
  /** ms since 1970 */
  now: number;
  text: Catalogue;
}

export function signsPaper({ name, signs }: Place, { schoolName, by, now, text }: Printing): PrintedDocument {
  const words = text.printDrills;
  return {
    orientation: 'portrait',
    title: words.signs(name),
    subtitles: [schoolName, text.print.printed(`${schoolDate(now)} ${clock(now)}`, by), words.signsHint],
    body: [{ kind: 'signs', signs: signs.map((sign) => ({ ...sign, text: words.sign })) }],
    signatures: [],
    words: text.print.frame,
    at: now,
  };
}
