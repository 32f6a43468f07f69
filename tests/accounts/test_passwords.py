import time

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from hypothesis import example, given, settings
from hypothesis import strategies as st
from zxcvbn import matching

from accounts.models import User
from accounts.passwords import LONGEST, OUR_WORDS, guessable_by, known_words
from tests.reading import english_grade

ANA = User(email="ana.lopez-smith@example.org")
EVERY_SIGN = "4@8({[<369 1!|70$5+%2"


def reasons(password, user=ANA):
    try:
        validate_password(password, user)
    except ValidationError as refused:
        return " ".join(refused.messages)
    return ""


@pytest.mark.parametrize(
    "password",
    [
        "seven-quiet-otters-hum",
        "correct horse battery staple",
        "ñandú vuela alto",
        "日々是好日、空に雲ひとつなく、猫が寝る",
        "🦦🌧️🪵🍐🥁🪁🧦🐌🌵🫖🪜🧄🛶🎐🧵🪣",
        "x7!kQ2$vB9@mT4#pL6%",
        "x" * 20 + "seven-quiet-otters-hum",
        "seven-quiet-otters-hum-" * 5,
        EVERY_SIGN * 6,
    ],
)
def test_a_password_that_nobody_would_guess_is_taken(password):
    assert reasons(password) == ""


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("a" * 14, "Make it longer: 15 letters"),
        ("x7!kQ2$vB9@mT4", "Make it longer: 15 letters"),
        ("seven-quiet-otters-hum-" * 6, "Make it shorter: 128 letters"),
        ("ana.lopez-smith@example.org", "Your e-mail or the name of this site is in it."),
        ("ANA.LOPEZ-SMITH@EXAMPLE.ORG", "Your e-mail or the name of this site is in it."),
        ("analopezsmith2026", "Your e-mail or the name of this site is in it."),
        ("lopez-lopez-lopez", "Your e-mail or the name of this site is in it."),
        ("mostofthetime123", "Your e-mail or the name of this site is in it."),
        ("most of the time", "Your e-mail or the name of this site is in it."),
        ("my notes journal", "Your e-mail or the name of this site is in it."),
        ("zaq12wsxcde34rfv", "It leans on a common word or password."),
        ("liverpoolfootball", "It leans on a common word or password."),
        ("passwordpassword", "It says the same thing over and over."),
        ("aaaaaaaaaaaaaaaa", "It says the same thing over and over."),
        ("日本日本日本日本日本日本日本日本", "It says the same thing over and over."),
        ("asdfghjkl;'asdfg", "It is a row of keys."),
        ("abcdefghijklmnop", "It runs in order, like abc or 123."),
        ("19.05.1987aaaaaa", "A date or a year makes up most of it."),
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused_with_the_reason(password, reason):
    assert reason in reasons(password)


def test_a_reason_comes_with_what_helps():
    assert "Four or five words that don't belong together work well." in reasons("passwordpassword")


def test_a_short_password_gets_one_reason_and_not_two():
    assert reasons("password") == "Make it longer: 15 letters, numbers or signs, or more."


@pytest.mark.parametrize("length", [15, 128])
def test_both_ends_of_the_allowed_length_are_allowed(length):
    assert reasons(("seven-quiet-otters-hum-" * 6)[:length]) == ""


@pytest.mark.parametrize("length", [14, 129])
def test_one_beyond_either_end_is_not(length):
    assert reasons(("seven-quiet-otters-hum-" * 6)[:length])


def test_a_word_of_the_e_mail_does_no_harm_among_others():
    assert reasons("lopez-seven-quiet-otters") == ""


def test_someone_elses_e_mail_is_no_reason():
    assert reasons("analopezsmith-kettle", User(email="bo@example.com")) == ""
    assert reasons("analopezsmith-kettle", ANA)


def test_without_a_person_the_name_of_the_site_still_counts():
    assert "Your e-mail or the name of this site" in reasons("mostofthetime123", None)


def test_what_one_person_is_known_by_stays_out_of_what_others_are_checked_against():
    reasons("analopezsmith2026")
    assert set(matching.RANKED_DICTIONARIES).isdisjoint({"user_inputs", "known"})


def test_known_words_are_the_e_mail_and_its_parts_but_nothing_short():
    assert set(known_words("Ana.Lopez-Smith@example.org")) - set(OUR_WORDS) == {
        "ana.lopez-smith@example.org",
        "ana.lopez-smith",
        "analopezsmith",
        "lopez",
        "smith",
        "example.org",
        "example",
    }


@given(st.text(alphabet=st.characters(), max_size=200))
@example("İ" * 128)
@example("\ud800" * 30)
@example("٠١٢٣٤٥٦٧٨٩" * 12)
@example("1/1/\u0661\u0662" * 20)
@example("ǅ" * 40)
@settings(deadline=None)
def test_no_text_whatever_breaks_the_check(password):
    assert isinstance(reasons(password), str)


@pytest.mark.parametrize(
    "password",
    [
        EVERY_SIGN * 6,
        "1234567890!@#$%^&*()_+" * 6,
        "{[(<1!|7" * 16,
        "a" * LONGEST,
        "ab" * 64,
        "0123456789" * 12,
        "1.1.11" * 21,
        "👩‍👩‍👧" * 25,
    ],
)
def test_the_check_never_takes_long(password):
    start = time.process_time()
    guessable_by(password, known_words("ana.lopez-smith@example.org"))
    assert time.process_time() - start < 1


def test_the_rules_are_said_beforehand_in_plain_words():
    help_text = " ".join(password_validators_help_texts())
    assert help_text == "Use 15 letters or more. Four or five words that don't belong together work well."
    assert english_grade(help_text) <= 6
