// Says how many moments wait on this phone, and why; and has them sent when there may be a line.
(() => {
  const box = document.querySelector("[data-outbox]");
  if (!box || !window.indexedDB) return;
  // What cannot be opened or read, or is too long, never goes.
  const STUCK = [400, 409, 413];
  const lines = [...box.querySelectorAll("[data-outbox-why]")];
  const stuck = box.querySelector("[data-outbox-stuck]");
  let had = 0;

  const own = async ({ person }) => (await self.outbox.waiting()).filter((entry) => entry.person === person);
  // Any other answer that was no good is said as 500 is.
  const said = ({ why = "" }) => (lines.some(({ dataset }) => dataset.outboxWhy === String(why)) || !why ? String(why) : "500");

  const show = async (trouble) => {
    if (trouble === "thrown away") had -= 1;
    const phone = await self.outbox.phone();
    const waiting = phone?.shown ? await own(phone) : [];
    const why = new Set([trouble, ...waiting.map(said)]);
    const count = waiting.length;
    box.hidden = !phone?.shown || !(count || had);
    const words = count === 1 ? box.dataset.one : count ? box.dataset.many.replace("#", count) : box.dataset.sent;
    box.querySelector("[data-outbox-count]").textContent = words;
    for (const line of lines) line.hidden = !count || !why.has(line.dataset.outboxWhy);
    stuck.hidden = !waiting.some((entry) => STUCK.includes(entry.why));
    had = Math.max(had, count);
  };

  const send = async () => {
    await show("");
    await self.outbox.send();
  };

  const drop = async () => {
    const first = (await own(await self.outbox.phone())).find((entry) => STUCK.includes(entry.why));
    if (first) await self.outbox.done(first.id);
    stuck.open = false;
    self.outbox.tell("thrown away");
  };

  stuck.querySelector("[data-outbox-drop]").addEventListener("click", () => navigator.locks.request("outbox", drop));
  new BroadcastChannel("outbox").addEventListener("message", ({ data }) => show(data));
  addEventListener("online", send);
  addEventListener("focus", send);
  addEventListener("pageshow", send);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") send();
  });
})();
