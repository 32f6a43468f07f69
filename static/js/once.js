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

  // Two tabs that are one page would write over each other: a doubled one is a page of its own.
  const claim = (page) => {
    history.replaceState({ ...history.state, page: page.value }, "");
    navigator.locks?.request(`page ${page.value}`, { ifAvailable: true }, (lock) => {
      if (lock) return new Promise(() => {});
      page.value = crypto.randomUUID();
      claim(page);
    });
  };

  // Back brings what was typed, and with it whose page that is. Asked for anew it begins without, and is another.
  addEventListener("pageshow", ({ persisted }) => {
    const { page, text } = document.querySelector("form[data-draft]")?.elements ?? {};
    if (!page || persisted) return;
    if (history.state?.page && text.value !== text.defaultValue) page.value = history.state.page;
    claim(page);
  });

  const again = () => {
    for (const form of document.querySelectorAll("[data-once]")) sent.delete(form);
  };
  addEventListener("pageshow", again);
  // It could not be sent, and the page stays.
  new BroadcastChannel("stays").addEventListener("message", again);
})();
