// For the worker: what becomes of a form that could not be sent.
(() => {
  const MOMENT = /^\/moments\/(new\/(another\/)?|.+\/edit\/)$/;
  const OTHERS = /^\/(account|admin|language)\//;

  // Whether the page of a form can say that it was not sent: of a moment always, others on a phone that is one's own.
  const stays = async ({ method, url }) => {
    const { pathname } = new URL(url);
    if (method !== "POST" || OTHERS.test(pathname)) return false;
    return MOMENT.test(pathname) || Boolean((await self.outbox.phone().catch(() => null))?.shown);
  };

  // The page stays as it stands, and draft.js or stays.js says that it was not sent: by the address of its form.
  const stay = ({ url }) => {
    new BroadcastChannel("stays").postMessage(new URL(url).pathname);
    return new Response(null, { status: 204 });
  };

  // A moment that could not be sent: sealed, under the id that its page gave it.
  const keep = async (request) => {
    const phone = await self.outbox.phone();
    const fields = Object.fromEntries(await request.formData());
    const isOwn = phone?.shown && fields.writer?.startsWith(phone.person.replaceAll("-", ""));
    if (!isOwn || !fields.id) return stay(request);
    if (!fields.happened_at && (fields.when ?? "now") === "now") fields.happened_at = self.outbox.withOffset(new Date());
    await self.outbox.seal(fields.id, fields);
    await registration.sync?.register("outbox").catch(() => {});
    return Response.redirect(`/offline/?kept${fields.shares ? "=me" : ""}`, 303);
  };

  self.keeping = { stays, keep, stay };
})();
