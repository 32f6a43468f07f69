from datetime import date
from html import unescape

import pytest

from journal.models import Share, Visit
from tests.factories import make_note, make_share

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]


def page_of(client, share):
    answer = client.get(share.get_absolute_url())
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def test_a_live_share_shows_who_what_why_until_when_and_the_words(signed_in, share):
    page = page_of(signed_in, share)
    for words in (
        "Rosa Delgado, Little Steps",
        "Mia, ",
        "Moments with no child named",
        "The moments you mark Shared, a week summary made from them",
        "So your visit can start with what matters to you",
        "June 2, 2026",
        "Jess Miller, March 4, 2026",
        "You choose.",
        "Version 1.1, English",
        "You invited Rosa",
        "Rosa Delgado asked to read",
        "You said yes",
        "Stop sharing with Rosa Delgado",
        "See what Rosa Delgado sees",
        "All that Rosa Delgado opened",
    ):
        assert words in page
    assert "Rosa" not in page.partition("<title>")[2].partition("</title>")[0]


def test_each_state_offers_what_can_be_done(signed_in, parent, visitor, share):
    invited = page_of(signed_in, make_share(parent=parent))
    assert "Make a new code" in invited
    assert "/agree/" not in invited
    asked = page_of(signed_in, make_share(parent=parent, reader=visitor, agreed=False))
    assert "/agree/" in asked
    assert "Make a new code" not in asked
    share.end(by=visitor)
    share.refresh_from_db()
    ended = page_of(signed_in, share)
    assert "Rosa Delgado stopped reading" in ended
    assert "All that Rosa Delgado opened" in ended
    for door in ("/agree/", "/end/", "/preview/", "/visit/"):
        assert door not in ended


def test_the_visit_and_its_messages_stand_on_the_page(signed_in, share, parent, visitor, moment):
    visit = Visit.objects.plan(share)
    visit.plan_for(date(2026, 3, 9))
    visit.ask_for("Naps.\nSleep <b>too</b>")
    theirs = make_note(share=share, author=visitor, text="See you Friday.")
    mine = make_note(share=share, author=parent, text="Good.")
    make_note(share=share, author=visitor, text="On a moment.", moment=moment)
    make_note(share=share, author=visitor, text="On a week.", monday=date(2026, 3, 2))
    page = page_of(signed_in, share)
    assert "Naps." in page
    assert "Monday, March 9" in page
    assert "See you Friday." in page
    assert "On a moment." not in page
    assert "On a week." not in page
    assert f"/notes/{mine.pk}/delete/" in page
    assert f"/notes/{theirs.pk}/delete/" not in page


def test_the_page_is_the_parents_alone(client, share, visitor, stranger):
    for person in (visitor, stranger):
        client.force_login(person)
        assert client.get(share.get_absolute_url()).status_code == 404
        assert client.get(f"{share.get_absolute_url()}readings/").status_code == 404
    assert Share.objects.get().is_live


def test_old_words_of_spanish_keep_their_language(signed_in, share, parent):
    parent.language = "es"
    parent.save()
    assert 'class="terms" lang="en"' in page_of(signed_in, share)
