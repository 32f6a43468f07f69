// Quick choices for when a moment happened. All is wall-clock time where the parent lives (without a signal: where the
// phone is), read and written as if it were UTC, so that no other zone comes in.
(() => {
  const MINUTE = 60_000;
  const DAY = 24 * 60 * MINUTE;

  for (const box of document.querySelectorAll("[data-now]")) {
    const other = box.querySelector("[data-when-other]");
    const input = box.querySelector("[name=happened_at]");
    const choices = [...box.querySelectorAll("[name=when]")];
    if (!other || !input || !choices.length) continue;

    const loaded = Date.now();
    const now = () => Date.parse(`${box.dataset.now}Z`) + Date.now() - loaded;
    const midnight = () => Math.floor(now() / DAY) * DAY;
    const write = (time) => new Date(time).toISOString().slice(0, 16);

    const times = {
      now: () => "",
      earlier: () => write(Math.max(now() - 120 * MINUTE, midnight())),
      last_night: () => write(midnight() - 180 * MINUTE),
    };

    const show = () => {
      const chosen = choices.find((choice) => choice.checked)?.value;
      other.hidden = chosen !== "other" && !input.matches("[aria-invalid]");
    };

    box.addEventListener("change", ({ target }) => {
      if (target.name !== "when") return;
      show();
      if (target.value === "other") input.focus();
      else if (target.value in times) input.value = times[target.value]();
    });

    input.addEventListener("input", () => {
      const choice = choices.find(({ value }) => value === "other");
      if (choice) choice.checked = true;
      show();
    });

    show();
    addEventListener("pageshow", show);
  }
})();
