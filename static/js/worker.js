// The worker: opens the empty page when there is no signal, keeps a moment that could not be sent, and sends it later.
(() => {
  const { cache: CACHE, files } = self.shell;
  const { stays, keep, stay } = self.keeping;
  const EMPTY = "/offline/";
  const PATIENCE = 12_000;

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

  const go = async (request, isMoment) => {
    const copy = isMoment ? request.clone() : null;
    const isSaying = await stays(request);
    const held = () => (isSaying ? stay(request) : empty());
    const instead = () => (isMoment ? keep(copy).catch(held) : held());
    try {
      await self.leaving.first();
      // What is sent may take its time: giving it up would say that it failed while it goes on.
      const waits = request.method === "POST" && !isMoment;
      const answer = await (waits ? fetch(request) : Promise.race([fetch(request), late()]));
      return isSaying && answer.status >= 500 ? instead() : answer;
    } catch {
      return instead();
    }
  };

  addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (origin !== location.origin) return;
    const isPost = request.method === "POST";
    // Whoever is here may be another person soon, or none.
    if (isPost && (pathname.startsWith("/account/") || pathname === "/settings/delete/")) event.waitUntil(self.outbox.hide());
    if (isPost && pathname === "/leave/") event.respondWith(self.leaving.now(request));
    else if (request.mode === "navigate") {
      event.respondWith(go(request, isPost && pathname === "/moments/new/"));
      if (!isPost) event.waitUntil(self.outbox.reopen().catch(() => {}).then(() => self.outbox.send()));
    } else if (files.includes(pathname)) {
      event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request), () => fetch(request)));
    }
  });

  addEventListener("sync", (event) => event.waitUntil(self.outbox.wake()));
})();
