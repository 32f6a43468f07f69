import csv
import json
import re
from itertools import groupby
from pathlib import Path

import pytest

from tests.reading import english_grade, spanish_ease

CONTENT = Path(__file__).parents[2] / "journal" / "content"


def read_json(name):
    return json.loads((CONTENT / name).read_text(encoding="utf-8"))


GUIDE = read_json("guide.json")
HELP = read_json("help.json")
CHIPS = read_json("chips.json")
DEMO = read_json("demo.json")
with (CONTENT / "prompts.csv").open(encoding="utf-8", newline="") as file:
    PROMPTS = list(csv.DictReader(file))

SECTIONS = {f"S{number}" for number in range(1, 23)}
PROMPT_LIMIT = 160
BANNED = {
    "en": re.compile(
        r"\b(?:fail|failed|ignore|ignored|neglect|should|must|bad parent|bad mother|bad day|lazy|spoiled|manipulative"
        r"|score|streak|case|client|at risk|insecure|avoidant|anxious child|disorder|why did you|but|only|just|at least"
        r"|fix|mommy|will|guarantees|goal|relapse|compliance)\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:culpa|fallaste|ignoraste|descuidaste|deberías|debes|mal padre|mala madre|floja|flojo|malcriado|malcriada"
        r"|manipula|puntaje|racha|caso|en riesgo|apego inseguro|evitativo|trastorno|por qué no|pero|solo|sólo|sola"
        r"|al menos)\b",
        re.IGNORECASE,
    ),
}


def in_words(texts, *names):
    return "\n".join(texts[name] for name in names)


def guide_text(theme, language):
    return in_words(theme["texts"][language], "title", "lead", "body")


HELP_TEXTS = {
    language: {line["slug"]: in_words(line["texts"][language], "question", "answer") for line in HELP["lines"]}
    | {slug: card[language] for slug, card in HELP["cards"].items()}
    for language in ("en", "es")
}


def test_every_section_of_the_source_is_covered_by_the_guide_and_by_the_prompts():
    assert {section for theme in GUIDE for section in theme["sections"]} == SECTIONS
    assert {prompt["source_section"] for prompt in PROMPTS} == SECTIONS


def test_each_theme_of_the_guide_retells_the_sections_its_prompts_ask_about():
    asked = {}
    for prompt in PROMPTS:
        asked.setdefault(prompt["theme"], set()).add(prompt["source_section"])
    assert {theme["slug"]: set(theme["sections"]) for theme in GUIDE} == asked


def test_the_library_starts_with_ninety_different_prompts():
    assert len(PROMPTS) == len({prompt["slug"] for prompt in PROMPTS}) == 90


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt["slug"])
def test_a_prompt_has_a_known_kind_an_age_span_and_a_short_text_in_both_languages(prompt):
    assert prompt["kind"] in {"responsive", "missed", "repair", "any"}
    assert 0 <= int(prompt["age_min_months"]) < int(prompt["age_max_months"]) <= 60
    assert 0 < len(prompt["text_en"]) <= PROMPT_LIMIT
    assert 0 < len(prompt["text_es"]) <= PROMPT_LIMIT


@pytest.mark.parametrize("prompt", PROMPTS, ids=lambda prompt: prompt["slug"])
def test_an_english_prompt_reads_at_grade_six_or_below(prompt):
    assert english_grade(prompt["text_en"]) <= 6


def test_the_spanish_prompts_of_each_theme_read_easily():
    by_theme = groupby(sorted(PROMPTS, key=lambda prompt: prompt["theme"]), key=lambda prompt: prompt["theme"])
    ease = {theme: spanish_ease("\n".join(prompt["text_es"] for prompt in prompts)) for theme, prompts in by_theme}
    assert min(ease.values()) >= 70, ease


@pytest.mark.parametrize("theme", GUIDE, ids=lambda theme: theme["slug"])
def test_the_guide_reads_at_grade_six_or_below_and_easily_in_spanish(theme):
    assert english_grade(guide_text(theme, "en")) <= 6
    assert spanish_ease(guide_text(theme, "es")) >= 70


@pytest.mark.parametrize("slug", HELP_TEXTS["en"])
def test_help_reads_at_grade_six_or_below_and_easily_in_spanish(slug):
    assert english_grade(HELP_TEXTS["en"][slug]) <= 6
    assert spanish_ease(HELP_TEXTS["es"][slug]) >= 70


@pytest.mark.parametrize("language", BANNED)
@pytest.mark.parametrize("theme", GUIDE, ids=lambda theme: theme["slug"])
def test_the_guide_uses_no_word_that_blames_scores_or_presses(theme, language):
    assert BANNED[language].findall(guide_text(theme, language)) == []


@pytest.mark.parametrize("theme", GUIDE, ids=lambda theme: theme["slug"])
def test_a_guide_page_has_the_same_paragraphs_headings_and_list_items_in_both_languages(theme):
    def shape(language):
        lines = theme["texts"][language]["body"].split("\n")
        return [line[:2] if line[:2] in {"##", "- "} else bool(line) for line in lines]

    assert shape("en") == shape("es")


def test_help_starts_with_danger_now():
    assert HELP["lines"][0]["slug"] == "danger"
    assert HELP["lines"][0]["call"] == "911"


@pytest.mark.parametrize("line", [line for line in HELP["lines"] if line["call"]], ids=lambda line: line["slug"])
def test_every_number_to_call_stands_in_the_words_of_both_languages(line):
    for texts in line["texts"].values():
        words = re.sub(r"\D", "", texts["answer"])
        assert texts.get("call", line["call"]) in words
        assert texts.get("text_to", line["text_to"]) in words


def test_the_guide_on_breaks_carries_the_safe_pause_of_the_gentle_card():
    (breaks,) = [theme for theme in GUIDE if theme["slug"] == "breaks"]
    for language, words in HELP["cards"]["card_a"].items():
        assert words in breaks["texts"][language]["body"]


def test_every_english_text_has_its_spanish():
    pairs = [theme["texts"] for theme in GUIDE] + [line["texts"] for line in HELP["lines"]]
    for texts in pairs:
        assert [key for key, text in texts["en"].items() if text and not texts["es"].get(key)] == []
    for words in [*HELP["cards"].values(), *(chip for chips in CHIPS.values() for chip in chips)]:
        assert words["en"]
        assert words["es"]


@pytest.mark.parametrize("family", DEMO)
def test_the_demo_families_use_chips_and_prompts_that_exist(family):
    values = {name: {chip["value"] for chip in chips} | {""} for name, chips in CHIPS.items()}
    kinds = {prompt["slug"]: prompt["kind"] for prompt in PROMPTS}
    for moment in DEMO[family]["moments"]:
        assert moment["cue"] in values["cue"]
        assert moment["did"] in values["did_missed" if moment["kind"] == "missed" else "did"]
        assert moment["feeling"] in values["feeling"]
        if moment["prompt"]:
            assert kinds[moment["prompt"]].replace("any", "reflection") == moment["kind"]
