"""Which sentences tell which week: each line of the rule's last table, in both languages."""

import csv
from pathlib import Path

import pytest
from django.utils import translation

from journal.summaries import WeekCounts, summarize

with (Path(__file__).parent / "data" / "summary_words.csv").open(encoding="utf-8", newline="") as table:
    WORDS = {(row["language"], row["key"]): row["text"].strip() for row in csv.DictReader(table)}


def whole(name):
    return f"{name}.headline {name}.supporting {name}.next_step"


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(
    ("counts", "keys"),
    [
        # held
        ({"unsafe": 1}, whole("held1")),
        ({"unsafe": 2}, whole("held")),
        ({"unsafe": 1, "responsive": 1, "days": 1}, whole("held")),
        ({"unsafe": 1, "repairs_earlier": 1}, whole("held1")),
        # empty, and few with no moment of its own
        ({}, whole("empty")),
        ({"repairs_earlier": 1}, whole("earlier")),
        ({"repairs_earlier": 5}, whole("earlier")),
        # few, all on one day
        ({"responsive": 4, "days": 1}, whole("one_day")),
        ({"missed": 5, "days": 1}, whole("one_day")),
        # few, otherwise
        ({"responsive": 1, "days": 1}, "few_h1 few_s1 few_r1 few_nr"),
        ({"responsive": 1, "missed": 1, "days": 1}, "few_h few_s few_r1 few_nrs"),
        ({"responsive": 1, "missed": 2, "missed_repaired": 1, "days": 3}, "few_h few_s few_r1 few_nrs"),
        ({"responsive": 2, "days": 2}, "few_h few_s few_r few_nrs"),
        ({"responsive": 3, "days": 3}, "few_h few_s few_r few_nrs"),
        ({"missed": 1, "missed_repaired": 1, "days": 1}, "few_h1 few_s1 few_b few_nb"),
        ({"repairs_unlinked": 1, "days": 1}, "few_h1 few_s1 few_b few_nb"),
        ({"missed": 2, "repairs_unlinked": 1, "days": 1}, "few_h few_s few_b few_nb"),
        ({"missed": 1, "days": 1}, "few_h1 few_s1 few_m1 few_nm"),
        ({"missed": 3, "days": 2}, "few_h few_s few_m few_nm"),
        # most
        ({"responsive": 4, "days": 2}, "most_h most_all most_n"),
        ({"responsive": 3, "missed": 1, "days": 2}, "most_h most_s most_o1 most_n"),
        ({"responsive": 4, "missed": 2, "days": 2}, "most_h most_s most_o most_n"),
        ({"responsive": 3, "missed": 1, "missed_repaired": 1, "days": 2}, "most_h most_s most_b1 most_n"),
        ({"responsive": 3, "repairs_unlinked": 1, "days": 2}, "most_h most_s most_b1 most_n"),
        ({"responsive": 4, "missed": 2, "missed_repaired": 2, "days": 2}, "most_h most_s most_bo most_n"),
        ({"responsive": 4, "missed": 2, "missed_repaired": 1, "days": 2}, "most_h most_s most_bp most_n"),
        ({"responsive": 5, "missed": 3, "missed_repaired": 1, "days": 2}, "most_h most_s most_bp most_n"),
        # came_back
        ({"responsive": 2, "missed": 2, "missed_repaired": 1, "days": 2}, "back_h back_s back_t back_n"),
        ({"missed": 4, "missed_repaired": 3, "days": 2}, "back_h back_s0 back_t back_n"),
        ({"repairs_unlinked": 4, "days": 2}, "back_h back_s0 back_t back_n"),
        # mixed
        ({"responsive": 1, "missed": 5, "missed_repaired": 1, "days": 2}, "mix_h mix_rb mix_t mix_n"),
        ({"responsive": 2, "missed": 2, "days": 2}, "mix_h mix_r mix_t mix_n"),
        ({"missed": 4, "missed_repaired": 1, "days": 2}, "mix_h mix_b mix_t mix_n"),
        ({"missed": 3, "repairs_unlinked": 1, "days": 2}, "mix_h mix_b mix_t mix_n"),
        # missed_only
        ({"missed": 4, "days": 2}, whole("only")),
    ],
)
def test_a_week_is_told_in_the_sentences_of_its_line(counts, keys, language):
    week = WeekCounts(**counts)
    numbers = {"t": week.moments, "r": week.responsive, "b": week.came_back, "o": week.others, "all": week.written}
    headline, *supporting, next_step = (WORDS[language, key].format(**numbers) for key in keys.split())
    with translation.override(language):
        summary = summarize(week)
    assert (summary.headline, summary.supporting, summary.next_step) == (headline, " ".join(supporting), next_step)
