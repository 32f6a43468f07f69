// Leaving fast without a signal: from then on nothing is shown, and before any page is asked for the session is ended.
(() => {
  const DOOR = "/leave/";

  const remember = async (leaving) => {
    const phone = await self.outbox.phone();
    if (phone) await self.outbox.setUp({ ...phone, leaving, shown: false, hidden: Date.now() });
  };

  self.leaving = {
    now: async (request) => {
      await remember(true);
      const answer = await fetch(request);
      await remember(false);
      return answer;
    },
    first: async () => {
      if (!(await self.outbox.phone())?.leaving) return;
      await fetch(DOOR, { method: "POST", credentials: "same-origin", redirect: "manual" });
      await remember(false);
    },
  };
})();
