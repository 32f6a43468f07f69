"""The server's P-256 keys, to which a phone seals what it writes without a signal.

One for each master key, made from it by HKDF (RFC 5869): it is kept and rotated with the master keys, the first is
current, and an older one opens what a phone still holds as long as its master key stays in the list.
An entry is sealed by ECDH with a key pair of its own (P-256), HKDF-SHA256 and AES-256-GCM; the associated data is
`outbox : entry id : person id`, so that nothing opens under another id or in another person's name.
"""

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from accounts.master_keys import master_keys
from accounts.sealing import SealError

# Of the group of P-256 (SP 800-186).
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
FOR_KEYS = b"notes outbox key 1"
FOR_ENTRIES = b"notes outbox 1"


def derive(secret: bytes, length: int, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=length, salt=salt, info=info).derive(secret)


@cache
def private_keys() -> dict[str, ec.EllipticCurvePrivateKey]:
    """The keys by the id of their master key, the current one first."""
    scalars = {name: int.from_bytes(derive(key, 48, None, FOR_KEYS)) for name, key in master_keys().items()}
    return {name: ec.derive_private_key(scalar % (ORDER - 1) + 1, ec.SECP256R1()) for name, scalar in scalars.items()}


def current_key() -> tuple[str, bytes]:
    """Id and public key, as an uncompressed point, of the key to seal to."""
    name, key = next(iter(private_keys().items()))
    return name, key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@dataclass(frozen=True)
class SealedEntry:
    """One entry as a phone sends it: which key it is sealed to, the phone's own public key, nonce and ciphertext."""

    id: UUID
    key_id: str
    public_key: bytes
    nonce: bytes
    box: bytes

    def open(self, person: UUID) -> bytes:
        """What was written. Raises SealError when it was not sealed for this person, or to no key that is still kept."""
        if self.key_id not in private_keys():
            raise SealError(f"no outbox key for {self.id}")
        try:
            theirs = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), self.public_key)
            shared = private_keys()[self.key_id].exchange(ec.ECDH(), theirs)
            key = AESGCM(derive(shared, 32, self.public_key, FOR_ENTRIES))
            return key.decrypt(self.nonce, self.box, f"outbox:{self.id}:{person}".encode())
        except (InvalidTag, ValueError) as error:
            raise SealError(f"cannot open outbox entry {self.id}") from error
