"""The same week in words: the table beside the picture."""

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from pytest_django.asserts import assertInHTML

from journal.picture import draw_week
from journal.picture_words import NUMBER_WORDS
from journal.weeks import Week
from tests.journal.banned_words import BANNED
from tests.journal.specimen_weeks import week_empty, week_full, week_mixed, week_most
from tests.journal.stories import (
    LAST_FRIDAY,
    MONDAY,
    NEXT_MONDAY,
    SUNDAY,
    TUESDAY,
    WEDNESDAY,
    missed,
    reflection,
    repair,
    responsive,
    seen_by_parent,
)


def tell(*journal, language="en"):
    with translation.override(language):
        return draw_week(seen_by_parent(*journal), Week(MONDAY)).words


def told(*journal, language="en"):
    return [(row.day, row.sentence) for row in tell(*journal, language=language)]


def told_on_monday(*journal, language="en"):
    return dict(told(*journal, language=language))[{"en": "Monday", "es": "lunes"}[language]]


def mended_later():
    cue = missed()
    return cue, repair(on=NEXT_MONDAY, mends=cue)


def mended_the_same_day():
    cue = missed()
    return cue, repair(mends=cue)


def mended_on_wednesday():
    cue = missed()
    return cue, repair(on=WEDNESDAY, mends=cue)


def back_to_an_earlier_moment():
    cue = missed(on=LAST_FRIDAY)
    return cue, repair(mends=cue)


def test_a_good_week_is_told_day_by_day():
    assert told(*week_most()) == [
        ("Monday", "Responded, two moments"),
        ("Tuesday", "Responded, one moment. One cue got by me, mended on Wednesday."),
        ("Wednesday", "Responded, one moment. Came back to Tuesday."),
        ("Friday", "Responded, one moment. One cue got by me."),
        ("Saturday", "A thought"),
        ("Sunday", "Responded, one moment"),
    ]


def test_a_hard_week_is_told_day_by_day():
    assert told(*week_mixed()) == [
        ("Monday", "One cue got by me"),
        ("Tuesday", "One cue got by me, mended the same day"),
        ("Thursday", "Responded, one moment. One cue got by me."),
        ("Friday", "One cue got by me"),
        ("Sunday", "One cue got by me. A thought."),
    ]


def test_a_full_week_is_told_day_by_day():
    assert told(*week_full()) == [
        ("Monday", "Responded, four moments"),
        ("Tuesday", "Responded, one moment. One cue got by me, mended the same day."),
        ("Wednesday", "Responded, two moments. One cue got by me, mended on Friday. A thought."),
        ("Thursday", "One cue got by me, mended on Friday. One cue got by me."),
        ("Friday", "Came back to Wednesday. Came back to Thursday."),
        ("Saturday", "Responded, eight moments"),
        ("Sunday", "Came back after a hard moment"),
    ]


def test_a_good_week_is_told_in_spanish():
    assert told(*week_most(), language="es")[:3] == [
        ("lunes", "Respondí, dos momentos"),
        ("martes", "Respondí, un momento. Una señal se me pasó; volví el miércoles."),
        ("miércoles", "Respondí, un momento. Volví al martes."),
    ]


def test_an_empty_week_has_no_table():
    assert told(*week_empty()) == []
    assert render_to_string("journal/partials/week_words.html", {"picture": draw_week([], Week(MONDAY))}).strip() == ""


def test_the_table_has_a_caption_and_a_row_for_each_day_that_has_something():
    with translation.override("en"):
        context = {"picture": draw_week(seen_by_parent(responsive()), Week(MONDAY)), "caption": "This week so far"}
        table = render_to_string("journal/partials/week_words.html", context)
    assertInHTML("<caption>This week so far</caption>", table)
    assertInHTML('<tr><th scope="row">Monday</th><td>Responded, one moment</td></tr>', table)
    assert table.count("<tr>") == 1


def test_a_day_has_a_short_name_too():
    assert [row.short_day for row in tell(responsive(), responsive(on=SUNDAY), language="es")] == ["lun", "dom"]


@pytest.mark.parametrize(
    ("journal", "english", "spanish"),
    [
        ([responsive()], "Responded, one moment", "Respondí, un momento"),
        ([responsive()] * 10, "Responded, ten moments", "Respondí, diez momentos"),
        ([responsive()] * 11, "Responded, 11 moments", "Respondí, 11 momentos"),
        ([missed(), missed()], "Two cues got by me", "Dos señales se me pasaron"),
        (mended_the_same_day(), "One cue got by me, mended the same day", "Una señal se me pasó; volví el mismo día"),
        (
            [*mended_the_same_day(), *mended_the_same_day()],
            "Two cues got by me, mended the same day",
            "Dos señales se me pasaron; volví el mismo día",
        ),
        (mended_on_wednesday(), "One cue got by me, mended on Wednesday", "Una señal se me pasó; volví el miércoles"),
        (
            [*mended_on_wednesday(), *mended_on_wednesday()],
            "Two cues got by me, mended on Wednesday",
            "Dos señales se me pasaron; volví el miércoles",
        ),
        (mended_later(), "One cue got by me, mended in a later week", "Una señal se me pasó; volví otra semana"),
        (
            [*mended_later(), *mended_later()],
            "Two cues got by me, mended in a later week",
            "Dos señales se me pasaron; volví otra semana",
        ),
        (back_to_an_earlier_moment(), "Came back to an earlier moment", "Volví a un momento anterior"),
        (
            [*back_to_an_earlier_moment(), *back_to_an_earlier_moment()],
            "Came back to two earlier moments",
            "Volví a dos momentos anteriores",
        ),
        ([repair()], "Came back after a hard moment", "Volví después de un momento difícil"),
        ([repair(), repair()], "Came back after two hard moments", "Volví después de dos momentos difíciles"),
        ([reflection()], "A thought", "Una reflexión"),
        ([reflection(), reflection()], "Two thoughts", "Dos reflexiones"),
    ],
)
def test_none_one_and_more_of_a_kind_are_each_told_in_their_own_form(journal, english, spanish):
    assert told_on_monday(*journal) == english
    assert told_on_monday(*journal, language="es") == spanish


def test_a_cue_mended_more_than_once_is_told_by_its_first_mending():
    cue = missed()
    journal = [cue, repair(on=NEXT_MONDAY, mends=cue), repair(on=TUESDAY, mends=cue)]
    assert told(*journal) == [
        ("Monday", "One cue got by me, mended on Tuesday"),
        ("Tuesday", "Came back to Monday"),
    ]


def test_two_repairs_of_one_earlier_cue_came_back_to_one_moment():
    cue = missed(on=LAST_FRIDAY)
    assert told_on_monday(cue, repair(mends=cue), repair(mends=cue)) == "Came back to an earlier moment"


@pytest.mark.parametrize("language", ["en", "es"])
def test_no_day_is_told_with_a_banned_word(language):
    journal = [*week_full(), *mended_later(), *mended_later(), *back_to_an_earlier_moment()]
    assert not [text for _, text in told(*journal, language=language) if BANNED[language].search(text)]


def test_numbers_are_words_up_to_ten():
    assert sorted(NUMBER_WORDS) == list(range(2, 11))
