// The page that opens without a signal: four doors, or the form of one kind. It knows no child by name.
(async () => {
  const find = (name) => document.querySelector(`[data-shell${name}]`);
  const asked = new URLSearchParams(location.search);
  const head = document.querySelector("h1");
  const box = document.querySelector("[data-now]");
  box.dataset.now = self.outbox.withOffset(new Date()).slice(0, 16);

  const phone = await self.outbox.phone();
  if (!phone?.shown) return;
  find("").hidden = false;
  find("-kept").hidden = !asked.has("kept");
  find("-closed").hidden = asked.has("kept");
  if (asked.has("kept")) head.textContent = head.dataset.kept;
  find("-readers").hidden = asked.get("kept") !== "me";

  const kind = asked.get("kind");
  const shown = kind && find(`-kind="${CSS.escape(kind)}"`);
  if (!shown) return;
  shown.hidden = find("-form").hidden = false;
  find("-doors").hidden = true;
  head.hidden = find("-closed").hidden = true;

  find(kind === "missed" ? "-did" : "-did-missed").remove();
  for (const choice of document.querySelectorAll("[name=did_missed]")) choice.name = "did";
  if (kind === "reflection") for (const choice of document.querySelectorAll("[name=cue], [name=did]")) choice.closest("fieldset")?.remove();

  // Which child: by age, or later. With one there is nothing to ask.
  if (phone.children.length < 2) find("-children").remove();
  for (const choice of document.querySelectorAll("[name=child]")) {
    if (choice.value === "later") continue;
    const child = phone.children[Number(choice.value)];
    if (child) choice.value = child;
    else choice.closest("label").remove();
  }
})();
