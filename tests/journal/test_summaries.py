"""The words of the weekly summary, against the tables they were agreed in."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from journal.summaries import MIN_DAYS, MIN_MOMENTS, Band, WeekCounts, WeeklySummary, summarize
from journal.summary_words import SENTENCES
from tests.journal.banned_words import BANNED

DATA = Path(__file__).parent / "data"
FIELDS = ("headline", "supporting", "next_step", "support_line", "note")
COUNTS = ("responsive", "missed", "missed_repaired", "repairs_unlinked", "repairs_earlier", "unsafe", "days")
MOST_OF_THE_TIME = {"en": "responsive most of the time", "es": "Respondiste la mayor parte de las veces"}
LADDER = [Band.MISSED_ONLY, Band.MIXED, Band.CAME_BACK, Band.MOST]


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@st.composite
def week_counts(draw, *, most_unsafe=2):
    responsive, missed, unlinked, earlier = (draw(st.integers(0, 9)) for _ in range(4))
    moments = responsive + missed + unlinked
    return WeekCounts(
        responsive=responsive,
        missed=missed,
        missed_repaired=draw(st.integers(0, missed)),
        repairs_unlinked=unlinked,
        repairs_earlier=earlier,
        unsafe=draw(st.integers(0, most_unsafe)),
        days=draw(st.integers(min(1, moments), min(7, moments))),
        prev_band=draw(st.sampled_from(["", *Band])),
    )


def texts(summary):
    return [getattr(summary, field) for field in FIELDS]


languages = st.sampled_from(["en", "es"])
safe_weeks = week_counts(most_unsafe=0)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("row", [pytest.param(row, id=row["id"]) for row in rows("summary_examples.csv")])
def test_every_worked_example_reads_as_agreed(row, language):
    counts = WeekCounts(**{name: int(row[name]) for name in COUNTS}, prev_band=row["prev_band"])
    with translation.override(language):
        summary = summarize(counts)
    assert summary == WeeklySummary(row["band"], *(row[f"{field}_{language}"] for field in FIELDS))


@pytest.mark.parametrize(
    ("language", "key", "text"),
    [pytest.param(*row.values(), id="-".join([row["language"], row["key"]])) for row in rows("summary_words.csv")],
)
def test_every_sentence_is_the_one_agreed(language, key, text):
    numbers = {"t": 12, "r": 7, "b": 2, "o": 5, "all": 13}
    with translation.override(language):
        said = str(SENTENCES[key].format(**numbers))
    assert said == text.strip().format(**numbers)


def test_no_sentence_is_said_that_was_not_agreed():
    assert set(SENTENCES) == {row["key"] for row in rows("summary_words.csv")}


@given(counts=week_counts(), language=languages)
def test_most_of_the_time_is_said_exactly_when_more_than_half_of_enough_moments_are_responsive(counts, language):
    with translation.override(language):
        said = any(MOST_OF_THE_TIME[language] in text for text in texts(summarize(counts)))
    enough = counts.moments >= MIN_MOMENTS and counts.days >= MIN_DAYS and counts.unsafe == 0
    assert said == (enough and 2 * counts.responsive > counts.moments)


def test_four_moments_on_two_days_are_enough_to_speak_of_a_week():
    assert (MIN_MOMENTS, MIN_DAYS) == (4, 2)


@given(counts=safe_weeks)
def test_mending_a_logged_cue_never_moves_a_week_down(counts):
    assume(counts.missed_repaired < counts.missed and counts.band in LADDER)
    mended = replace(counts, missed_repaired=counts.missed_repaired + 1)
    assert LADDER.index(mended.band) >= LADDER.index(counts.band)


@given(counts=safe_weeks)
def test_tying_a_lone_repair_to_a_logged_cue_never_moves_a_week_down(counts):
    assume(counts.missed_repaired < counts.missed and counts.repairs_unlinked and counts.band in LADDER)
    tied = replace(
        counts,
        missed_repaired=counts.missed_repaired + 1,
        repairs_unlinked=counts.repairs_unlinked - 1,
        days=min(counts.days, counts.moments - 1),
    )
    assert tied.band == Band.FEW or LADDER.index(tied.band) >= LADDER.index(counts.band)


def test_a_repair_of_a_cue_never_written_down_adds_a_moment_and_can_turn_most_into_came_back():
    week = WeekCounts(responsive=3, missed=2, days=3)
    assert week.band == Band.MOST
    assert replace(week, repairs_unlinked=1).band == Band.CAME_BACK


@given(counts=week_counts(), language=languages)
def test_no_summary_ever_says_a_banned_word(counts, language):
    with translation.override(language):
        assert not [text for text in texts(summarize(counts)) if BANNED[language].search(text)]


@given(counts=week_counts(), other=st.sampled_from(["", *Band]), language=languages)
def test_the_week_before_changes_nothing_but_the_support_line(counts, other, language):
    with translation.override(language):
        one, another = summarize(counts), summarize(replace(counts, prev_band=other))
    assert replace(one, support_line="") == replace(another, support_line="")


@given(counts=week_counts(), language=languages)
def test_one_is_never_said_with_a_plural_and_no_sentence_counts_to_zero(counts, language):
    with translation.override(language):
        words = f" {' '.join(texts(summarize(counts)))} "
    assert not any(f" 1 {plural}" in words for plural in ("moments", "momentos", "times", "veces", "cues", "señales"))
    assert " the other 1" not in words
    assert " los otros 1" not in words
    assert " 0" not in words
    assert "{" not in words


@pytest.mark.parametrize(
    ("moments", "english", "spanish"),
    [
        (0, "A quiet week in your journal.", "Una semana tranquila en tu diario."),
        (1, "You wrote about 1 moment this week.", "Escribiste sobre 1 momento esta semana."),
        (2, "You wrote about 2 moments this week.", "Escribiste sobre 2 momentos esta semana."),
        (3, "You wrote about 3 moments this week.", "Escribiste sobre 3 momentos esta semana."),
    ],
)
def test_none_one_and_more_moments_are_each_said_in_their_own_form(moments, english, spanish):
    counts = WeekCounts(responsive=moments, days=min(moments, 1))
    with translation.override("en"):
        assert summarize(counts).headline == english
    with translation.override("es"):
        assert summarize(counts).headline == spanish


@pytest.mark.parametrize(
    ("counts", "before", "words", "link"),
    [
        (WeekCounts(unsafe=1), "", "Some moments feel scary. You can get help now.", "Find help."),
        (
            WeekCounts(responsive=1, missed=4, days=3),
            "held",
            "Hard stretches happen. Who could give you a hand?",
            "Find support.",
        ),
        (
            WeekCounts(missed=5, days=3),
            "few",
            "If this week felt heavy, you don't have to carry it alone.",
            "Find support.",
        ),
        (WeekCounts(responsive=1, missed=4, days=3), "empty", "", ""),
        (WeekCounts(responsive=4, days=3), "mixed", "", ""),
    ],
)
def test_help_is_offered_in_a_hard_week_and_its_last_words_are_the_link(counts, before, words, link):
    with translation.override("en"):
        summary = summarize(replace(counts, prev_band=before))
    assert (summary.support_words, summary.support_link) == (words, link)
    assert summary.support_line == " ".join(filter(None, [words, link]))


def test_the_last_words_of_the_support_line_are_the_link_in_spanish_too():
    with translation.override("es"):
        summary = summarize(WeekCounts(missed=5, days=3, prev_band="mixed"))
    assert summary.support_words == "Hay temporadas difíciles. ¿Quién podría darte una mano?"
    assert summary.support_link == "Busca apoyo."


@given(counts=week_counts())
def test_every_week_with_something_in_it_says_that_it_is_about_what_was_written(counts):
    assert bool(summarize(counts).note) == (counts.band is not Band.EMPTY)
