// A sentence to begin with goes into the message at a tap. Without this file it stands there to be copied.
(() => {
  for (const button of document.querySelectorAll("[data-starter]")) {
    const field = document.getElementById(button.dataset.starter);
    if (!field) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const words = button.previousElementSibling.textContent;
      field.value = field.value.trim() ? `${field.value.trim()} ${words}` : words;
      field.focus();
    });
  }
})();
