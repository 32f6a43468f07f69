// A form with data-once is sent once: a second tap while the first is under way does nothing.
(() => {
  // On a dead line the answer may never come: after this long a tap is meant.
  const PATIENCE = 10_000;
  const sent = new WeakMap();

  addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]") || event.defaultPrevented) return;
    if (event.timeStamp - sent.get(form) < PATIENCE) event.preventDefault();
    else sent.set(form, event.timeStamp);
  });

  // Back comes to the same page of the history with the id that it had: saving it again is not another moment.
  for (const field of document.querySelectorAll("[data-once] [name=id]")) {
    if (history.state?.id) field.value = history.state.id;
    else history.replaceState({ ...history.state, id: field.value }, "");
  }

  // A doubled tab has the page of the first, and would write over what was typed there: it becomes another.
  const claim = ({ page, since }) => {
    history.replaceState({ ...history.state, page: page.value, since: since?.value }, "");
    navigator.locks?.request(`page ${page.value}`, { ifAvailable: true }, (lock) => {
      if (lock) return new Promise(() => {});
      page.value = crypto.randomUUID();
      claim({ page, since });
    });
  };

  // Back brings what was typed and chosen: it is the same page, and saw what it saw then. After a reload nothing of it
  // is there: it is another.
  const isTyped = (field) =>
    field.selectedOptions
      ? [...field.selectedOptions].some((option) => !option.defaultSelected)
      : field.checked !== field.defaultChecked || (field.type !== "checkbox" && field.value !== field.defaultValue);
  addEventListener("pageshow", ({ persisted }) => {
    const form = document.querySelector("form[data-draft]");
    if (!form || persisted) return;
    const { page, since } = form.elements;
    if (history.state?.page && [...form.querySelectorAll("input, select, textarea")].some(isTyped)) {
      page.value = history.state.page;
      if (since) since.value = history.state.since ?? "";
    }
    claim({ page, since });
  });

  const again = () => {
    for (const form of document.querySelectorAll("[data-once]")) sent.delete(form);
  };
  addEventListener("pageshow", again);
  // It could not be sent, and the page stays.
  new BroadcastChannel("stays").addEventListener("message", again);
})();
