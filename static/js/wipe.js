// Switching off wipes the phone first: what waits, what is kept of the person, the empty page and its worker.
(() => {
  for (const form of document.querySelectorAll("[data-wipe]")) {
    // Where it was on before, for the same person: another's stays theirs.
    if (form.dataset.left && window.indexedDB) self.outbox.phone().then((phone) => (form.hidden = phone?.person !== form.dataset.left));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      delete document.querySelector("[data-own-phone]")?.dataset.ownPhone;
      const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
      await Promise.all(workers.map((worker) => worker.unregister()));
      for (const name of (await self.caches?.keys()) ?? []) await caches.delete(name);
      await self.outbox.wipe();
      form.submit();
    });
  }
})();
