/**
 * Keeps the console's page and the parts of it that were used, so that a phone whose network is gone can open the roll anew.
 * It never answers in place of the server: the page is asked for first, `/api` is not touched at all. Browsers run it on
 * HTTPS and on localhost only; elsewhere an open page goes on, and one that is closed waits for the network.
 */
const PAGE = 'anyuan-page';
const PARTS = 'anyuan-parts';
/** A part is the same whoever asks for it; servers say `Vary: Origin`, and scripts, fonts and this page ask differently. */
const anyAsker = { ignoreVary: true };
const base = new URL('./', self.location.href).pathname;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(PAGE)
      .then((kept) => kept.add(base))
      .then(() => self.skipWaiting()),
  );
});
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || !pathname.startsWith(base)) return;
  if (request.mode === 'navigate') event.respondWith(page(request));
  else if (pathname.startsWith(`${base}assets/`)) event.respondWith(part(request));
});

async function page(request) {
  const kept = await caches.open(PAGE);
  try {
    const fresh = await fetch(request);
    if (fresh.ok) {
      const [before, now] = [await kept.match(base, anyAsker), fresh.clone()];
      // Parts carry their content in their name: those of a page that is gone are of no use.
      if (before && (await before.text()) !== (await now.text())) await caches.delete(PARTS);
      await kept.put(base, fresh.clone());
    }
    return fresh;
  } catch {
    return (await kept.match(base, anyAsker)) ?? Response.error();
  }
}

async function part(request) {
  const kept = await caches.open(PARTS);
  const known = await kept.match(request, anyAsker);
  if (known) return known;
  const fresh = await fetch(request);
  if (fresh.ok) await kept.put(request, fresh.clone());
  return fresh;
}
