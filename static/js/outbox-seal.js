// Seals one entry to the server's public key: the phone itself cannot open it again. See accounts/outbox_key.py.
(() => {
  const P256 = { name: "ECDH", namedCurve: "P-256" };
  const STEP = 512;

  const utf8 = (text) => new TextEncoder().encode(text);
  const toBytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const toText = (buffer) => btoa(Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join(""));

  // The length of what was written is rounded up, so that it tells little.
  const padded = (text) => {
    const bytes = utf8(text).length;
    return text + " ".repeat(Math.ceil(bytes / STEP) * STEP - bytes);
  };

  self.outbox.seal = async (id, fields) => {
    const { person, key_id, public_key } = await self.outbox.phone();
    const { subtle } = crypto;
    const own = await subtle.generateKey(P256, false, ["deriveBits"]);
    const key = await subtle.exportKey("raw", own.publicKey);
    const theirs = await subtle.importKey("raw", toBytes(public_key), P256, false, []);
    const shared = await subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
    const whole = await subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
    const how = { name: "HKDF", hash: "SHA-256", salt: key, info: utf8("notes outbox 1") };
    const secret = await subtle.deriveKey(how, whole, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const additionalData = utf8(`outbox:${id}:${person}`);
    const box = await subtle.encrypt({ name: "AES-GCM", iv, additionalData }, secret, utf8(padded(JSON.stringify(fields))));
    await self.outbox.put({ id: crypto.randomUUID(), form: id, person, at: Date.now(), key_id, key: toText(key), nonce: toText(iv), box: toText(box) });
  };

  // A time on this phone's clock, with its offset from UTC.
  self.outbox.withOffset = (time) => {
    const minutes = -time.getTimezoneOffset();
    const local = new Date(time.getTime() + minutes * 60_000).toISOString().slice(0, 19);
    const two = (number) => String(Math.floor(Math.abs(number))).padStart(2, "0");
    return `${local}${minutes < 0 ? "-" : "+"}${two(minutes / 60)}:${two(minutes % 60)}`;
  };
})();
