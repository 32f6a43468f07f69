// After everything of a person was deleted: what this phone keeps of them goes too, and not while some of it is sent.
(() => {
  const { erased } = document.querySelector("[data-erased]").dataset;
  return navigator.locks.request("outbox", () => self.outbox.wipeOf(erased));
})();
