// What is typed in a form with data-draft is kept after a pause, and when the page is left. "Kept" is said once it is so.
(() => {
  const [PAUSE, AGAIN, PATIENCE] = [1500, 10_000, 15_000];

  for (const form of document.querySelectorAll("form[data-draft]")) {
    const state = form.querySelector("[data-draft-state]");
    let [waiting, changed, sending, isSent] = [0, false, null, false];

    const keep = async (options = {}) => {
      if (options.keepalive ? !changed && !sending : isSent || !changed || sending) return;
      changed = false;
      sending?.abort(); // what is older must not come after
      const own = (sending = new AbortController());
      const late = setTimeout(() => own.abort(), PATIENCE);
      try {
        const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), redirect: "manual", signal: own.signal, ...options });
        if (![204, 409].includes(answer.status)) throw new Error(); // 409: it was saved meanwhile, with more in it
        if (!changed) state.textContent = answer.ok ? state.dataset.saved : "";
        else later(PAUSE, "");
      } catch {
        if (sending === own) changed = true;
        if (changed && !isSent) later(AGAIN, state.dataset.unsaved);
      }
      clearTimeout(late);
      if (sending === own) sending = null;
    };

    const note = (words) => {
      changed = true;
      state.textContent = words;
    };
    const later = (pause, words) => {
      note(words);
      clearTimeout(waiting);
      waiting = setTimeout(keep, pause);
    };

    // Back here; or the worker could not send it, and has left the page as it stands.
    const again = () => {
      if (isSent) later(PAUSE, state.dataset.unsaved);
      isSent = false;
    };

    // A save that is stopped, or takes long, leaves the page here: what is typed meanwhile is kept then.
    form.addEventListener("input", () => (isSent ? note(state.dataset.unsaved) : later(PAUSE, "")));
    addEventListener("submit", (event) => {
      if (event.target !== form || event.defaultPrevented) return;
      isSent = true;
      changed = false;
      clearTimeout(waiting);
      waiting = setTimeout(again, AGAIN);
      sending?.abort();
      sending = null;
    });
    new BroadcastChannel("stays").addEventListener("message", again);
    addEventListener("online", () => keep());
    addEventListener("pageshow", again);
    document.addEventListener("visibilitychange", () => document.hidden && keep({ keepalive: true, signal: undefined }));
  }
})();
