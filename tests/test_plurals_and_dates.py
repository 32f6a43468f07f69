"""A count has its plural, a day and a number are written as the language writes them."""

import re
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from journal.prompt_checks import check_ease
from journal.templatetags.journal import clock_time, day_words, full_day, since_day
from tests.catalog import extracted, languages, messages, read, strings
from tests.factories import make_moment

FILLED_IN = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
# What a message is filled in with that no noun follows in the plural: a name, a day, a place, and these.
NO_COUNT = {
    "b": "“after 3”: no noun; what could be one says so in other words",
    "r": "“responded in 3”: no noun",
    "o": "“3 of the other 5”: no noun",
    "number": "which one, or a number to call",
    "row": "which one",
    "section": "which one",
    "version": "which one",
    "first": "a day",
    "last": "a day, or a name",
    "few": "a number that never changes",
    "limit_value": "a limit, and more than one",
    "length": "more than is allowed, and so more than one",
    "most": "a limit, and more than one",
    "grade": "a grade, not a count",
    "ease": "a measure, not a count",
}
SINGLE = {
    "Make it longer: %(count)d letters, numbers or signs, or more.",
    "Make it shorter: %(count)d letters, numbers or signs at most.",
    "Use %(count)d letters or more.",
}
COUNTS = {"all", "count", "counter", "done", "n", "of", "others", "t", "total"}
WORDS = (
    "address after band bands before body cell child children clock code cue date day "
    "deleted_email did email end kind kinds known label language languages month name names object parent "
    "program question reader region span start state time to_email until visitor when who word "
    "words year "
)
MESSAGES = messages(extracted("es"))


def filled_in(text):
    return {percent or brace for percent, brace in FILLED_IN.findall(text)}


def test_it_is_known_of_whatever_is_filled_in_whether_it_counts():
    names = {name for message in MESSAGES for text in said(message) for name in filled_in(text)}
    assert names - COUNTS - {*WORDS.split()} - NO_COUNT.keys() == set()


def said(message):
    return message.id if message.pluralizable else [message.id]


def test_every_message_with_a_count_has_its_plural():
    alone = {message.id for message in MESSAGES if not message.pluralizable and filled_in(message.id) & COUNTS}
    assert alone == SINGLE


@pytest.mark.parametrize("language", languages())
def test_one_and_many_are_said_in_other_words_where_they_are_in_english(language):
    """But where the language says both alike, as with what is of one gender and number already."""
    alike = [
        message.id[0]
        for message in messages(read(language))
        if message.pluralizable and len(set(said(message))) == 2 and len(set(strings(message))) == 1
    ]
    assert alike == []


TODAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            ["Today", "Yesterday", "Mon, Mar 2", "Dec 31, 2025", "Wednesday, March 4", "March 4", "December 31, 2025"],
        ),
        (
            "es",
            [
                "Hoy",
                "Ayer",
                "lun 2 de mar",
                "31 de dic de 2025",
                "miércoles, 4 de marzo",
                "4 de marzo",
                "31 de diciembre de 2025",
            ],
        ),
    ],
)
def test_a_day_is_written_as_the_language_writes_it(wednesday, language, words):
    last_year = date(2025, 12, 31)
    with translation.override(language):
        short = [day_words(day) for day in (TODAY, TODAY - timedelta(days=1), TODAY - timedelta(days=2), last_year)]
        assert [*short, full_day(TODAY), since_day(TODAY), since_day(last_year)] == words


@pytest.mark.parametrize(("language", "words"), [("en", "3:30 p.m."), ("es", "15:30")])
def test_an_hour_is_written_as_the_language_writes_it(parent, language, words):
    moment = make_moment(author=parent, happened_at=datetime.fromisoformat("2026-03-04T15:30Z"))
    with translation.override(language):
        assert clock_time(moment) == words


@pytest.mark.parametrize(("language", "number"), [("en", "28.8"), ("es", "28,8")])
def test_a_number_with_a_fraction_is_written_as_the_language_writes_it(language, number):
    with translation.override(language):
        [finding] = check_ease("en", "Consider every particular responsibility together.")
    assert re.search(r"\d+\D\d", finding.reason)[0] == number


def test_no_template_writes_a_date_in_the_order_of_one_language():
    for path in (Path(settings.BASE_DIR) / "templates").rglob("*"):
        if path.is_file():
            asked = re.findall(r'\|(?:date|time)(?::"(\w*)")?', path.read_text(encoding="utf-8"))
            assert [name for name in asked if name and not name.endswith("_FORMAT")] == [], path
