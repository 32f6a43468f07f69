"""Words are compared without case and accents; ñ too, as people type it on phones that lack it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.searching import fold


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("nino", "niño"),
        ("NIÑO", "niño"),
        ("Jose", "José"),
        ("pinguino", "PINGÜINO"),
        ("strasse", "Straße"),
        ("cafe", "cafe\N{COMBINING ACUTE ACCENT}"),
        ("fi", "\N{LATIN SMALL LIGATURE FI}"),
        ("10", "\N{FULLWIDTH DIGIT ONE}\N{FULLWIDTH DIGIT ZERO}"),
        ("ΣΟΦΟΣ", "σοφος"),
        ("no 5", "№ 5"),
    ],
)
def test_words_are_the_same_whatever_case_and_accents(typed, written):
    assert fold(typed) == fold(written)


@pytest.mark.parametrize(("typed", "written"), [("nino", "nina"), ("ola", "hola "), ("l", "ł"), ("cafe", "café 2")])
def test_other_words_stay_other_words(typed, written):
    assert fold(typed) != fold(written)


def test_line_breaks_signs_and_other_scripts_stay():
    assert fold("Uno,\nDOS… 子供 🙂") == "uno,\ndos... 子供 🙂"


@given(text=st.text(max_size=30))
def test_what_was_folded_stays_as_it_is(text):
    assert fold(fold(text)) == fold(text)


@given(text=st.text(max_size=30))
def test_small_letters_find_capitals(text):
    assert fold(text.casefold()) == fold(text)


@given(before=st.text(max_size=20), word=st.text(max_size=20), after=st.text(max_size=20))
def test_a_word_is_found_within_what_was_written(before, word, after):
    assert fold(word) in fold(f"{before} {word} {after}")


@given(text=st.text(alphabet=st.characters(max_codepoint=0x7F), max_size=30))
def test_plain_letters_take_the_short_way_to_the_same_end(text):
    assert fold(text) == fold(f"{text}ñ")[:-1]
