"""Second factors for tests: an app that shows codes, recovery codes, and a passkey made of software."""

import hashlib
import json
import re
import time
from html import unescape

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode

from tests.factories import PASSWORD

KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
OVERVIEW = "/account/2fa/"
SIGN_IN = "/account/login/"
SECOND_STEP = "/account/2fa/authenticate/"
ADD_APP = "/account/2fa/totp/activate/"
REMOVE_APP = "/account/2fa/totp/deactivate/"
CODES = "/account/2fa/recovery-codes/"
ADD_PASSKEY = "/account/2fa/webauthn/add/"
ORIGIN = "https://testserver"
NOT_FOUND_HERE = "That code does not fit. Type the newest one."


def code_of(key=KEY, seconds_ago=0):
    """What the app shows."""
    return format_hotp_value(hotp_value(key, int(time.time() - seconds_ago) // 30))


def give_app(user, key=KEY):
    return TOTP.activate(user, key).instance


def give_codes(user):
    """The recovery codes of a person, which they had not yet."""
    return RecoveryCodes.activate(user).generate_codes()


def give_passkey(user, name="My phone", passkey=None):
    passkey = passkey or SoftPasskey()
    credential = json.loads(passkey.create({"challenge": "AAAA"}))
    return WebAuthn.add(user, name, {**credential, "rawId": credential["id"], "type": "public-key"}).instance


def type_password(client, user="parent@example.com", **fields):
    return client.post(SIGN_IN, {"login": user, "password": PASSWORD, **fields})


def show_it_is_you(client, **typed):
    """The step that asks whose hands these are, by password or by code."""
    address = "/account/2fa/reauthenticate/" if "code" in typed else "/account/reauthenticate/"
    return client.post(f"{address}?next=/settings/", typed or {"password": PASSWORD})


def key_on(page):
    """The key as it stands on the page that sets up an app."""
    return re.search(r'class="key"[^>]*>([A-Z2-7 ]+)<', page.content.decode())[1].replace(" ", "")


def options_on(page):
    """What the page tells the browser about the passkey it wants."""
    return json.loads(unescape(re.search(r'data-options="([^"]*)"', page.content.decode())[1]))["publicKey"]


class SoftPasskey:
    """What a phone does, without a phone."""

    def __init__(self, origin=ORIGIN, host="testserver", made=b"\x45", shown=b"\x05"):
        self.made = made  # what it says of itself when it is made: someone was there, and it was the right finger
        self.shown = shown  # and the same when it is shown
        self.origin, self.host = origin, hashlib.sha256(host.encode()).digest()
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = hashlib.sha256(str(self.key.private_numbers().private_value).encode()).digest()

    def create(self, options):
        """What passkey.js sends of a new one."""
        named = bytes(16) + len(self.id).to_bytes(2, "big") + self.id
        seen = (
            self.host + self.made + bytes(4) + named + cbor.encode(ES256.from_cryptography_key(self.key.public_key()))
        )
        attestation = cbor.encode({"fmt": "none", "attStmt": {}, "authData": seen})
        said = self.said("webauthn.create", options)
        return self.sent(clientDataJSON=said, attestationObject=attestation)

    def get(self, options, user=None):
        """What passkey.js sends of one that is shown; of one that stays on the phone, with whose it is."""
        seen = self.host + self.shown + (1).to_bytes(4, "big")
        said = self.said("webauthn.get", options)
        signature = self.key.sign(seen + hashlib.sha256(said).digest(), ec.ECDSA(hashes.SHA256()))
        whose = {"userHandle": user_pk_to_url_str(user).encode()} if user else {}
        return self.sent(clientDataJSON=said, authenticatorData=seen, signature=signature, **whose)

    def said(self, kind, options):
        challenge = websafe_encode(websafe_decode(options["challenge"]))
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def sent(self, **parts):
        response = {name: websafe_encode(part) for name, part in parts.items()}
        return json.dumps({"id": websafe_encode(self.id), "response": response, "clientExtensionResults": {}})
