// Brings a script once the page is painted: htmx makes a tap quicker, and nobody waits for it. Until it is there, a form is sent whole.
(() => {
  const { src, integrity } = JSON.parse(document.currentScript.dataset.later);
  const bring = () => document.head.append(Object.assign(document.createElement("script"), { src, integrity }));
  addEventListener("load", () => requestAnimationFrame(() => setTimeout(bring)));
})();
