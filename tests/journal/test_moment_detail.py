"""One moment: what was written, in the words of its kind, and who to talk to when it was heavy."""

import re
from datetime import UTC, datetime

import pytest

from journal.models import HelpLine, HelpText
from tests.factories import make_moment, make_prompt
from tests.journal.writing import ANOTHER, NEW, OTHER_ID, delete_address, edit_address, read

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]

HEAVY = ("sad", "worried", "overwhelmed", "alone")
SAVED = {
    "responsive": ("You saw it and you answered.", "Lo viste y respondiste."),
    "missed": (
        "You noticed. Many parents have moments like this.",
        "Lo notaste. Muchos padres y madres tienen momentos así.",
    ),
    "repair": ("You came back. That matters.", "Volviste. Eso importa."),
    "reflection": ("Your thought is kept here.", "Tu reflexión queda guardada aquí."),
}
THANKS = "Thank you for writing it. You don't have to carry this alone."
CARD = "Having a hard day? Many parents do."


@pytest.fixture
def card():
    """The gentle card: words of its own, and one line to call."""
    for position, (slug, fields) in enumerate([("card", {"answer": CARD}), ("line", {"call": "18335550100"})]):
        line = HelpLine.objects.create(slug=slug, position=position, on_card=True)
        HelpText.objects.create(line=line, language="en", name="A line", **fields)


def shown(client, moment, query=""):
    return read(client.get(f"{moment.get_absolute_url()}{query}"))


@pytest.mark.parametrize(("theme", "stands"), [("breaks", True), ("bond", False)])
def test_a_question_about_breaks_carries_the_gentle_card_while_it_is_answered_and_after(
    signed_in, parent, card, theme, stands
):
    question = make_prompt(slug="asked", kind="any", theme=theme).texts.get(language="en")
    new = signed_in.get(NEW, {"kind": "reflection", "prompt": question.pk})
    another = signed_in.post(ANOTHER, {"kind": "reflection"}, headers={"HX-Request": "true"})
    for page in (new, another):
        assert (CARD in read(page) and "tel:18335550100" in read(page)) == stands
    assert ("Take a two-minute pause" in read(signed_in.get("/"))) == stands
    moment = make_moment(author=parent, kind="reflection", prompt_text=question)
    assert (CARD in shown(signed_in, moment)) == stands


def test_everything_that_was_written_is_there(signed_in, parent, child):
    answered = make_prompt(text="Which cue did you see?").texts.get(language="en")
    moment = make_moment(
        author=parent,
        child=child,
        text="First line.\n\nSecond line.",
        cue="wants-close",
        did="held",
        feeling="calm",
        starred=True,
        prompt_text=answered,
    )
    page = shown(signed_in, moment)
    for words in ("I responded", "Mia", "Which cue did you see?", "<p>First line.</p>", "<p>Second line.</p>"):
        assert words in page
    assert "Wanted me close · Held or hugged · Calm" in page
    assert ", starred" in page
    assert "Just me" in page


def test_what_was_typed_is_never_taken_for_a_part_of_the_page(signed_in, parent):
    page = signed_in.get(make_moment(author=parent, text="<script>alert(1)</script> {{ x }}").get_absolute_url())
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ x }}" in page.content.decode()


def test_its_time_is_by_the_clock_where_it_happened(signed_in, parent):
    at = datetime(2026, 3, 4, 4, 30, tzinfo=UTC)
    page = shown(signed_in, make_moment(author=parent, happened_at=at, time_zone="America/Bogota"))
    assert "Tuesday, March 3 · 11:30 p.m." in page


def test_the_title_says_nothing_of_it(signed_in, moment):
    page = shown(signed_in, moment)
    assert re.search(r"<title>(.*?)</title>", page)[1] == "Notes: one moment"


def test_it_can_be_changed_and_deleted_from_here(signed_in, moment):
    page = shown(signed_in, moment)
    assert f'href="{edit_address(moment)}"' in page
    assert f'href="{delete_address(moment)}"' in page


def test_a_cue_and_its_repair_lead_to_each_other(signed_in, parent):
    missed = make_moment(author=parent, kind="missed")
    repair = make_moment(author=parent, kind="repair", repairs=missed)
    assert f'href="{repair.get_absolute_url()}">You came back to it: Today' in shown(signed_in, missed)
    assert f'href="{missed.get_absolute_url()}">The cue you came back to: Today' in shown(signed_in, repair)


@pytest.mark.parametrize(("language", "number"), [("en", 0), ("es", 1)])
@pytest.mark.parametrize("kind", SAVED)
def test_right_after_saving_the_line_of_its_kind_is_said(signed_in, parent, kind, language, number):
    parent.language = language
    parent.save()
    moment = make_moment(author=parent, kind=kind)
    assert SAVED[kind][number] in shown(signed_in, moment, "?saved")
    assert SAVED[kind][number] not in shown(signed_in, moment)


def test_after_a_scary_moment_help_is_one_tap_away(signed_in, parent, moment):
    scary = make_moment(author=parent, felt_unsafe=True)
    for query in ("", "?saved"):
        page = shown(signed_in, scary, query)
        assert THANKS in page
        assert re.search(r'href="/help/">\s*Get help now', page)
        assert "You marked it: felt scary or unsafe." in page
    assert THANKS not in shown(signed_in, moment, "?saved")


@pytest.mark.parametrize("feeling", HEAVY)
def test_after_a_heavy_feeling_the_gentle_card_is_there(signed_in, parent, card, feeling):
    page = shown(signed_in, make_moment(author=parent, feeling=feeling), "?saved")
    assert CARD in page
    assert 'href="tel:18335550100"' in page


@pytest.mark.parametrize("feeling", ["", "calm", "happy", "tired", "angry"])
def test_after_any_other_feeling_it_is_not(signed_in, parent, card, feeling):
    assert CARD not in shown(signed_in, make_moment(author=parent, feeling=feeling), "?saved")


def test_a_heavy_and_scary_moment_leads_to_help_and_not_to_two_cards(signed_in, parent, card):
    page = shown(signed_in, make_moment(author=parent, feeling="sad", felt_unsafe=True))
    assert THANKS in page
    assert CARD not in page


def test_nobody_reads_another_persons_moment(signed_in, stranger):
    theirs = make_moment(author=stranger, text="Theirs")
    page = signed_in.get(theirs.get_absolute_url())
    assert page.status_code == 404
    assert page.content == signed_in.get(f"/moments/{OTHER_ID}/").content


def test_signed_out_nobody_reads_a_moment(client, moment):
    assert client.get(moment.get_absolute_url()).headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_is_sent_to_the_page_of_a_moment(signed_in, moment, method):
    assert getattr(signed_in, method)(moment.get_absolute_url()).status_code == 405
