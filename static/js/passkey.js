// A passkey, made or shown by the browser: the form carries what the browser says of it. Where there is none, or no
// script, the page says what else there is.
(() => {
  const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

  // Bytes travel as base64url.
  const toBytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));
  const toText = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const known = (list = []) => list.map((one) => ({ ...one, id: toBytes(one.id) }));

  const ask = (way, { publicKey }) => {
    publicKey.challenge = toBytes(publicKey.challenge);
    publicKey.excludeCredentials = known(publicKey.excludeCredentials);
    publicKey.allowCredentials = known(publicKey.allowCredentials);
    if (publicKey.user) publicKey.user.id = toBytes(publicKey.user.id);
    return navigator.credentials[way]({ publicKey });
  };

  const told = (credential) => {
    const parts = PARTS.filter((name) => credential.response[name]);
    const response = Object.fromEntries(parts.map((name) => [name, toText(credential.response[name])]));
    const clientExtensionResults = credential.getClientExtensionResults();
    return JSON.stringify({ id: credential.id, response, clientExtensionResults });
  };

  for (const form of document.querySelectorAll("[data-passkey]")) {
    if (!window.PublicKeyCredential) continue;
    const button = form.querySelector("[data-passkey-go]");
    const failed = form.querySelector("[data-passkey-failed]");

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      button.disabled = failed.hidden = true;
      try {
        form.elements.credential.value = told(await ask(form.dataset.passkey, JSON.parse(form.dataset.options)));
        form.submit();
      } catch {
        button.disabled = failed.hidden = false;
      }
    });

    addEventListener("pageshow", () => {
      button.disabled = false;
    });
    form.querySelector("[data-passkey-without]").hidden = true;
    button.hidden = false;
  }
})();
