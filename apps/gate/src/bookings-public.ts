/**
 * What anybody may ask without sign-in, behind the gateway's rate limits: to apply for a visit, and to see how one's own
 * application stands, by its token. Malformed words are `badInput`; a token that was never given out is `notFound`, as one that
 * is gone would be.
 */
import { AppError, ApplyForVisit, type VisitorsBooking } from '@anyuan/contracts';
import type { AppEnv } from '@anyuan/service';
import type { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { applyForVisit } from './bookings.ts';
import { codeOf, readLinkToken } from './bookings-link.ts';
import { bookingRow, bookingView, visitorsView } from './bookings-store.ts';
import type { GateContext } from './commands.ts';

/** A form of a dozen short fields. */
const MAX_BYTES = 8 * 1024;

export function publicBookings(app: Hono<AppEnv>, ctx: GateContext): void {
  const limit = bodyLimit({ maxSize: MAX_BYTES, onError: (c) => c.json({ code: 'tooLarge' }, 413) });
  app.post('/public/bookings', limit, async (c) => {
    const given = ApplyForVisit.safeParse(await c.req.json().catch(() => null));
    if (!given.success) {
      const fields = given.error.issues.map((issue) => String(issue.path[0] ?? ''));
      return c.json({ code: 'badInput', fields }, 400);
    }
    return c.json(await applyForVisit(ctx, given.data));
  });
  app.get('/public/bookings/:token', async (c) => c.json(await byToken(ctx, c.req.param('token'))));
}

async function byToken(ctx: GateContext, token: string): Promise<VisitorsBooking> {
  const booking = readLinkToken(ctx.keys, token);
  const row = booking === undefined ? undefined : await bookingRow(ctx.db.kysely, booking);
  if (!row) throw new AppError('notFound', 'no such link');
  const view = visitorsView(await bookingView(ctx.db.kysely, row), ctx.clock.now());
  if (view.state !== 'approved') return { ...view, code: null };
  const { text, svg } = await codeOf(ctx.keys, row.id);
  return { ...view, code: { text, svg } };
}
