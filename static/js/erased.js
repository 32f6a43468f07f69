// After everything of a person was deleted: what this phone keeps of them goes too. Another's stays theirs.
(async () => {
  const { erased } = document.querySelector("[data-erased]").dataset;
  const phone = await self.outbox.phone();
  const waiting = await self.outbox.waiting();
  const isAnother = ({ person }) => person !== erased;
  if (![phone, ...waiting].some((kept) => kept && isAnother(kept))) return self.outbox.wipe();
  for (const entry of waiting) if (!isAnother(entry)) await self.outbox.done(entry.id);
  if (phone?.person === erased) await self.outbox.forget();
})();
