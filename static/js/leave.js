// Leave fast: blank at once, sign out behind it, and be on another site. Without this file the form does the same.
(() => {
  const form = document.querySelector("[data-leave]");
  const page = document.documentElement;

  const isPrivate = document.querySelector("[data-private]") !== null;
  const signOut = () =>
    fetch(form.action, { method: "POST", keepalive: true, credentials: "same-origin", redirect: "manual" }).catch(() => {});

  const leave = () => {
    page.hidden = true;
    signOut();
    location.replace(form.dataset.leave);
    sessionStorage.setItem("left", "");
  };

  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    leave();
  });

  // Shift three times within two seconds, with no other key between, does the same.
  let taps = [];
  addEventListener("keydown", (event) => {
    if (event.repeat) return;
    taps = event.key === "Shift" ? [...taps.slice(-2), event.timeStamp] : [];
    if (form && taps.length === 3 && event.timeStamp - taps[0] < 2000) leave();
  });

  // A page of a signed-in person is never shown again from memory: Back asks the server.
  if (isPrivate) {
    addEventListener("pagehide", () => {
      page.hidden = true;
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) location.reload();
    });
  }

  // Back can be faster than the signing out: then the page stays blank until that is done, and asks again.
  const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  if (form && isPrivate && isBack && sessionStorage.getItem("left") !== null) {
    page.hidden = true;
    signOut().then(() => {
      sessionStorage.removeItem("left");
      location.reload();
    });
  } else {
    sessionStorage.removeItem("left");
  }
})();
