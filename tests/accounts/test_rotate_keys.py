import base64
import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from accounts.factor_seal import open_secret
from accounts.management.commands import rotate_keys
from accounts.master_keys import master_keys
from accounts.models import DataKey
from journal.models import Child
from tests.accounts.factors import KEY, give_app, give_codes, give_passkey
from tests.factories import make_child, make_user

pytestmark = pytest.mark.django_db

NEW = "new:" + base64.b64encode(b"n" * 32).decode()


@pytest.fixture
def people(db):
    """Five people with words of their own."""
    return [make_child(parent=make_user(email=f"{n}@example.com"), name=f"Child {n}").parent for n in range(5)]


@pytest.fixture
def use_master_keys(settings):
    """Start again with other master keys, as a new worker would."""

    def use(*keys):
        settings.MASTER_KEYS = list(keys)
        master_keys.cache_clear()
        DataKey.opened.clear()

    yield use
    master_keys.cache_clear()


@pytest.fixture
def old(settings):
    return settings.MASTER_KEYS[0]


def rotate(*options):
    out = io.StringIO()
    call_command("rotate_keys", *options, stdout=out, stderr=out)
    return out.getvalue()


def masters():
    return sorted(DataKey.objects.values_list("master", flat=True))


def test_after_rotating_the_older_master_key_can_go_and_all_words_still_open(people, old, use_master_keys):
    use_master_keys(NEW, old)
    assert "5 rewrapped, 0 did not open, 0 left" in rotate()
    use_master_keys(NEW)
    assert sorted(child.name for child in Child.objects.all()) == [f"Child {n}" for n in range(5)]


def test_before_rotating_the_older_master_key_cannot_go(people, use_master_keys):
    use_master_keys(NEW)
    with pytest.raises(CommandError, match="Keep every master key"):
        rotate()
    assert masters() == ["tests1"] * 5


def test_the_words_themselves_are_not_touched(people, old, use_master_keys):
    before = dict(Child.objects.values_list("pk", "name"))
    use_master_keys(NEW, old)
    rotate()
    assert dict(Child.objects.values_list("pk", "name")) == before


def test_a_second_run_finds_nothing_to_do(people, old, use_master_keys):
    use_master_keys(NEW, old)
    rotate()
    wrapped = dict(DataKey.objects.values_list("pk", "wrapped"))
    assert "0 rewrapped, 0 did not open, 0 left" in rotate()
    assert dict(DataKey.objects.values_list("pk", "wrapped")) == wrapped


def test_a_run_that_was_killed_halfway_is_taken_up_again(people, old, use_master_keys, monkeypatch):
    use_master_keys(NEW, old)
    monkeypatch.setattr(rotate_keys, "BATCH", 2)
    rewrap, done = DataKey.rewrap, []

    def killed_at_the_fourth(key):
        if len(done) == 3:
            raise KeyboardInterrupt
        done.append(rewrap(key))

    monkeypatch.setattr(DataKey, "rewrap", killed_at_the_fourth)
    with pytest.raises(KeyboardInterrupt):
        rotate()
    assert masters() == ["new"] * 2 + ["tests1"] * 3
    assert sorted(child.name for child in Child.objects.all()) == [f"Child {n}" for n in range(5)]
    monkeypatch.setattr(DataKey, "rewrap", rewrap)
    assert "3 rewrapped, 0 did not open, 0 left" in rotate()
    assert masters() == ["new"] * 5


def test_it_goes_on_in_batches_and_says_how_far_it_is(people, old, use_master_keys, monkeypatch):
    use_master_keys(NEW, old)
    monkeypatch.setattr(rotate_keys, "BATCH", 2)
    assert rotate().splitlines()[:3] == ["2 of 5", "4 of 5", "5 of 5"]


def test_a_dry_run_tries_every_key_and_changes_none(people, old, use_master_keys):
    use_master_keys(NEW, old)
    assert "5 would be rewrapped, 0 did not open, 5 left" in rotate("--dry-run")
    assert masters() == ["tests1"] * 5


def test_a_dry_run_finds_a_key_that_does_not_open(people, old, use_master_keys):
    use_master_keys(NEW, old)
    DataKey.objects.filter(user=people[0]).update(wrapped=b"broken")
    with pytest.raises(CommandError, match="Keep every master key"):
        rotate("--dry-run")


def test_one_broken_key_does_not_keep_the_others_back(people, old, use_master_keys):
    use_master_keys(NEW, old)
    DataKey.objects.filter(user=people[2]).update(wrapped=b"broken")
    with pytest.raises(CommandError, match="Keep every master key"):
        rotate()
    assert masters() == ["new"] * 4 + ["tests1"]


def test_with_one_master_key_there_is_nothing_to_do(people):
    assert rotate() == "0 rewrapped, 0 did not open, 0 left under an older master key.\n"


def test_a_key_made_meanwhile_under_the_older_master_key_is_told(people, old, use_master_keys, monkeypatch):
    use_master_keys(NEW, old)
    rewrap = DataKey.rewrap

    def and_another_server_makes_one(key):
        rewrap(key)
        DataKey.objects.filter(pk=min(DataKey.objects.values_list("pk", flat=True))).update(master="tests1")

    monkeypatch.setattr(DataKey, "rewrap", and_another_server_makes_one)
    with pytest.raises(CommandError, match="A server still puts an older master key first"):
        rotate()


def test_nothing_it_says_holds_a_key(people, old, use_master_keys):
    secrets = [base64.b64encode(key.secret).decode() for key in DataKey.objects.all()]
    use_master_keys(NEW, old)
    DataKey.objects.filter(user=people[0]).update(wrapped=b"broken")
    out = io.StringIO()
    with pytest.raises(CommandError):
        call_command("rotate_keys", stdout=out, stderr=out)
    for secret in [*secrets, NEW.partition(":")[2], old.partition(":")[2], "nnnn"]:
        assert secret not in out.getvalue()


# Second factors


@pytest.fixture
def careful(people):
    """The first of them has an app, recovery codes and a passkey; the second recovery codes."""
    give_app(people[0])
    give_passkey(people[0])
    return give_codes(people[0]), give_codes(people[1])


def secrets():
    """What is kept of every second factor, by id."""
    return dict(Authenticator.objects.values_list("pk", "data"))


def test_after_rotating_apps_and_recovery_codes_still_fit_without_the_older_master_key(
    people, careful, old, use_master_keys, client
):
    use_master_keys(NEW, old)
    assert "8 rewrapped, 0 did not open, 0 left" in rotate()
    use_master_keys(NEW)
    assert old.partition(":")[0] not in str(secrets())
    assert open_secret(people[0].authenticator_set.get(type="totp").data["secret"]) == KEY
    codes = [
        row.wrap().generate_codes() for row in Authenticator.objects.filter(type="recovery_codes").order_by("user")
    ]
    assert sorted(codes) == sorted(careful)


def test_before_rotating_both_master_keys_open_them(people, careful, old, use_master_keys):
    use_master_keys(NEW, old)
    given = give_app(people[1], KEY[::-1])
    assert given.data["secret"].startswith("new:")
    assert open_secret(given.data["secret"]) == KEY[::-1]
    assert open_secret(people[0].authenticator_set.get(type="totp").data["secret"]) == KEY


def test_rotating_keeps_which_codes_were_used_and_leaves_passkeys_as_they_are(people, careful, old, use_master_keys):
    codes = people[0].authenticator_set.get(type="recovery_codes")
    assert codes.wrap().validate_code(careful[0][2])
    passkey = people[0].authenticator_set.get(type="webauthn").data
    use_master_keys(NEW, old)
    rotate()
    codes.refresh_from_db()
    assert len(codes.wrap().get_unused_codes()) == 9
    assert people[0].authenticator_set.get(type="webauthn").data == passkey


def test_a_second_run_leaves_second_factors_as_they_are(people, careful, old, use_master_keys):
    use_master_keys(NEW, old)
    rotate()
    before = secrets()
    assert "0 rewrapped, 0 did not open, 0 left" in rotate()
    assert secrets() == before


def test_a_dry_run_opens_second_factors_and_changes_none(people, careful, old, use_master_keys):
    use_master_keys(NEW, old)
    before = secrets()
    assert "8 would be rewrapped, 0 did not open, 8 left" in rotate("--dry-run")
    assert secrets() == before


def test_a_second_factor_that_does_not_open_is_told_and_keeps_no_other_back(people, careful, old, use_master_keys):
    use_master_keys(NEW, old)
    broken = people[0].authenticator_set.get(type="totp")
    broken.data["secret"] = old.partition(":")[0] + ":AAAA"
    broken.save()
    out = io.StringIO()
    with pytest.raises(CommandError, match="Keep every master key"):
        call_command("rotate_keys", stdout=out, stderr=out)
    assert "7 rewrapped, 1 did not open, 1 left" in out.getvalue()
    assert f"cannot open mfa_authenticator.data ({broken.pk})" in out.getvalue()
    assert "AAAA" not in out.getvalue()


def test_ids_of_master_keys_that_differ_in_capitals_alone_are_told_apart(people, careful, old, use_master_keys):
    capitals = "TESTS1:" + NEW.partition(":")[2]
    use_master_keys(capitals, old)
    assert "8 rewrapped, 0 did not open, 0 left" in rotate()
    use_master_keys(capitals)
    assert open_secret(people[0].authenticator_set.get(type="totp").data["secret"]) == KEY
