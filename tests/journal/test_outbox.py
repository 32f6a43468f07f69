"""What a phone wrote without a signal comes in once, for its writer alone, and is never lost on the way."""

import base64
from datetime import UTC, datetime

import pytest
from django.test import Client

from accounts.master_keys import master_keys
from accounts.outbox_key import private_keys
from journal import outbox
from journal.models import Draft, Moment
from tests.factories import make_child, make_moment
from tests.journal.writing import ID, NEW, OTHER_ID, form_of, read, send_edit, whole_form
from tests.outbox import seal_entry

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]
WORDS = {"kind": "responsive", "text": "No signal, and we sang.", "happened_at": "2026-03-04T09:30:12-05:00"}
DOOR = "/outbox/"


@pytest.fixture(autouse=True)
def fresh_keys():
    yield
    master_keys.cache_clear()
    private_keys.cache_clear()


@pytest.fixture
def sealing(signed_in):
    return signed_in.get(DOOR).json()


def bring(client, entry, **headers):
    return client.post(DOOR, entry, content_type="application/json", headers=headers)


def test_the_door_tells_what_a_phone_needs_and_no_name(signed_in, parent, child):
    told = signed_in.get(DOOR).json()
    assert set(told) == {"token", "key_id", "public_key", "person", "children", "known", "own_phone"}
    assert told["children"] == [str(child.pk)]
    assert len(base64.b64decode(told["public_key"])) == 65
    assert child.name not in str(told)


def test_children_are_told_by_age(signed_in, parent):
    younger = make_child(parent=parent, birth_month=datetime(2025, 10, 1).date())  # noqa: DTZ001
    older = make_child(parent=parent, birth_month=datetime(2023, 1, 1).date())  # noqa: DTZ001
    assert signed_in.get(DOOR).json()["children"] == [str(older.pk), str(younger.pk)]


@pytest.mark.parametrize("method", ["get", "post"])
def test_signed_out_it_says_so(client, method):
    answer = getattr(client, method)(DOOR)
    assert (answer.status_code, answer.json()) == (403, {"why": "sign in"})


def test_without_the_token_nothing_comes_in(parent, sealing):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(parent)
    told = browser.get(DOOR).json()
    entry = seal_entry(told, ID, WORDS)
    assert bring(browser, entry).status_code == 403
    assert not Moment.objects.exists()
    assert bring(browser, entry, **{"X-CSRFToken": told["token"]}).status_code == 201


def test_it_becomes_a_moment_at_the_time_it_was_written(signed_in, parent, sealing):
    assert bring(signed_in, seal_entry(sealing, ID, WORDS | {"cue": "tired", "starred": "on"})).status_code == 201
    moment = Moment.objects.get()
    assert (str(moment.pk), moment.author, moment.text, moment.cue) == (ID, parent, WORDS["text"], "tired")
    assert moment.happened_at == datetime(2026, 3, 4, 14, 30, tzinfo=UTC)
    assert moment.starred
    assert not moment.shared.exists()


def test_brought_again_it_is_there_already(signed_in, sealing):
    entry = seal_entry(sealing, ID, WORDS)
    assert [bring(signed_in, entry).status_code for _ in range(3)] == [201, 200, 200]
    assert Moment.objects.count() == 1


def test_brought_again_after_it_was_changed_it_changes_nothing(signed_in, sealing):
    entry = seal_entry(sealing, ID, WORDS)
    bring(signed_in, entry)
    send_edit(signed_in, Moment.objects.get(), text="Changed since.")
    assert bring(signed_in, entry).status_code == 200
    assert Moment.objects.get().text == "Changed since."
    assert not Draft.objects.exists()


def test_other_words_under_the_id_of_a_changed_moment_are_kept_beside_it(signed_in, sealing, parent):
    bring(signed_in, seal_entry(sealing, ID, WORDS))
    send_edit(signed_in, Moment.objects.get(), text="Changed since.")
    send_edit(signed_in, Moment.objects.get(), text="Changed once more.")
    for _ in range(2):
        assert bring(signed_in, seal_entry(sealing, ID, WORDS | {"text": "Quite another thing."})).status_code == 202
    assert [draft.text for draft in Draft.objects.editable_by(parent)] == ["Quite another thing."]
    assert Moment.objects.get().text == "Changed once more."
    assert bring(signed_in, seal_entry(sealing, ID, WORDS)).status_code == 200


def test_brought_after_its_page_was_saved_after_all_it_is_there_already(signed_in, sealing):
    """The line broke after the save: the worker kept the same form."""
    signed_in.post(NEW, WORDS | {"id": ID, "when": "now"})
    assert bring(signed_in, seal_entry(sealing, ID, WORDS)).status_code == 200
    assert Moment.objects.count() == 1


def test_what_was_kept_as_a_draft_of_its_page_is_done_with(signed_in, sealing):
    signed_in.post("/drafts/save/", WORDS | {"id": ID})
    assert bring(signed_in, seal_entry(sealing, ID, WORDS)).status_code == 201
    assert not Draft.objects.exists()


# Bound to its writer


def test_another_person_cannot_bring_it(client, stranger, sealing):
    entry = seal_entry(sealing, ID, WORDS)
    client.force_login(stranger)
    assert bring(client, entry).status_code == 409
    assert not Moment.objects.exists()
    assert not Draft.objects.exists()


def test_under_another_id_it_does_not_open(signed_in, sealing):
    assert bring(signed_in, seal_entry(sealing, ID, WORDS) | {"id": OTHER_ID}).status_code == 409
    assert not Moment.objects.exists()


def test_the_id_of_anothers_moment_is_refused_and_changes_nothing(signed_in, stranger, sealing):
    moment = make_moment(author=stranger)
    before = Moment.objects.values().get()
    assert bring(signed_in, seal_entry(sealing, moment.pk, WORDS)).status_code == 409
    assert Moment.objects.values().get() == before


@pytest.mark.parametrize("part", ["key", "nonce", "box"])
def test_changed_on_the_way_it_does_not_open(signed_in, sealing, part):
    entry = seal_entry(sealing, ID, WORDS)
    value = bytearray(base64.b64decode(entry[part]))
    value[-1] ^= 1
    assert bring(signed_in, entry | {part: base64.b64encode(value).decode()}).status_code == 409
    assert not Moment.objects.exists()


@pytest.mark.parametrize(
    "entry",
    [[], "x", {}, {"id": ID}, {"id": "x", "key_id": "", "key": "", "nonce": "", "box": ""}, {"key": 3}, None],
)
def test_what_is_no_entry_is_refused(signed_in, entry):
    assert bring(signed_in, entry).status_code == 400


@pytest.mark.parametrize("plain", [b"", b"{", b"[]", b"3", b"\xff"])
def test_what_holds_no_fields_is_refused(signed_in, sealing, plain):
    assert bring(signed_in, seal_entry(sealing, ID, plain)).status_code == 400


# The key is kept and rotated as a master key


def rotate(client, person, settings, *names):
    """Other master keys; what was sealed under those before is closed, the person's own session too."""
    settings.MASTER_KEYS = [f"{name}:{base64.b64encode(name.encode() * 8).decode()}" for name in names]
    master_keys.cache_clear()
    private_keys.cache_clear()
    client.force_login(person)


def test_an_older_key_opens_what_a_phone_still_holds(signed_in, settings, parent):
    rotate(signed_in, parent, settings, "old1")
    entry = seal_entry(signed_in.get(DOOR).json(), ID, WORDS)
    rotate(signed_in, parent, settings, "new1", "old1")
    assert signed_in.get(DOOR).json()["key_id"] == "new1"
    assert bring(signed_in, entry).status_code == 201


def test_a_key_that_is_gone_opens_nothing_and_the_phone_keeps_it(signed_in, settings, parent):
    rotate(signed_in, parent, settings, "old1")
    entry = seal_entry(signed_in.get(DOOR).json(), ID, WORDS)
    rotate(signed_in, parent, settings, "new1")
    assert bring(signed_in, entry).status_code == 409


def test_the_key_is_the_same_in_every_process(signed_in, sealing):
    private_keys.cache_clear()
    assert signed_in.get(DOOR).json()["public_key"] == sealing["public_key"]


# What cannot be kept as it came

REFUSED = [
    ({"happened_at": "2999-01-01T10:00:00+00:00"}, "That time has not come yet."),
    ({"happened_at": "soon"}, "We can't read that day and time."),
    ({"child": OTHER_ID}, "Pick one from the list."),
    ({"text": "a" * 10_001}, "That is longer than we can keep here."),
]


@pytest.mark.parametrize(("wrong", "said"), REFUSED)
def test_it_is_kept_to_mend_and_says_what_is_wrong(signed_in, parent, sealing, wrong, said):
    make_child(parent=parent)
    make_child(parent=parent, name="Leo")
    entry = seal_entry(sealing, ID, WORDS | wrong)
    assert [bring(signed_in, entry).status_code for _ in range(2)] == [202, 202]
    assert not Moment.objects.exists()
    page = read(signed_in.get("/"))
    assert "Something from your phone needs a look" in page
    assert f"/outbox/{ID}/" in page
    assert said in read(signed_in.get(f"/outbox/{ID}/"))


def test_mended_it_is_a_moment_and_no_draft(signed_in, parent, sealing):
    bring(signed_in, seal_entry(sealing, ID, WORDS | {"happened_at": "2999-01-01T10:00:00+00:00"}))
    sent = form_of(signed_in.get(f"/outbox/{ID}/"))
    assert sent["text"] == WORDS["text"]
    assert signed_in.post(NEW, sent | {"happened_at": "2026-03-03T10:00"}).status_code == 302
    assert (str(Moment.objects.get().pk), Moment.objects.get().happened_on.day) == (ID, 3)
    assert not Draft.objects.exists()


def test_a_character_that_no_database_keeps_loses_no_other(signed_in, sealing):
    assert bring(signed_in, seal_entry(sealing, ID, WORDS | {"text": "A\x00wave"})).status_code == 201
    assert Moment.objects.get().text == "A�wave"


def test_which_child_is_asked_when_it_arrives(signed_in, parent, sealing):
    make_child(parent=parent)
    make_child(parent=parent, name="Leo")
    assert bring(signed_in, seal_entry(sealing, ID, WORDS | {"child": "later"})).status_code == 202
    assert "Say which child this is about" in read(signed_in.get(f"/outbox/{ID}/"))


def test_with_one_child_there_is_nothing_to_ask(signed_in, child, sealing):
    assert bring(signed_in, seal_entry(sealing, ID, WORDS | {"child": "later"})).status_code == 201
    assert Moment.objects.get().child == child


def test_with_no_child_there_is_nothing_to_ask_either(signed_in, sealing):
    assert bring(signed_in, seal_entry(sealing, ID, WORDS | {"child": "later"})).status_code == 201
    assert Moment.objects.get().child is None


def test_no_word_of_it_is_logged(signed_in, stranger, sealing, caplog):
    caplog.set_level("DEBUG")
    bring(signed_in, seal_entry(sealing, ID, WORDS))
    bring(signed_in, seal_entry(sealing, OTHER_ID, WORDS | {"happened_at": "soon"}))
    bring(signed_in, seal_entry(sealing, OTHER_ID, WORDS, person=stranger.pk))
    assert "we sang" not in caplog.text


# Another writing under the same id


def test_other_words_under_the_id_of_a_saved_moment_are_kept_beside_it(signed_in, sealing, parent):
    assert bring(signed_in, seal_entry(sealing, ID, WORDS)).status_code == 201
    for _ in range(2):
        assert bring(signed_in, seal_entry(sealing, ID, WORDS | {"text": "Quite another thing."})).status_code == 202
    assert [draft.text for draft in Draft.objects.editable_by(parent)] == ["Quite another thing."]
    assert Moment.objects.get().text == WORDS["text"]


def test_other_words_under_the_id_of_a_refused_one_are_kept_beside_it(signed_in, sealing, parent):
    refused = WORDS | {"happened_at": "2999-01-01T10:00:00+00:00"}
    assert bring(signed_in, seal_entry(sealing, ID, refused)).status_code == 202
    assert bring(signed_in, seal_entry(sealing, ID, refused | {"text": "Quite another thing."})).status_code == 202
    assert {draft.text for draft in Draft.objects.editable_by(parent)} == {WORDS["text"], "Quite another thing."}


BESIDE = [
    ({"text": "", "cue": "tired"}, {"cue": "tired"}),
    ({"cue": "tired"}, {"cue": "tired"}),
    ({"kind": "missed"}, {"kind": "missed"}),
    ({"starred": "on"}, {"starred": "on"}),
    ({"when": "other", "happened_at": "2026-03-03T20:00:00-05:00"}, {"happened_at": "2026-03-03T20:00:00-05:00"}),
]


@pytest.mark.parametrize(("changed", "kept"), BESIDE)
def test_another_choice_under_the_id_of_a_saved_moment_is_kept_beside_it(signed_in, sealing, parent, changed, kept):
    bring(signed_in, seal_entry(sealing, ID, WORDS))
    assert bring(signed_in, seal_entry(sealing, ID, WORDS | changed)).status_code == 202
    assert kept.items() <= Draft.objects.editable_by(parent).get().content.items()


@pytest.mark.parametrize(
    "fewer", [{"text": "No signal,"}, {"text": "", "cue": ""}, {"happened_at": "2026-03-04T09:31"}]
)
def test_what_the_saved_moment_holds_already_is_there_already(signed_in, sealing, fewer):
    """The page was saved first, with more in it; its time is that of the server's clock."""
    bring(signed_in, seal_entry(sealing, ID, WORDS | {"cue": "tired"}))
    assert bring(signed_in, seal_entry(sealing, ID, WORDS | {"cue": "tired"} | fewer)).status_code == 200
    assert not Draft.objects.exists()


def test_lines_that_end_in_another_way_are_the_same_words(signed_in, sealing):
    bring(signed_in, seal_entry(sealing, ID, WORDS | {"text": "One.\r\nTwo."}))
    assert bring(signed_in, seal_entry(sealing, ID, WORDS | {"text": "One.\r\nTwo."})).status_code == 200


def test_other_words_that_can_be_kept_do_not_end_a_refused_one(signed_in, sealing, parent):
    refused = WORDS | {"happened_at": "2999-01-01T10:00:00+00:00"}
    assert bring(signed_in, seal_entry(sealing, ID, refused)).status_code == 202
    assert bring(signed_in, seal_entry(sealing, ID, WORDS | {"text": "Quite another thing."})).status_code == 201
    assert [draft.content for draft in Draft.objects.editable_by(parent)] == [refused]


# A mend that was made without a signal either


@pytest.fixture
def unsure(parent, signed_in, sealing):
    """Came in with no child named, and waits for a look: what its page sends."""
    mia, _leo = make_child(parent=parent), make_child(parent=parent, name="Leo")
    assert bring(signed_in, seal_entry(sealing, ID, WORDS | {"child": "later"})).status_code == 202
    return WORDS | {"child": str(mia.pk), "draft": ID}


def test_a_mend_without_a_signal_is_a_moment_and_no_draft(signed_in, sealing, unsure):
    entry = seal_entry(sealing, ID, unsure | {"text": "No signal; we sang."})
    assert [bring(signed_in, entry).status_code for _ in range(2)] == [201, 200]
    assert (str(Moment.objects.get().child_id), Moment.objects.get().text) == (unsure["child"], "No signal; we sang.")
    assert not Draft.objects.exists()


def test_what_was_mended_and_comes_once_more_is_there_already(signed_in, sealing, unsure):
    bring(signed_in, seal_entry(sealing, ID, unsure))
    assert bring(signed_in, seal_entry(sealing, ID, WORDS | {"child": "later"})).status_code == 200
    assert not Draft.objects.exists()


def test_a_mend_that_is_refused_is_kept_beside_it_once(signed_in, sealing, parent, unsure):
    entry = seal_entry(sealing, ID, unsure | {"happened_at": "2999-01-01T10:00:00+00:00"})
    assert [bring(signed_in, entry).status_code for _ in range(2)] == [202, 202]
    kept = {(draft.why, draft.content.get("child", "")) for draft in Draft.objects.editable_by(parent)}
    assert kept == {("which-child", ""), ("refused", unsure["child"])}
    assert Draft.objects.count() == 2


def test_what_was_typed_on_elsewhere_stays_beside_a_draft_that_the_phone_went_on_with(signed_in, sealing, parent):
    signed_in.post("/drafts/save/", WORDS | {"id": ID, "text": "We sang, and then we danced."})
    assert bring(signed_in, seal_entry(sealing, ID, WORDS | {"text": "We sang.", "draft": ID})).status_code == 201
    assert Moment.objects.get().text == "We sang."
    assert [draft.text for draft in Draft.objects.editable_by(parent)] == ["We sang, and then we danced."]


def test_what_was_corrected_before_it_was_sent_is_no_trouble_of_the_phones(signed_in, sealing, parent):
    signed_in.post("/drafts/save/", WORDS | {"id": ID, "text": "We sung."})
    begun = Draft.objects.get().begun_at
    assert bring(signed_in, seal_entry(sealing, ID, WORDS | {"text": "We sang."})).status_code == 201
    draft = Draft.objects.get()
    assert (draft.text, draft.why, draft.begun_at) == ("We sung.", "", begun)


def test_corrected_on_its_own_page_and_brought_by_the_phone_nothing_is_left(signed_in, sealing):
    page = {"page": OTHER_ID}
    signed_in.post("/drafts/save/", WORDS | page | {"id": ID, "text": "We sung."})
    assert bring(signed_in, seal_entry(sealing, ID, WORDS | page | {"text": "We sang."})).status_code == 201
    assert not Draft.objects.exists()


def test_what_its_page_saw_is_corrected_by_it(signed_in, sealing, parent):
    signed_in.post("/drafts/save/", WORDS | {"id": ID, "text": "We sung."})
    page = {name: whole_form(signed_in.get(f"/drafts/{ID}/"))[name] for name in ("page", "since", "draft")}
    assert bring(signed_in, seal_entry(sealing, ID, WORDS | page | {"text": "We sang."})).status_code == 201
    assert not Draft.objects.exists()


def test_what_is_typed_just_before_it_comes_in_stays(signed_in, sealing, parent, monkeypatch):
    def typed_meanwhile(author):
        signed_in.post("/drafts/save/", WORDS | {"id": ID, "text": "Typed elsewhere."})

    monkeypatch.setattr(outbox, "in_turn", typed_meanwhile)
    assert bring(signed_in, seal_entry(sealing, ID, WORDS)).status_code == 201
    assert [draft.text for draft in Draft.objects.editable_by(parent)] == ["Typed elsewhere."]


def test_corrected_on_its_own_page_and_refused_it_is_there_once(signed_in, sealing, parent):
    page = {"page": OTHER_ID}
    signed_in.post("/drafts/save/", WORDS | page | {"id": ID, "text": "We sung."})
    refused = WORDS | page | {"text": "We sang.", "happened_at": "2999-01-01T10:00"}
    assert bring(signed_in, seal_entry(sealing, ID, refused)).status_code == 202
    assert [draft.text for draft in Draft.objects.editable_by(parent)] == ["We sang."]


def test_what_is_typed_on_since_is_not_overwritten(signed_in, sealing, parent, unsure):
    """The answer never reached the phone, which brings it once more."""
    signed_in.post("/drafts/save/", unsure | {"id": ID, "text": "We sang, and then we danced."})
    assert bring(signed_in, seal_entry(sealing, ID, WORDS | {"child": "later"})).status_code == 202
    texts = {draft.text for draft in Draft.objects.editable_by(parent)}
    assert texts == {WORDS["text"], "We sang, and then we danced."}
