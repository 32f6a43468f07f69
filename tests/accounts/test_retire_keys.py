"""The end of a master key's epoch: a copy of the database from before opens with nothing that is left."""

import base64
import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from accounts import renewing
from accounts.master_keys import master_keys
from accounts.models import DataKey, FormerKey
from accounts.sealing import HEAD_BYTES, SealError, unseal
from journal.models import Child, Moment, Note, Parcel, Share, Visit, Way
from tests.factories import make_child, make_moment, make_note, make_share, make_user

pytestmark = pytest.mark.django_db

NEW = "new:" + base64.b64encode(b"n" * 32).decode()


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


@pytest.fixture
def words(wednesday, parent, visitor, stranger):
    """Something in every sealed column; as they read, to be read again."""
    child = make_child(parent=parent)
    moment = make_moment(author=parent, child=child, text="She looked up.")
    make_moment(author=stranger, text="Elsewhere.")
    share = make_share(parent=parent, reader=visitor, children=[child], moments=[moment])
    make_note(share=share, author=visitor, moment=moment, text="Kept.")
    Visit.objects.plan(share).ask_for("Naps.")
    Parcel.objects.begin(parent, Way.OUT).add("x", 0, "A piece.")
    wednesday.shift(timedelta(minutes=1))
    return read()


def read():
    return [
        sorted((str(row.pk), str(getattr(row, column.attname))) for row in model.objects.all())
        for model, column in renewing.sealed_columns()
    ]


def retire(*options):
    out = io.StringIO()
    try:
        call_command("rotate_keys", "--retire", *options, stdout=out, stderr=out)
    except CommandError as error:
        return out.getvalue() + str(error)
    return out.getvalue()


def backup():
    """What a copy of the database holds of a moment: the wrapped keys, and the sealed words with whose they are."""
    keys = {key.pk: (bytes(key.wrapped), key.bound_to) for key in DataKey.objects.all()}
    moment = Moment.objects.filter(child__isnull=False).values("pk", "author", "content").get()
    column = Moment._meta.get_field("content")
    return keys, bytes(moment["content"]), column.bound_to(moment["pk"], moment["author"])


def opens_with(secrets, value, bound_to):
    for secret in secrets:
        try:
            return unseal(secret, value, bound_to).decode()
        except SealError:
            continue
    return None


def todays_secrets():
    """Every key that stands in today's database, opened by today's master keys."""
    return [key.secret for model in (DataKey, FormerKey) for key in model.objects.all()]


def test_rotating_alone_leaves_a_copy_from_before_open_to_todays_keys(words, old, use_master_keys):
    """The control, and why there is more to do: who is still here has the key that the copy was sealed with."""
    _keys, sealed, bound_to = backup()
    use_master_keys(NEW, old)
    call_command("rotate_keys", stdout=io.StringIO())
    use_master_keys(NEW)
    assert "She looked up." in opens_with(todays_secrets(), sealed[HEAD_BYTES:], bound_to)


def test_after_retiring_a_copy_from_before_opens_with_nothing_that_is_left(words, old, use_master_keys):
    keys, sealed, bound_to = backup()
    use_master_keys(NEW, old)
    told = retire("--stopped")
    assert "Now destroy every copy of the master keys tests1" in told
    assert "What phones wrote without a signal" in told
    use_master_keys(NEW)
    assert "The epoch of new has begun." in retire("--stopped")
    secrets = [*todays_secrets(), *master_keys().values()]
    assert len(secrets) == 3
    assert opens_with(secrets, sealed[HEAD_BYTES:], bound_to) is None
    for wrapped, wrapped_bound_to in keys.values():
        assert all(opens(secret, wrapped, wrapped_bound_to) is False for secret in secrets)


def opens(secret, value, bound_to):
    try:
        unseal(secret, value, bound_to)
    except SealError:
        return False
    return True


def test_everything_still_reads_as_before_and_nothing_else_of_a_row_changed(words, old, use_master_keys):
    clear = list(Moment.objects.order_by("pk").values("pk", "edited_at", "version", "kind", "child", "happened_at"))
    use_master_keys(NEW, old)
    retire("--stopped")
    use_master_keys(NEW)
    assert read() == words
    assert not FormerKey.objects.exists()
    assert clear == list(
        Moment.objects.order_by("pk").values("pk", "edited_at", "version", "kind", "child", "happened_at")
    )


def test_every_sealed_column_is_sealed_anew(words, old, use_master_keys):
    def headers():
        held = [
            bytes(row.__dict__[column.attname])[:HEAD_BYTES]
            for model, column in renewing.sealed_columns()
            for row in model.objects.all()
        ]
        return set(held)

    before = headers()
    assert {model for model, _ in renewing.sealed_columns()} >= {Child, Moment, Share, Note, Visit}
    use_master_keys(NEW, old)
    retire("--stopped")
    assert not headers() & before


def test_while_servers_run_the_former_keys_stay_an_hour_and_what_was_sealed_meanwhile_opens(
    words, old, parent, use_master_keys, wednesday
):
    use_master_keys(NEW, old)
    slow = DataKey.of(parent.pk)
    assert "Run this again in an hour." in retire()
    # A request that began before now writes under the key it had in hand.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DataKey, "of", lambda user_id: slow)
        late = make_moment(author=parent, text="Sealed late.")
    assert Moment.objects.get(pk=late.pk).text == "Sealed late."
    wednesday.shift(timedelta(minutes=59))
    assert "Run this again in an hour." in retire()
    assert FormerKey.objects.count() == 2
    wednesday.shift(timedelta(minutes=2))
    assert "2 former keys are put away, 0 still stay." in retire()
    use_master_keys(NEW)
    assert Moment.objects.get(pk=late.pk).text == "Sealed late."


def test_stopped_half_way_it_goes_on_where_it_was(words, old, use_master_keys, wednesday, monkeypatch):
    use_master_keys(NEW, old)
    renew, done = DataKey.renew, []

    def once(key):
        if done:
            raise KeyboardInterrupt
        done.append(key)
        renew(key)

    monkeypatch.setattr(DataKey, "renew", once)
    with pytest.raises(KeyboardInterrupt):
        retire()
    monkeypatch.undo()
    make_child(parent=make_user(email="new@example.com"))
    wednesday.shift(timedelta(minutes=1))
    assert "1 people have a new key." in retire()
    wednesday.shift(timedelta(hours=2))
    assert "0 people have a new key." in retire()
    use_master_keys(NEW)
    assert read()[: len(words)]
    assert not FormerKey.objects.exists()


def test_it_cannot_be_tried(words):
    with pytest.raises(CommandError, match="cannot be tried"):
        call_command("rotate_keys", "--retire", "--dry-run")


def test_a_person_who_goes_takes_the_former_key_too(words, parent, old, use_master_keys):
    use_master_keys(NEW, old)
    retire()
    assert FormerKey.objects.filter(user=parent).exists()
    parent.delete()
    assert not FormerKey.objects.filter(user=parent.pk).exists()
