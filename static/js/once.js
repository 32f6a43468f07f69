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

  // Back comes to the same page of the history with the ids that it had: saving it again is not another moment.
  for (const field of document.querySelectorAll("[data-once] :is([name=id], [name=page])")) {
    if (history.state?.[field.name]) field.value = history.state[field.name];
    else history.replaceState({ ...history.state, [field.name]: field.value }, "");
  }

  const again = () => {
    for (const form of document.querySelectorAll("[data-once]")) sent.delete(form);
  };
  addEventListener("pageshow", again);
  // It could not be sent, and the page stays.
  new BroadcastChannel("stays").addEventListener("message", again);
})();
