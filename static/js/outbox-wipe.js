// What this phone keeps of one person goes. Another's stays theirs; where there is none, nothing at all stays.
(() => {
  const wipe = async () => {
    const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
    await Promise.all(workers.map((worker) => worker.unregister()));
    for (const name of (await self.caches?.keys()) ?? []) await caches.delete(name);
    await new Promise((resolve) => {
      const asked = indexedDB.deleteDatabase("notes");
      asked.onsuccess = asked.onerror = asked.onblocked = resolve;
    });
  };

  self.outbox.wipeOf = async (person) => {
    // A store that does not open is wiped whole: nobody can bring what is in it.
    const phone = await self.outbox.phone().catch(() => null);
    const waiting = await self.outbox.waiting().catch(() => []);
    const isAnother = (kept) => kept && kept.person !== person;
    if (![phone, ...waiting].some(isAnother)) return wipe();
    for (const entry of waiting) if (!isAnother(entry)) await self.outbox.done(entry.id);
    if (!isAnother(phone)) await self.outbox.forget();
  };
})();
