// A page of a share is shown while the share is live: each time it is looked at again it asks, and else goes blank.
(() => {
  const { live, away } = document.currentScript.dataset;
  const page = document.documentElement;
  const PATIENCE = 1500;

  const leave = () => {
    page.hidden = true;
    location.replace(away);
  };

  const ask = async () => {
    if (!navigator.onLine) {
      page.hidden = true;
      return;
    }
    try {
      const answer = await fetch(live, { credentials: "same-origin", cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
      if (answer.status !== 204) leave();
      else page.hidden = false;
    } catch {
      leave();
    }
  };

  // From here on nothing is shown from memory: Back asks the server (leave.js does the same for every private page).
  addEventListener("pagehide", () => {
    page.hidden = true;
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
  addEventListener("offline", () => {
    page.hidden = true;
  });
  addEventListener("online", ask);
  addEventListener("focus", ask);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") ask();
  });

  // Paper can't be taken back, and is made at once: here the question waits for its answer.
  addEventListener("beforeprint", () => {
    const question = new XMLHttpRequest();
    question.open("GET", live, false);
    try {
      question.send();
    } catch {
      page.hidden = true;
      return;
    }
    if (question.status !== 204) leave();
  });
})();
