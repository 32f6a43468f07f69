"""The week as a picture, first of all against the drawn specimens in data/week_*.svg."""

from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from journal.picture import draw_week
from journal.weeks import Week
from tests.journal.specimen_weeks import SPECIMENS
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

DATA = Path(__file__).parent / "data"
SHORT_DAYS = dict(
    zip(
        ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
        ["lun", "mar", "mié", "jue", "vie", "sáb", "dom"],
        strict=True,
    )
)


def draw(*journal):
    return draw_week(seen_by_parent(*journal), Week(MONDAY))


def kinds(*journal):
    return [shape.kind for shape in draw(*journal).shapes]


def elements(svg):
    """All that is drawn, in order; the name for who cannot see it is each page's own."""
    return [
        (element.tag, element.attrib | {"aria-label": ""}, (element.text or "").strip())
        for element in ElementTree.fromstring(svg).iter()  # noqa: S314 (our own files)
    ]


@pytest.mark.parametrize("week", SPECIMENS)
def test_a_week_is_drawn_exactly_as_its_specimen(week):
    with translation.override("en"):
        svg = render_to_string("journal/partials/week_picture.html", {"picture": draw(*week())})
    assert elements(svg) == elements((DATA / f"{week.__name__}.svg").read_text(encoding="utf-8"))


@pytest.mark.parametrize("week", SPECIMENS)
def test_in_spanish_only_the_names_of_the_days_are_others(week, settings):
    settings.USE_THOUSAND_SEPARATOR = True
    with translation.override("es"):
        svg = render_to_string("journal/partials/week_picture.html", {"picture": draw(*week())})
    specimen = elements((DATA / f"{week.__name__}.svg").read_text(encoding="utf-8"))
    assert elements(svg) == [(tag, attrib, SHORT_DAYS.get(text, text)) for tag, attrib, text in specimen]


@pytest.mark.parametrize(
    ("language", "empty", "written"),
    [
        ("en", "It is told in words on this page.", "It is told in words in the table below."),
        ("es", "Se cuenta en palabras en esta página.", "Se cuenta en palabras en la tabla de abajo."),
    ],
)
def test_the_picture_names_the_place_where_it_is_told_in_words(language, empty, written):
    with translation.override(language):
        assert draw().label.endswith(empty)
        assert draw(reflection()).label.endswith(written)


def test_a_day_is_drawn_in_its_own_order_whatever_came_first():
    cue = missed()
    journal = [repair(), repair(mends=cue), cue, missed(), reflection(), responsive()]
    assert kinds(*journal) == ["leaf", "tick", "ring", "mend", "knot", "ring", "knot"]


def test_six_stories_of_a_day_are_drawn_and_the_others_a_number():
    *marks, more = draw(*[missed() for _ in range(9)]).shapes
    assert [mark.kind for mark in marks] == ["ring"] * 6
    assert (more.kind, more.text, more.x) == ("more", "+3", "24")


def test_six_stories_of_a_day_need_no_number():
    assert kinds(*[responsive() for _ in range(6)]) == ["leaf"] * 6


def test_a_cue_that_is_not_drawn_has_no_thread_to_its_repair():
    cue = missed()
    picture = draw(*[responsive() for _ in range(6)], cue, repair(on=TUESDAY, mends=cue))
    assert picture.sewings == ()
    assert [shape.kind for shape in picture.shapes if shape.kind in ("ring", "knot")] == ["knot"]


def test_a_number_lies_inside_the_picture():
    picture = draw(*[reflection() for _ in range(7)])
    more = picture.shapes[-1]
    assert int(more.y) < int(picture.height)


def test_one_cue_may_be_sewn_to_more_than_one_repair():
    cue = missed()
    picture = draw(cue, repair(mends=cue), repair(on=WEDNESDAY, mends=cue), repair(on=NEXT_MONDAY, mends=cue))
    assert len(set(picture.sewings)) == 3
    assert picture.stems[0] == "M24 31V43"


def test_two_repairs_in_later_weeks_leave_by_one_thread():
    cue = missed()
    picture = draw(cue, repair(on=NEXT_MONDAY, mends=cue), repair(on=NEXT_MONDAY, mends=cue))
    assert len(picture.sewings) == 1


@pytest.mark.parametrize("write", [responsive, missed, repair, reflection])
def test_a_marked_story_is_neither_drawn_nor_told(write):
    assert draw(write(unsafe=True)) == draw()


def test_a_marked_repair_leaves_the_ring_open():
    cue = missed()
    assert draw(cue, repair(on=TUESDAY, mends=cue, unsafe=True)) == draw(cue)


def test_a_repair_of_a_marked_cue_of_this_week_is_a_knot_alone():
    cue = missed(unsafe=True)
    assert draw(cue, repair(on=TUESDAY, mends=cue)) == draw(repair(on=TUESDAY))


def test_stories_of_other_weeks_are_neither_drawn_nor_told():
    assert draw(responsive(on=LAST_FRIDAY), responsive(on=NEXT_MONDAY)) == draw()


def test_days_stand_side_by_side_from_monday_to_sunday():
    days = draw(responsive(on=SUNDAY)).days
    assert {int(after.x) - int(before.x) for before, after in pairwise(days)} == {48}
    assert draw(responsive(on=SUNDAY)).stems == ("M312 31V40",)
