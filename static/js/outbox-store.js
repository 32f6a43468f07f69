// The outbox on the phone: sealed entries that wait, and what is needed to seal. For pages and for the worker.
self.outbox = (() => {
  // Only setting up makes the store: who looks for it while it is wiped makes none anew, and finds nothing.
  const opened = (makes) =>
    new Promise((resolve, reject) => {
      const asked = indexedDB.open("notes", 1);
      asked.onupgradeneeded = () => {
        if (!makes) return asked.transaction.abort();
        asked.result.createObjectStore("waiting", { keyPath: "id" });
        asked.result.createObjectStore("phone");
      };
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => (makes || asked.error.name !== "AbortError" ? reject(asked.error) : resolve(null));
    });

  // Strict: what was put away is on the disk when this has answered.
  const run = async (store, mode, work, makes = false) => {
    const database = await opened(makes);
    if (!database) return undefined;
    try {
      return await new Promise((resolve, reject) => {
        const change = database.transaction(store, mode, { durability: "strict" });
        const asked = work(change.objectStore(store));
        change.oncomplete = () => resolve(asked.result);
        change.onabort = () => reject(change.error);
      });
    } finally {
      database.close();
    }
  };

  const phone = () => run("phone", "readonly", (store) => store.get("own"));
  const setUp = (values) => run("phone", "readwrite", (store) => store.put(values, "own"), true);

  return {
    // Whose phone it is: person, key_id, public_key, children, and whether anything of it may be shown now.
    phone,
    setUp,
    // After signing out nothing is shown, and all that waits stays.
    hide: async () => {
      const kept = await phone();
      if (kept) await setUp({ ...kept, shown: false, due: true, hidden: Date.now() });
    },
    // Each by a key of its own, which is its `id`: one form may be written, and sealed, more than once.
    put: (entry) => run("waiting", "readwrite", (store) => store.put(entry)),
    done: (id) => run("waiting", "readwrite", (store) => store.delete(id)),
    waiting: async () => ((await run("waiting", "readonly", (store) => store.getAll())) ?? []).sort((a, b) => a.at - b.at),
    tell: (state) => new BroadcastChannel("outbox").postMessage(state),
    forget: () => run("phone", "readwrite", (store) => store.delete("own")),
    wipe: async () => {
      const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
      await Promise.all(workers.map((worker) => worker.unregister()));
      for (const name of (await self.caches?.keys()) ?? []) await caches.delete(name);
      await new Promise((resolve) => {
        const asked = indexedDB.deleteDatabase("notes");
        asked.onsuccess = asked.onerror = asked.onblocked = resolve;
      });
    },
  };
})();
