// On one's own phone a form that could not be sent leaves its page as it stands. This says so, at the end of the form.
(() => {
  const words = document.querySelector("[data-stays]");
  let sent = null;

  addEventListener("submit", (event) => {
    // A form that keeps what is typed says it in words of its own.
    if (event.defaultPrevented || event.target.matches("[data-draft]")) return;
    sent = event.target;
    words.hidden = true;
  });
  new BroadcastChannel("stays").addEventListener("message", () => {
    sent?.append(words);
    words.hidden = !sent;
  });
})();
