// Saving without a signal: sealed into the outbox under an id of its own, with the hour on this phone's clock.
(() => {
  const form = document.querySelector("[data-shell-form]");
  const asked = new URLSearchParams(location.search);
  // Whose phone it was when the form was opened. It may become another's before Save.
  const opened = self.outbox.phone();
  let isSaving = false;

  const fieldsOf = async () => {
    const { person, children } = await self.outbox.phone();
    if (person !== (await opened).person) throw new Error("It is another's phone now.");
    const fields = { child: children[0] ?? "", ...Object.fromEntries(new FormData(form)) };
    const typed = fields.happened_at;
    const time = typed ? new Date(typed) : new Date();
    // Another time that was not picked is asked for when this arrives.
    if (typed || fields.when !== "other") fields.happened_at = Number.isNaN(time.getTime()) ? typed : self.outbox.withOffset(time);
    for (const name of ["kind", "repairs"]) if (asked.has(name)) fields[name] = asked.get(name);
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
