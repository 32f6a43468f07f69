// Says how many moments wait on this phone, and why; and has them sent when there may be a line.
(() => {
  const box = document.querySelector("[data-outbox]");
  if (!box || !window.indexedDB) return;
  let had = 0;

  const show = async (trouble) => {
    const phone = await self.outbox.phone();
    const waiting = phone?.shown ? (await self.outbox.waiting()).filter(({ person }) => person === phone.person) : [];
    const why = new Set([trouble, ...waiting.map((entry) => String(entry.why ?? ""))]);
    const count = waiting.length;
    box.hidden = !phone?.shown || !(count || had);
    const words = count === 1 ? box.dataset.one : count ? box.dataset.many.replace("#", count) : box.dataset.sent;
    box.querySelector("[data-outbox-count]").textContent = words;
    for (const line of box.querySelectorAll("[data-outbox-why]")) line.hidden = !count || !why.has(line.dataset.outboxWhy);
    had = Math.max(had, count);
  };

  const send = async () => {
    await show("");
    await self.outbox.send();
  };

  new BroadcastChannel("outbox").addEventListener("message", ({ data }) => show(data));
  addEventListener("online", send);
  addEventListener("focus", send);
  addEventListener("pageshow", send);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") send();
  });
})();
