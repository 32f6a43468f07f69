// For the worker: what becomes of a form of a moment that could not be sent.
(() => {
  // Where words are typed on a page that can say it was not sent.
  const FORM = /^\/moments\/(new|another|.+\/edit)\/$/;

  // The page stays as it stands, and draft.js says that it was not kept.
  const stay = () => {
    new BroadcastChannel("stays").postMessage("");
    return new Response(null, { status: 204 });
  };

  // A moment that could not be sent: sealed, under the id that its page gave it.
  const keep = async (request) => {
    const phone = await self.outbox.phone();
    const fields = Object.fromEntries(await request.formData());
    const isOwn = phone?.shown && fields.writer?.startsWith(phone.person.replaceAll("-", ""));
    if (!isOwn || !fields.id) return stay();
    if (!fields.happened_at && !["earlier", "last_night"].includes(fields.when)) fields.happened_at = self.outbox.withOffset(new Date());
    await self.outbox.seal(fields.id, fields);
    await registration.sync?.register("outbox").catch(() => {});
    return Response.redirect(`/offline/?kept${fields.shares ? "=me" : ""}`, 303);
  };

  self.keeping = { FORM, keep, stay };
})();
