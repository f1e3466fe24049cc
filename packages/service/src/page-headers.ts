/** What a browser is told about our pages: our own scripts and nobody else's, in no other page's frame. */
import type { MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';

export const pageHeaders = (): MiddlewareHandler =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'", 'data:'],
      frameAncestors: ["'none'"],
    },
    crossOriginResourcePolicy: 'same-origin',
    // Said over plain HTTP it means nothing; a TLS front of the school says it itself.
    strictTransportSecurity: false,
  });
