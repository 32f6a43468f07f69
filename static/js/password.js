// A button beside a password field that shows what was typed.
(() => {
  for (const button of document.querySelectorAll("[data-password-toggle]")) {
    const input = document.getElementById(button.getAttribute("aria-controls"));
    if (!input) continue;

    const reveal = (shown) => {
      input.type = shown ? "text" : "password";
      button.textContent = shown ? button.dataset.hide : button.dataset.show;
    };

    button.addEventListener("click", () => reveal(input.type === "password"));
    // Sent as a password again, so that the browser does not remember it as plain text.
    input.form?.addEventListener("submit", () => reveal(false));
    button.hidden = false;
    reveal(false);
  }
})();
