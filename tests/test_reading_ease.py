"""Every word that the product says is easy to read: the catalogues, the summaries and the starting content.

English is measured by the Flesch-Kincaid grade, 6 at most; Spanish by the Fernández-Huerta ease, 70 at least. Both
were made for running text: in a button of two words one long word decides all. So a text of eight words or more is
read by itself, and the shorter ones with whatever else the same file says, where that makes twenty words together.
The sentences of a summary are read as summaries, in which alone anybody meets them.
"""

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

from journal.reading_ease import WORD
from tests.catalog import extracted, messages, read, strings
from tests.journal.test_content import CHIPS, GUIDE, HELP, PROMPTS, read_json
from tests.reading import english_grade, spanish_ease

HARDEST_GRADE, LEAST_EASE = 6, 70
A_TEXT, A_FILE = 8, 20
# What is filled in, and a name that is not ours to shorten, are read as one short name.
FILLED_IN = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
NAMES = re.compile("Center for Health and Safety Culture|Google Authenticator")
SUMMARIES = "journal/summary_words.py"
SUMMARY_PARTS = ("headline", "supporting", "next_step", "support_line", "note")
# Agreed words, measured: the consent screen and what a program tells its visitors. Changed there first.
AGREED = {
    "%(visitor)s **will** see: the moments you mark Shared, a week summary made from those moments, and any question "
    "you write for your visit.": 8.8,
    "You are not expected to watch the journal between visits. If you read something that worries you, talk with your "
    "supervisor today and follow your state's law.": 6.7,
}


def plain(text):
    return NAMES.sub("Luz", FILLED_IN.sub("Luz", text))


def words(text):
    """How many are its own, without what is filled in."""
    return len(WORD.findall(FILLED_IN.sub("", text)))


def too_hard(texts, language):
    """Those of the texts that read too hard, with the figure of each."""
    measured = {text: round((english_grade if language == "en" else spanish_ease)(plain(text)), 1) for text in texts}
    return {text: value for text, value in measured.items() if not is_easy(value, language)}


def is_easy(value, language):
    return value <= HARDEST_GRADE if language == "en" else value >= LEAST_EASE


def said():
    """Each text of the product, with its language and the files that say it; the summaries' apart."""
    english = [(message, message.id if message.pluralizable else [message.id]) for message in messages(extracted("es"))]
    spanish = [(message, strings(message)) for message in messages(read("es"))]
    for language, catalog in (("en", english), ("es", spanish)):
        for message, texts in catalog:
            files = {name for name, _line in message.locations} - {SUMMARIES}
            yield from ((language, files, text) for text in texts if files)


SAID = list(said())
each_language = pytest.mark.parametrize("language", ["en", "es"])


@each_language
def test_a_text_reads_easily_by_itself(language):
    texts = {text for said_in, _files, text in SAID if said_in == language and words(text) >= A_TEXT}
    assert len(texts) > 300
    assert too_hard(texts, language) == (AGREED if language == "en" else {})


@each_language
def test_what_a_file_says_reads_easily_together(language):
    together = defaultdict(list)
    for said_in, files, text in SAID:
        if said_in == language and text not in AGREED:
            for file in files:
                together[file].append(text)
    texts = {file: "\n".join(lines) for file, lines in together.items()}
    assert len(texts) > 100
    assert too_hard((text for text in texts.values() if words(text) >= A_FILE), language) == {}


@each_language
def test_every_worked_summary_reads_easily(language):
    with (Path(__file__).parent / "journal" / "data" / "summary_examples.csv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    summaries = {"\n".join(row[f"{part}_{language}"] for part in SUMMARY_PARTS).strip() for row in rows}
    assert len(summaries) > 10
    assert too_hard(summaries, language) == {}


@each_language
def test_the_starting_content_reads_easily(language):
    texts = {f"{theme['texts'][language][part]}" for theme in GUIDE for part in ("lead", "body")}
    texts |= {prompt[f"text_{language}"] for prompt in PROMPTS} if language == "en" else set()
    texts |= {line["texts"][language]["answer"] for line in HELP["lines"]}
    texts |= {card[language] for card in HELP["cards"].values()} | {read_json("program.json")[language]}
    texts.add("\n".join(chip[language] for chips in CHIPS.values() for chip in chips))
    assert too_hard((text for text in texts if words(text) >= A_TEXT), language) == {}


@pytest.mark.parametrize(
    ("language", "hard"),
    [
        ("en", "Authentication credentials are incorrect; additional verification is required immediately."),
        ("es", "Las credenciales de autenticación proporcionadas son incorrectas; verifique su identificación."),
    ],
)
def test_the_words_of_an_office_are_found(language, hard):
    assert too_hard([hard], language)
