// Switching off wipes the phone first: what waits, what is kept of the person, the empty page and its worker.
(() => {
  for (const form of document.querySelectorAll("[data-wipe]")) {
    // Where it was on before, for the same person: another's stays theirs.
    if (form.dataset.left && window.indexedDB) self.outbox.phone().then((phone) => (form.hidden = phone?.person !== form.dataset.left));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      delete document.querySelector("[data-own-phone]")?.dataset.ownPhone;
      await self.outbox.wipe();
      form.submit();
    });
  }
})();
