"""What an editor is told about a question's words, in both languages."""

import pytest

from journal.ages import age_name, bands_in, span_name
from journal.loading import read_prompts
from journal.prompt_checks import LONGEST, check, check_text


def reasons(language, text):
    return [finding.reason for finding in check_text(language, text)]


GOOD = {"en": "What made you two smile today?", "es": "¿Qué los hizo sonreír hoy?"}


def test_good_words_have_no_finding():
    assert check(GOOD) == []


def test_a_missing_language_blocks():
    found = check(GOOD | {"es": "  "})
    assert [(finding.language, finding.blocks) for finding in found] == [("es", True)]


@pytest.mark.parametrize(("more", "blocks"), [(0, []), (1, [True])])
def test_more_than_160_characters_block(more, blocks):
    text = "What " + "a b " * 38 + "?" * (LONGEST - 157 + more)
    assert len(text) == LONGEST + more
    assert [finding.blocks for finding in check_text("en", text) if finding.blocks] == blocks


@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [
        ("en", "What circumstances facilitated particularly meaningful communication?", "school grade"),
        ("es", "¿Qué circunstancias posibilitaron comunicaciones particularmente significativas?", "reading ease"),
        ("en", "Did you smile today?", "does not open up"),
        ("es", "¿Sonreíste hoy?", "does not open up"),
        ("en", "Why did you shout?", "sounds like blame"),
        ("en", "Why didn't you wait?", "sounds like blame"),
        ("es", "¿Por qué no esperaste?", "sounds like blame"),
        ("en", "What should you do next time?", "presses"),
        ("en", "What must a good day have?", "presses"),
        ("es", "¿Qué deberías hacer?", "presses"),
        ("es", "¿Qué tienes que hacer?", "presses"),
        ("en", "What made you feel like a bad mother?", "blames"),
        ("en", "When did you FAIL today?", "blames"),
        ("en", "What is your score?", "blames"),
        ("es", "¿De quién fue la culpa?", "blames"),
        ("es", "¿Qué racha llevas?", "blames"),
        ("es", "¿Qué niño malcriado viste?", "blames"),
        ("en", "What helped you as a mom today?", "mother alone"),
        ("es", "¿Qué le gusta a mamá?", "mother alone"),
        ("en", "What did both parents do?", "two parents"),
        ("en", "How did your husband help?", "two parents"),
        ("es", "¿Cómo ayudó tu pareja?", "two parents"),
        ("en", "What happened while breastfeeding?", "thing to own"),
        ("en", "Which book did you read?", "thing to own"),
        ("es", "¿Qué libro leyeron?", "thing to own"),
        ("es", "¿Cuándo le diste el biberón?", "thing to own"),
        ("en", "What did you try, but it went wrong?", "smaller"),
    ],
)
def test_words_that_do_harm_are_warned_of_with_a_reason(language, text, reason):
    found = list(check_text(language, text))
    assert any(reason in finding.reason for finding in found), found
    assert not any(finding.blocks for finding in found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "What did a smothered laugh sound like?"),
        ("en", "When was another moment like that?"),
        ("en", "After a bump, how did you help?"),
        ("en", "Think of a hug. Who was there?"),
        ("en", "With what words did you say hello?"),
        ("es", "¿A quién buscó tu bebé hoy?"),
        ("es", "Después de un golpe, ¿cómo ayudaste?"),
        ("es", "Cuenta un abrazo de hoy."),
        ("es", "¿Qué acaso fue bonito?"),
    ],
)
def test_words_that_merely_look_like_it_are_left_in_peace(language, text):
    assert reasons(language, text) == []


def test_a_line_break_is_one_character_however_it_is_sent():
    text = "What\r\n" + "a b " * 38 + "?" * (LONGEST - 157)
    assert [finding.blocks for finding in check({"en": text}) if finding.blocks] == []


def test_a_word_is_named_as_it_was_written_and_once():
    assert [reason[:10] for reason in reasons("en", "What should it be? Should it?")] == ["“should” p"]


def test_the_starting_questions_are_warned_of_seldom_and_blocked_never():
    found = [finding for row in read_prompts() for finding in check({"en": row["text_en"], "es": row["text_es"]})]
    assert not any(finding.blocks for finding in found)
    assert len(found) <= 7


def test_a_third_language_is_checked_for_being_there_and_short():
    assert reasons("fr", "Pourquoi ?") == []
    assert check({"fr": ""})[0].blocks


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        (0, 60, "every age"),
        (6, 12, "6 to 12 months"),
        (36, 60, "3 to 5 years"),
        (0, 12, "0 months to 1 year"),
        (1, 30, "1 month to 30 months"),
    ],
)
def test_a_span_of_ages_is_told_in_words(start, end, name):
    assert span_name(start, end) == name


@pytest.mark.parametrize(("months", "name"), [(0, "0 months"), (1, "1 month"), (12, "1 year"), (24, "2 years")])
def test_an_age_is_told_in_months_and_years(months, name):
    assert age_name(months) == name


def test_a_span_meets_the_bands_it_shares_a_month_with():
    assert [band.key for band in bands_in(5, 7)] == ["3-6", "6-12"]
    assert [band.key for band in bands_in(6, 12)] == ["6-12"]
