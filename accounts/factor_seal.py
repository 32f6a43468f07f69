"""The secrets of second factors, sealed: the key of an app and the seed of recovery codes.

AES-256-GCM under a master key, as `master key id:base64`. allauth gives no row to bind a value to, so all are bound to
the one place they may stand in.
"""

import base64
import binascii
import re

from allauth.mfa.models import Authenticator
from django.db.models import Q, QuerySet

from accounts.master_keys import master_keys
from accounts.sealing import SealError, seal, unseal

BOUND_TO = b"mfa_authenticator.data"
# Where each type keeps its secret; a passkey has none, its key is public.
SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


def seal_secret(secret: str) -> str:
    """The secret under the current master key."""
    name = next(iter(master_keys()))
    return f"{name}:{base64.b64encode(seal(master_keys()[name], secret.encode(), BOUND_TO)).decode()}"


def open_secret(sealed: str) -> str:
    """What `seal_secret` was given. Raises SealError without its master key, or when it was changed."""
    name, colon, encoded = sealed.partition(":")
    if not colon:  # a secret that was never sealed is not to stand in a log either
        raise SealError("a second factor without a seal")
    if name not in master_keys():
        raise SealError(f"no master key {name} for a second factor")
    try:
        value = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise SealError(f"cannot open {BOUND_TO.decode()}") from error
    return unseal(master_keys()[name], value, BOUND_TO).decode()


def factors_to_reseal() -> QuerySet[Authenticator]:
    """Those with a secret that is not under the current master key."""
    # Not startswith: on SQLite it takes capitals for small letters, and ids may differ in nothing else.
    current = f"^{re.escape(next(iter(master_keys())))}:"
    waiting = Q()
    for kind, name in SECRETS.items():
        waiting |= Q(type=kind) & ~Q(**{f"data__{name}__regex": current})
    return Authenticator.objects.filter(waiting)


def reseal(factor: Authenticator, *, dry_run: bool) -> None:
    """Put its secret under the current master key. Raises SealError when it does not open."""
    name = SECRETS[Authenticator.Type(factor.type)]
    secret = open_secret(factor.data[name])
    if not dry_run:
        factor.data[name] = seal_secret(secret)
        factor.save(update_fields=["data"])
