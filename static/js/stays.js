// On one's own phone a form that could not be sent leaves its page as it stands. This says so, at the end of the form.
(() => {
  const words = document.querySelector("[data-stays]");
  let sent = null;
  let path = "";

  addEventListener("submit", (event) => {
    // A form that keeps what is typed says it in words of its own.
    if (event.defaultPrevented || event.target.matches("[data-draft]")) return;
    sent = event.target;
    path = new URL(event.submitter?.getAttribute("formaction") ?? sent.action, location.href).pathname;
    words.hidden = true;
  });
  new BroadcastChannel("stays").addEventListener("message", ({ data }) => {
    // Another tab may have sent another.
    if (!sent || path !== data) return;
    sent.append(words);
    words.hidden = false;
  });
})();
