"""The search for banned words must find what it looks for, and leave alone what only looks like it."""

import pytest

from tests.journal.banned_words import BANNED


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Only two got by you."),
        ("en", "You responded, but one got by you."),
        ("en", "You responded in 75%"),
        ("en", "More than last week."),
        ("en", "You failed to notice."),
        ("en", "Well done!"),
        ("en", "This is a streak of three."),
        ("es", "Solo dos se te pasaron."),
        ("es", "Respondiste, pero una se te pasó."),
        ("es", "No fue tu culpa."),
        ("es", "Llevas una racha de tres."),
        ("es", "¡Muy bien!"),
        ("es", "Más que la semana pasada."),
    ],
)
def test_a_banned_word_is_found(language, text):
    assert BANNED[language].search(text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "You can start again any time. Adjust the button."),
        ("es", "No tienes que llevarlo a consuelo. Anota un momento."),
    ],
)
def test_a_word_that_merely_holds_a_banned_one_is_not_found(language, text):
    assert not BANNED[language].search(text)
