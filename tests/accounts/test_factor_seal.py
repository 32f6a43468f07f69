import base64

import pytest

from accounts.factor_seal import open_secret, seal_secret
from accounts.master_keys import master_keys
from accounts.sealing import SealError, seal

SECRET = "JBSWY3DPEHPK3PXP"


def test_what_was_sealed_opens_again():
    assert open_secret(seal_secret(SECRET)) == SECRET


def test_a_sealed_secret_names_its_master_key_and_nothing_else():
    name, _, encoded = seal_secret(SECRET).partition(":")
    assert name == "tests1"
    assert SECRET.encode() not in base64.b64decode(encoded)


def test_the_same_secret_never_looks_the_same():
    assert seal_secret(SECRET) != seal_secret(SECRET)


def changed(sealed):
    name, _, encoded = sealed.partition(":")
    value = bytearray(base64.b64decode(encoded))
    value[-1] ^= 1
    return f"{name}:{base64.b64encode(value).decode()}"


@pytest.mark.parametrize(
    "spoil",
    [
        changed,
        lambda sealed: sealed[:-8],
        lambda sealed: f"gone{sealed}",
        lambda sealed: SECRET,
        lambda sealed: "",
        lambda sealed: "tests1:",
        lambda sealed: "tests1:*",
    ],
)
def test_what_was_changed_or_has_no_key_does_not_open(spoil):
    with pytest.raises(SealError) as error:
        open_secret(spoil(seal_secret(SECRET)))
    assert SECRET not in str(error.value)


def test_what_was_sealed_for_another_place_does_not_open():
    elsewhere = base64.b64encode(seal(master_keys()["tests1"], SECRET.encode(), b"accounts_datakey.wrapped")).decode()
    with pytest.raises(SealError):
        open_secret(f"tests1:{elsewhere}")
