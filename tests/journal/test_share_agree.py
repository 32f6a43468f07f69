from datetime import date
from html import unescape

import pytest

from journal.models import Child, ProgramText, Share
from tests.factories import just_signed_in, make_child, make_share

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(wednesday, parent, visitor, child):
    return make_share(parent=parent, reader=visitor, agreed=False)


@pytest.fixture
def signed_in(signed_in):
    """Who they are was shown just now; see tests/accounts/test_fresh.py for who has not."""
    just_signed_in(signed_in)
    return signed_in


def agree(share):
    return f"/sharing/{share.pk}/agree/"


def yes(child, **more):
    return {"children": [str(child.pk)], "signed_name": "Jess Miller", "ends_on": "2026-06-02", **more}


def page_of(client, share):
    return unescape(client.get(agree(share)).content.decode())


def test_the_whole_text_is_read_first_with_two_equal_buttons(signed_in, asked):
    page = page_of(signed_in, asked)
    for words in (
        "Share with Rosa Delgado?",
        "Rosa Delgado <strong>will</strong> see",
        "supervisor at Little Steps",
        "<strong>The law:</strong>",
        '<a href="tel:911">911</a>',
        '<a href="tel:988">988</a>',
        "Sharing stops on June 2, 2026 unless you say yes again.",
        "Not now",
    ):
        assert words in page
    assert Share.objects.get().agreed_at is None


def test_a_yes_is_kept_with_its_words_and_opens_the_share(signed_in, asked, child):
    answer = signed_in.post(agree(asked), yes(child))
    assert answer.headers["Location"] == asked.get_absolute_url()
    share = Share.objects.get()
    assert share.is_live
    assert (share.ends_on, share.with_nameless) == (date(2026, 6, 2), False)
    assert list(share.children.all()) == [child]
    consent = share.consent
    assert consent["signed_name"] == "Jess Miller"
    assert consent["language"] == "en"
    assert "Sharing stops on June 2, 2026 unless you say yes again." in consent["text"]
    assert consent["reader"] == {"name": "Rosa Delgado", "program": "Little Steps"}
    assert "You said yes." in signed_in.get(asked.get_absolute_url()).content.decode()


def test_the_text_that_is_kept_names_the_day_that_was_chosen(signed_in, asked, child):
    signed_in.post(agree(asked), yes(child, ends_on="2026-03-31"))
    assert any("March 31, 2026" in paragraph for paragraph in Share.objects.get().consent["text"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"children": []},
        {"children": ["00000000-0000-4000-8000-000000000000"]},
        {"children": ["x"]},
        {"ends_on": "2026-03-03"},
        {"ends_on": "2027-03-05"},
        {"ends_on": "soon"},
        {"ends_on": ""},
        {"signed_name": " "},
        {"signed_name": "x" * 121},
        {"text_version": "0.0"},
    ],
)
def test_what_is_wrong_is_refused_and_nothing_is_agreed(signed_in, asked, child, wrong):
    assert signed_in.post(agree(asked), yes(child, **wrong)).status_code == 422
    share = Share.objects.get()
    assert (share.agreed_at, share.consents, share.children.count()) == (None, [], 0)


@pytest.mark.parametrize("day", ["2026-03-04", "2027-03-04"])
def test_the_last_day_is_today_or_a_year_from_now_or_between(signed_in, asked, child, day):
    assert signed_in.post(agree(asked), yes(child, ends_on=day)).status_code == 302


def test_words_that_changed_meanwhile_are_read_again(signed_in, asked, child):
    version = page_of(signed_in, asked).split('name="text_version" value="')[1].split('"')[0]
    ProgramText.objects.create(language="en", version=7, text="We will try to tell you first.")
    answer = signed_in.post(agree(asked), yes(child, text_version=version))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "The words changed. Please read them again." in page
    assert "We will try to tell you first." in page
    assert 'value="Jess Miller"' in page
    now = page.split('name="text_version" value="')[1].split('"')[0]
    assert now != version
    assert signed_in.post(agree(asked), yes(child, text_version=now)).status_code == 302


def test_the_same_yes_sent_twice_counts_once_and_a_later_one_is_a_new_one(signed_in, asked, child, wednesday):
    for _ in range(2):
        assert signed_in.post(agree(asked), yes(child)).status_code == 302
    assert len(Share.objects.get().consents) == 1
    wednesday.shift(61)
    signed_in.post(agree(asked), yes(child))
    assert len(Share.objects.get().consents) == 2


def test_another_yes_within_the_minute_takes_the_place_of_the_first(signed_in, asked, child):
    signed_in.post(agree(asked), yes(child))
    signed_in.post(agree(asked), yes(child, children=[str(child.pk), "none"]))
    share = Share.objects.get()
    assert len(share.consents) == 2
    assert share.with_nameless


def test_renewing_asks_again_with_the_last_choices_marked_and_brings_a_share_back(signed_in, share, child, wednesday):
    make_child(parent=share.parent, name="Leo")
    wednesday.shift(100 * 24 * 3600)
    signed_in.force_login(share.parent)
    page = page_of(signed_in, share)
    assert page.count("checked") == 2
    assert "/end/" not in page
    assert not Share.objects.get().is_live
    answer = signed_in.post(agree(share), yes(child, ends_on="2026-08-01"), follow=True)
    assert "what you mark Shared. Every moment starts as Just me." in answer.content.decode()
    assert Share.objects.get().is_live


def test_another_yes_to_a_live_share_keeps_what_is_shared_and_says_nothing_else(signed_in, share, child, moment):
    moment.share_with([share])
    page = signed_in.post(agree(share), yes(child), follow=True).content.decode()
    assert "You said yes. Rosa Delgado can read what you mark Shared." in page
    assert "what you mark Shared. Every moment starts" not in page
    assert moment.shared.count() == 1


def test_with_no_child_the_one_choice_is_marked(signed_in, asked):
    Child.objects.all().delete()
    assert page_of(signed_in, asked).count("checked") == 1


def test_not_now_ends_the_request(signed_in, asked, visitor):
    assert f'action="/sharing/{asked.pk}/end/"' in page_of(signed_in, asked)
    assert signed_in.post(f"/sharing/{asked.pk}/end/").headers["Location"] == "/sharing/"
    assert not Share.objects.asked_by(visitor).exists()


def test_an_invitation_and_what_was_ended_can_not_be_agreed_to(signed_in, parent, asked, child):
    invited = make_share(parent=parent)
    asked.end(by=parent)
    for share in (invited, asked):
        assert signed_in.get(agree(share)).status_code == 404
        assert signed_in.post(agree(share), yes(child)).status_code == 404
    assert not Share.objects.filter(agreed_at__isnull=False).exists()


def test_only_the_parent_agrees(client, asked, child, visitor, stranger):
    for person in (visitor, stranger):
        client.force_login(person)
        assert client.get(agree(asked)).status_code == 404
        assert client.post(agree(asked), yes(child)).status_code == 404
    assert Share.objects.get().agreed_at is None


def test_nobody_agrees_for_anothers_child(signed_in, asked, child, stranger):
    theirs = make_child(parent=stranger)
    assert signed_in.post(agree(asked), yes(child, children=[str(theirs.pk)])).status_code == 422
