// What is typed in a form with data-draft is kept after a pause, and when the page is left. "Kept" is said when the
// server has said so, and not before.
(() => {
  const PAUSE = 1500;
  const AGAIN = 10_000;
  const PATIENCE = 15_000;

  for (const form of document.querySelectorAll("form[data-draft]")) {
    const state = form.querySelector("[data-draft-state]");
    let waiting = 0;
    let changed = false;
    let sending = null;
    let isSent = false;

    const say = (words) => (state.textContent = words);

    const keep = async (options = {}) => {
      clearTimeout(waiting);
      if (!changed || isSent || (sending && !options.keepalive)) return;
      changed = false;
      sending = new AbortController();
      const late = setTimeout(() => sending?.abort(), PATIENCE);
      try {
        const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), redirect: "manual", signal: sending.signal, ...options });
        if (answer.status !== 204) throw new Error();
        if (!changed) say(state.dataset.saved);
      } catch {
        changed = true;
        if (!isSent) {
          say(state.dataset.unsaved);
          waiting = setTimeout(keep, AGAIN);
        }
      }
      clearTimeout(late);
      sending = null;
    };

    const soon = () => {
      changed = true;
      say("");
      clearTimeout(waiting);
      waiting = setTimeout(keep, PAUSE);
    };

    form.addEventListener("input", soon);
    form.addEventListener("submit", () => {
      isSent = true;
      clearTimeout(waiting);
      sending?.abort();
    });
    // The worker could not send it, and has left the page as it stands.
    new BroadcastChannel("stays").addEventListener("message", () => {
      if (!isSent) return;
      isSent = false;
      changed = true;
      say(state.dataset.unsaved);
      keep();
    });
    addEventListener("online", () => keep());
    addEventListener("pageshow", () => {
      isSent = false;
    });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") keep({ keepalive: true, signal: undefined });
    });
  }
})();
