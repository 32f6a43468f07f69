// Brings a script once the page is painted: htmx makes a tap quicker, and nobody waits for it. Until it is there, a form is sent whole.
(() => {
  const { src, integrity } = JSON.parse(document.currentScript.dataset.later);
  const PATIENCE = 3000;
  const loaded = new Promise((done) => addEventListener("load", done));
  const painted = new Promise((done) => new PerformanceObserver(done).observe({ type: "paint", buffered: true }));
  // A page that nobody looks at is not painted, and an old browser does not tell.
  const late = loaded.then(() => new Promise((done) => setTimeout(done, PATIENCE)));

  Promise.all([loaded, Promise.race([painted, late])]).then(() => {
    document.head.append(Object.assign(document.createElement("script"), { src, integrity }));
  });
})();
