// What the phone knows of its person, asked for anew: for whoever said in this session that it is their own phone.
self.outbox.renew = async (before, isStill = () => true) => {
  const answer = await self.outbox.ask();
  if (!answer?.own_phone || !isStill()) return false;
  const { person, key_id, public_key, children, known } = answer;
  let isDone = false;
  await self.outbox.change((now) => {
    // On a slow line it may have been left or wiped meanwhile: then it stays so.
    isDone = now?.hidden === before?.hidden && Boolean(now) === Boolean(before) && isStill();
    return isDone && { person, key_id, public_key, children, known, hidden: now?.hidden, asked: Date.now(), shown: true };
  }, !before);
  return isDone;
};

// After signing in, on whatever page that leads to: what signing out closed is open again. Asked once, not at each page.
self.outbox.reopen = async () => {
  const phone = await self.outbox.phone();
  if (!phone?.due || phone.leaving || (await self.outbox.renew(phone))) return;
  await self.outbox.change((now) => now?.due && now.hidden === phone.hidden && { ...now, due: false });
};
