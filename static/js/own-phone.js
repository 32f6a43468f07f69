// On a page of someone whose own phone this is: sets it up to write without a signal, and keeps its key fresh.
(() => {
  const box = document.querySelector("[data-own-phone]");
  if (!box || !("serviceWorker" in navigator) || !window.indexedDB) return;
  const DAY = 24 * 60 * 60 * 1000;

  // Leave fast and wiping make the page over before they are done.
  const isStill = () => "ownPhone" in box.dataset && !document.documentElement.hidden;

  const setUp = async () => {
    const phone = await self.outbox.phone();
    const { ownPhone, known } = box.dataset;
    const isFresh = phone?.shown && phone.person === ownPhone && phone.known === known && Date.now() - phone.asked < DAY;
    if (!isFresh && !(await self.outbox.renew(phone, isStill))) return;
    await navigator.serviceWorker.register("/sw.js");
    const { sync } = await navigator.serviceWorker.ready;
    if ((await self.outbox.waiting()).length) await sync?.register("outbox").catch(() => {});
    const ready = document.querySelector("[data-phone-ready]");
    if (ready) {
      ready.hidden = false;
      await navigator.storage?.persist?.();
    }
    dispatchEvent(new Event("focus"));
  };

  setUp().catch(() => {});
})();
