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

  // In one step, so that nobody writes between: what `next` makes of what is kept. Where that is nothing, all stays.
  const change = (next, makes) => {
    const work = (store) => {
      const asked = store.get("own");
      const put = (values) => values && store.put(values, "own");
      asked.onsuccess = () => put(next(asked.result));
      return asked;
    };
    return run("phone", "readwrite", work, makes);
  };

  return {
    // Whose phone it is, what sealing takes, and how it stands: `shown`, `hidden` since when, asking `due`, `leaving`.
    phone: () => run("phone", "readonly", (store) => store.get("own")),
    change,
    // After signing out nothing is shown, and all that waits stays.
    hide: () => change((kept) => kept && { ...kept, shown: false, due: true, hidden: Date.now() }),
    // Each by a key of its own, which is its `id`: one form may be written, and sealed, more than once.
    put: async (entry) => {
      const key = await run("waiting", "readwrite", (store) => store.put(entry));
      if (!key) throw new Error("This phone was wiped.");
    },
    done: (id) => run("waiting", "readwrite", (store) => store.delete(id)),
    waiting: async () => ((await run("waiting", "readonly", (store) => store.getAll())) ?? []).sort((a, b) => a.at - b.at),
    tell: (state) => new BroadcastChannel("outbox").postMessage(state),
    forget: () => run("phone", "readwrite", (store) => store.delete("own")),
  };
})();
