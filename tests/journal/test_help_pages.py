"""Help, the pause and the privacy page: texts and numbers from rows that an editor keeps true."""

import json
import re
from datetime import UTC, date, datetime
from html import unescape

import pytest
import time_machine
from django.conf import settings as project

from journal.loading import CONTENT
from journal.models import HelpLine, HelpText
from tests.accounts.factors import type_password
from tests.factories import make_moment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wednesday")]

HELP = json.loads((CONTENT / "help.json").read_text(encoding="utf-8"))
ON_PAGE = [line for line in HELP["lines"] if line["on_page"]]
ON_CARD = [line for line in HELP["lines"] if line["on_card"]]
LANGUAGES = ("en", "es")
NOT_CHECKED = {
    "en": "Some of these numbers were not checked for a while. If one fails, call 911 or 988.",
    "es": "Hace tiempo que no se revisan algunos de estos números. Si uno falla, llama al 911 o al 988.",
}
TAGS = re.compile(r"<[^>]*>")


@pytest.fixture
def wednesday():
    with time_machine.travel(datetime(2026, 3, 4, 15, 0, tzinfo=UTC), tick=False):
        yield


def page_of(client, address, language="en"):
    client.cookies[project.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def words_of(client, address, language="en"):
    """What is read on the page, without its tags, each run of blanks one."""
    return " ".join(TAGS.sub("", page_of(client, address, language).partition("<main")[2]).split())


def in_order(page, *texts):
    places = [page.find(text) for text in texts]
    return -1 not in places and places == sorted(places)


def make_line(*, slug="line", language="en", checked_on=None, on_page=True, on_card=False, position=1, **words):
    line, _made = HelpLine.objects.get_or_create(
        slug=slug,
        defaults={
            "languages": "en, es",
            "position": position,
            "on_page": on_page,
            "on_card": on_card,
            "checked_on": checked_on,
        },
    )
    return HelpText.objects.create(line=line, language=language, **words)


def check_all(day):
    HelpLine.objects.exclude(checked_on=None).update(checked_on=day)


# The help page


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_says_every_line_in_full_with_danger_first(client, content, language):
    words = words_of(client, "/help/", language)
    texts = [line["texts"][language] for line in ON_PAGE]
    assert [text["answer"] for text in texts if text["answer"] not in words] == []
    assert [text["question"] for text in texts if text["question"] not in words] == []
    numbered = [line["texts"][language]["question"] for line in ON_PAGE if line["call"]]
    assert in_order(words, *(question for question in numbered if question))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_is_one_tap_away(client, content, language):
    page = page_of(client, "/help/", language)
    for line in ON_PAGE:
        if line["call"]:
            assert f'href="tel:{line["call"]}"' in page
        if line["text_to"]:
            assert f'href="sms:{line["text_to"]}' in page


def test_numbers_are_for_the_language_that_is_read(client, content):
    english, spanish = (page_of(client, "/help/", language) for language in LANGUAGES)
    assert 'href="sms:988"' in english
    assert "AYUDA" not in english
    assert 'href="sms:988?body=AYUDA"' in spanish
    assert "oprime 2" in spanish


def test_the_keyword_to_text_is_already_written(client, content):
    assert 'href="sms:88788?body=START"' in page_of(client, "/help/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_that_the_lines_have_rules_of_their_own_and_what_leaving_does_not_do(client, content, language):
    words = words_of(client, "/help/", language)
    other = next(line for line in HELP["lines"] if line["slug"] == "other-groups")
    assert other["texts"][language]["answer"] in words
    left = {
        "en": "This opens another site. It does not clear your phone's history.",
        "es": "Esto abre otro sitio. No borra el historial de tu teléfono.",
    }
    assert left[language] in words


def test_the_line_on_crying_leads_to_the_pause(client, content):
    assert 'href="/pause/"' in page_of(client, "/help/")


def test_an_edited_row_shows_at_once(client, content):
    assert "18007997233" in page_of(client, "/help/")
    HelpText.objects.filter(line__slug="partner-violence").update(call="18005550100", answer="Call 1-800-555-0100.")
    page = page_of(client, "/help/")
    assert 'href="tel:18005550100"' in page
    assert "1-800-555-0100" in page
    assert "18007997233" not in page


def test_a_line_taken_off_the_page_is_gone_at_once(client, content):
    HelpLine.objects.filter(slug="partner-violence").update(on_page=False)
    assert "Not safe with your partner?" not in page_of(client, "/help/")


def test_an_edit_in_one_language_leaves_the_other(client, content):
    HelpText.objects.filter(line__slug="partner-violence", language="es").update(call="18005550100")
    assert "18005550100" not in page_of(client, "/help/")
    assert "18005550100" in page_of(client, "/help/", "es")


def test_a_line_not_told_in_a_language_is_left_out_of_it(client):
    make_line(question="English alone?", answer="Call 5550100.", call="5550100")
    assert "English alone?" in page_of(client, "/help/")
    spanish = page_of(client, "/help/", "es")
    assert "English alone?" not in spanish
    assert "5550100" not in spanish


def test_an_editors_words_are_never_markup(client):
    make_line(question="<b>Q</b>", answer="<script>alert(1)</script>", call="<b>1</b>", name="<b>N</b>", on_card=True)
    make_line(slug="pause", position=2, on_page=False, answer="<script>alert(2)</script>\n\n<b>Two</b>")
    for address in ("/help/", "/pause/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>" not in page


# When the numbers were checked


def test_it_says_when_the_oldest_number_was_checked(client, content):
    check_all(date(2026, 2, 1))
    HelpLine.objects.filter(slug="danger").update(checked_on=date(2025, 12, 24))
    page = words_of(client, "/help/")
    assert "Numbers for the United States. Last checked on Dec. 24, 2025." in page
    assert NOT_CHECKED["en"] not in page


@pytest.mark.parametrize(("day", "honest"), [("2025-09-03", False), ("2025-09-02", True), ("2020-01-01", True)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_honestly_when_a_check_is_older_than_six_months(client, content, language, day, honest):
    check_all(date(2026, 2, 1))
    HelpLine.objects.filter(slug="child-being-hurt").update(checked_on=date.fromisoformat(day))
    assert (NOT_CHECKED[language] in words_of(client, "/help/", language)) == honest


def test_a_number_that_nobody_checked_counts_as_old(client, content):
    check_all(date(2026, 2, 1))
    HelpLine.objects.filter(slug="child-being-hurt").update(checked_on=None)
    assert NOT_CHECKED["en"] in words_of(client, "/help/")


def test_words_without_a_number_need_no_check(client, content):
    check_all(date(2026, 2, 1))
    assert HelpLine.objects.get(slug="crying").checked_on is None
    assert NOT_CHECKED["en"] not in words_of(client, "/help/")


def test_today_is_the_readers_own_day(signed_in, parent, content):
    check_all(date(2025, 9, 3))
    assert NOT_CHECKED["en"] not in words_of(signed_in, "/help/")
    parent.time_zone = "Pacific/Kiritimati"
    parent.save()
    assert NOT_CHECKED["en"] in words_of(signed_in, "/help/")


# The pause


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pause_says_its_steps_in_order_and_who_to_call(client, content, language):
    page = page_of(client, "/pause/", language)
    assert in_order(page, *HELP["cards"]["pause"][language].split("\n\n"))
    assert HELP["cards"]["card_a"][language] in page
    for line in ON_CARD:
        assert f'href="tel:{line["call"]}"' in page
        assert line["texts"][language]["name"] in page
    assert 'href="tel:911"' in page


def test_the_pause_is_the_same_without_javascript(client, content):
    page = client.get("/pause/").content.decode()
    assert "Two minutes for you" in page
    assert page.count("<script") == 1  # leaving fast


def test_edited_steps_show_at_once(client, content):
    HelpText.objects.filter(line__slug="pause", language="en").update(answer="Sit down.\n\nLook out of the window.")
    page = page_of(client, "/pause/")
    assert in_order(page, "Sit down.", "<li>Look out of the window.</li>")
    assert "Lay your baby on their back" not in page


def test_before_anything_is_loaded_help_and_pause_still_name_911(client):
    assert 'href="tel:911"' in page_of(client, "/pause/")
    assert page_of(client, "/help/")


# The gentle card beside a moment


@pytest.mark.parametrize("feeling", ["sad", "worried", "overwhelmed", "alone"])
def test_after_a_heavy_feeling_the_card_stands_beside_the_moment(signed_in, parent, content, feeling):
    moment = make_moment(author=parent, feeling=feeling)
    page = page_of(signed_in, f"/moments/{moment.pk}/?saved")
    assert "Having a hard day? Many parents do." in page
    assert 'href="tel:18338526262"' in page


@pytest.mark.parametrize("feeling", ["", "calm", "happy", "tired", "angry"])
def test_after_another_feeling_it_does_not(signed_in, parent, content, feeling):
    moment = make_moment(author=parent, feeling=feeling)
    assert "Having a hard day?" not in page_of(signed_in, f"/moments/{moment.pk}/?saved")


def test_after_a_scary_moment_stands_the_card_that_leads_to_help(signed_in, parent, content):
    moment = make_moment(author=parent, feeling="sad", felt_unsafe=True)
    page = page_of(signed_in, f"/moments/{moment.pk}/?saved")
    assert "Thank you for writing it. You don't have to carry this alone." in page
    assert "Get help now" in page
    assert "Having a hard day?" not in page


# Privacy


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "These are sealed:",
                "the words you write",
                "the names of your children",
                "These are stored in the clear",
                "the month each child was born",
                "A court may ask for records.",
                "It is not a medical record.",
                "It does not clear your phone's history.",
            ],
        ),
        ("es", ["las palabras que escribes", "los nombres de tus hijos", "el mes en que nació cada"]),
    ],
)
def test_privacy_says_what_is_sealed_what_is_clear_and_who_can_read_it(client, language, words):
    page = words_of(client, "/privacy/", language)
    assert [text for text in words if text not in page] == []


COOKIES = {
    "SESSION": ("One keeps you signed in", "Una mantiene tu sesión"),
    "CSRF": ("one keeps forms safe", "una protege los formularios"),
    "LANGUAGE": ("one holds your language", "una guarda tu idioma"),
    "DEVICE": ("One knows this phone or computer again", "Una conoce este teléfono"),
}


@pytest.mark.parametrize(("place", "language", "number"), [(0, "en", "four cookies"), (1, "es", "cuatro cookies")])
def test_privacy_names_each_cookie_that_is_set(client, parent, place, language, number):
    client.get("/account/login/")
    type_password(client, remember="on")
    client.post("/language/", {"language": language})
    client.get("/settings/")
    assert client.cookies.keys() == {getattr(project, f"{name}_COOKIE_NAME") for name in COOKIES}
    page = page_of(client, "/privacy/")
    assert number in page
    assert [words[place] for words in COOKIES.values() if words[place] not in page] == []


# All of them


@pytest.mark.parametrize("address", ["/help/", "/pause/", "/privacy/"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_are_there_signed_in_and_out_and_say_nothing_of_a_journal(
    client, moment, content, parent, address, language
):
    signed_out = words_of(client, address, language)
    client.force_login(parent)
    parent.language = language
    parent.save()
    signed_in = words_of(client, address)
    main = "Ajustes" if language == "es" else "Settings"
    assert main in signed_in
    assert main not in signed_out
    for page in (signed_in, signed_out):
        assert moment.text not in page
        assert "Mia" not in page


@pytest.mark.parametrize(("address", "most"), [("/help/", 2), ("/pause/", 4), ("/privacy/", 0)])
def test_the_pages_take_few_queries_signed_out(client, content, address, most, django_assert_max_num_queries):
    with django_assert_max_num_queries(most):
        page_of(client, address)
