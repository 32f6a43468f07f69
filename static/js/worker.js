// The worker: opens the empty page when there is no signal, keeps a moment that could not be sent, and sends it later.
(() => {
  const { version, files } = self.shell;
  const CACHE = `notes-${version}`;
  const EMPTY = "/offline/";
  const PATIENCE = 12_000;
  const ENDS_A_SESSION = ["/leave/", "/account/logout/", "/account/login/"];

  addEventListener("install", (event) => {
    skipWaiting();
    event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([...files, EMPTY])));
  });

  addEventListener("activate", (event) => {
    const old = async () => Promise.all((await caches.keys()).filter((name) => name !== CACHE).map((name) => caches.delete(name)));
    event.waitUntil(old().then(() => clients.claim()));
  });

  const empty = async () => (await caches.match(EMPTY, { ignoreVary: true })) ?? Response.error();
  const late = () => new Promise((_, reject) => setTimeout(reject, PATIENCE));

  // A moment that could not be sent: sealed, under the id that its page gave it.
  const keep = async (request) => {
    const phone = await self.outbox.phone();
    const fields = Object.fromEntries(await request.formData());
    if (!phone?.shown || !fields.id) return empty();
    if (!fields.happened_at && !["earlier", "last_night"].includes(fields.when)) fields.happened_at = self.outbox.withOffset(new Date());
    await self.outbox.seal(fields.id, fields);
    await registration.sync?.register("outbox").catch(() => {});
    return Response.redirect(`${EMPTY}?kept`, 303);
  };

  const go = async (request, isMoment) => {
    const copy = isMoment ? request.clone() : null;
    try {
      const answer = await Promise.race([fetch(request), late()]);
      return isMoment && answer.status >= 500 ? keep(copy) : answer;
    } catch {
      return isMoment ? keep(copy) : empty();
    }
  };

  addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (origin !== location.origin) return;
    if (request.method === "POST" && ENDS_A_SESSION.includes(pathname)) event.waitUntil(self.outbox.hide());
    if (request.mode === "navigate") {
      event.respondWith(go(request, request.method === "POST" && pathname === "/moments/new/"));
      if (request.method === "GET") event.waitUntil(self.outbox.send());
    } else if (files.includes(pathname)) {
      event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
    }
  });

  addEventListener("sync", (event) => event.waitUntil(self.outbox.send()));
})();
