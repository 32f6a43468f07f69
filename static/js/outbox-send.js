// Brings what waits to the server: oldest first, one tab at a time, each until the server has said that it is there.
(() => {
  const PATIENCE = 20_000;
  const DOOR = "/outbox/";
  const THERE = [200, 201, 202];

  const ask = (options = {}) =>
    fetch(DOOR, { cache: "no-store", credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(PATIENCE), ...options });

  // Who is signed in, and the token to send with; null when nobody is.
  self.outbox.ask = async () => {
    const answer = await ask();
    if (answer.status === 403) return null;
    if (!answer.ok) throw new Error("no answer");
    return answer.json();
  };

  const bring = async (entry, token) => {
    // What an older worker sealed has its form's id for its own.
    const { id: own, form: id = own, key_id, key, nonce, box } = entry;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
    const { status } = await ask({ method: "POST", headers, body: JSON.stringify({ id, key_id, key, nonce, box }) });
    if (THERE.includes(status)) await self.outbox.done(own);
    else if (status === 403) return "signed out";
    else if (status >= 400 && status <= 500) await self.outbox.put({ ...entry, why: status });
    else throw new Error("no answer");
    return "";
  };

  const bringAll = async () => {
    if (!(await self.outbox.waiting()).length) return "";
    const signedIn = await self.outbox.ask();
    if (!signedIn) return "signed out";
    const brought = new Set();
    const left = async () => (await self.outbox.waiting()).filter((entry) => entry.person === signedIn.person && !brought.has(entry.id));
    // Once more when all went: another tab that put something away meanwhile has left it to this one.
    for (let own = await left(); own.length; own = await left()) {
      for (const entry of own) {
        const trouble = await bring(entry, signedIn.token);
        if (trouble) return trouble;
        if (brought.add(entry.id).size % 10 === 1) self.outbox.tell("");
      }
    }
    return "";
  };

  // What went wrong: "", "signed out" or "no answer". Whoever does not wait leaves it to the one that sends already.
  self.outbox.send = (waits = false) =>
    navigator.locks.request("outbox", { ifAvailable: !waits }, async (lock) => {
      if (!lock) return "";
      const trouble = await bringAll().catch(() => "no answer");
      self.outbox.tell(trouble);
      return trouble;
    });

  // For a browser that wakes the worker: it tries again later when it hears that this failed.
  self.outbox.wake = async () => {
    if ((await self.outbox.send(true)) === "no answer") throw new Error("It waits still.");
  };
})();
