// Leaving fast without a signal: from then on nothing is shown, and before any page is asked for the session is ended.
(() => {
  const DOOR = "/leave/";
  const PATIENCE = 10_000;

  const remember = (leaving) => self.outbox.change((phone) => phone && { ...phone, leaving, shown: false, hidden: Date.now() });

  self.leaving = {
    now: async (request) => {
      // Where nothing can be kept on this phone, the server is told all the same.
      await remember(true).catch(() => {});
      const answer = await fetch(request);
      if (answer.status < 500) await remember(false).catch(() => {});
      return answer;
    },
    first: async () => {
      const phone = await self.outbox.phone().catch(() => null);
      if (!phone?.leaving) return;
      const { status } = await fetch(DOOR, { method: "POST", credentials: "same-origin", redirect: "manual", signal: AbortSignal.timeout(PATIENCE) });
      if (status >= 500) throw new Error("signed in still");
      await remember(false);
    },
  };
})();
