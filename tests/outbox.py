"""What a phone does with an entry before it sends it, in Python."""

import base64
import json
import os

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def seal_entry(sealing, pk, fields, *, person=None):
    """The entry, sealed by what GET /outbox/ told; in another's name when that is asked."""
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), base64.b64decode(sealing["public_key"]))
    own = ec.generate_private_key(ec.SECP256R1())
    key = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=key, info=b"notes outbox 1")
    secret = derive.derive(own.exchange(ec.ECDH(), public))
    nonce = os.urandom(12)
    bound_to = f"outbox:{pk}:{person or sealing['person']}".encode()
    plain = fields if isinstance(fields, bytes) else json.dumps(fields).encode()
    box = AESGCM(secret).encrypt(nonce, plain, bound_to)
    parts = {"key": key, "nonce": nonce, "box": box}
    written = {name: base64.b64encode(value).decode() for name, value in parts.items()}
    return {"id": str(pk), "key_id": sealing["key_id"], **written}
