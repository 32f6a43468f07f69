// Switching off wipes the phone first: what waits of the person, and what is kept of them.
(() => {
  for (const form of document.querySelectorAll("[data-wipe]")) {
    // Where it was on before, for the same person: another's stays theirs.
    const { wipe, left } = form.dataset;
    if (left && window.indexedDB) self.outbox.phone().then((phone) => (form.hidden = phone?.person !== wipe));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      delete document.querySelector("[data-own-phone]")?.dataset.ownPhone;
      await self.outbox.wipeOf(wipe).catch(() => {});
      form.submit();
    });
  }
})();
