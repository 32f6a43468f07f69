// Switching off wipes the phone first: what waits, what is kept of the person, the empty page and its worker.
(() => {
  for (const form of document.querySelectorAll("[data-wipe]")) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
      await Promise.all(workers.map((worker) => worker.unregister()));
      for (const name of (await self.caches?.keys()) ?? []) await caches.delete(name);
      await self.outbox.wipe();
      form.submit();
    });
  }
})();
