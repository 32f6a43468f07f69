// Saving without a signal: sealed into the outbox under an id of its own, with the hour on this phone's clock.
(() => {
  const form = document.querySelector("[data-shell-form]");
  let isSaving = false;

  const fieldsOf = async () => {
    const { children } = await self.outbox.phone();
    const fields = { child: children[0] ?? "", ...Object.fromEntries(new FormData(form)) };
    const typed = fields.happened_at;
    const time = typed ? new Date(typed) : new Date();
    fields.happened_at = Number.isNaN(time.getTime()) ? typed : self.outbox.withOffset(time);
    fields.kind = new URLSearchParams(location.search).get("kind");
    return fields;
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSaving) return;
    isSaving = true;
    try {
      await self.outbox.seal(crypto.randomUUID(), await fieldsOf());
      const worker = await navigator.serviceWorker.ready;
      await worker.sync?.register("outbox").catch(() => {});
      location.assign(`${form.action}?kept`);
    } catch {
      isSaving = false;
      form.querySelector("[data-shell-failed]").hidden = false;
    }
  });

  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
})();
