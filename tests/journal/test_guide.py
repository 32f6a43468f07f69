"""The guide: the material in our own words, theme by theme, the same for everyone."""

import json
from html import unescape

import pytest
from django.conf import settings as project

from journal.guide import blocks
from journal.loading import CONTENT
from journal.models import GuideText, Prompt, PromptText, Theme
from tests.factories import NOON, make_prompt

pytestmark = pytest.mark.django_db

THEMES = json.loads((CONTENT / "guide.json").read_text(encoding="utf-8"))
LANGUAGES = ("en", "es")


def page_of(client, address, language="en"):
    client.cookies[project.LANGUAGE_COOKIE_NAME] = language
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def in_order(page, *texts):
    places = [page.find(text) for text in texts]
    return -1 not in places and places == sorted(places)


def tell(*, slug="bond", position=1, language="en", title="Bond", lead="A lead.", body="A body."):
    theme, _made = Theme.objects.get_or_create(slug=slug, defaults={"position": position})
    return GuideText.objects.create(theme=theme, language=language, title=title, lead=lead, body=body)


# The starting content


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_lists_every_theme_in_its_order_with_its_first_words(client, content, language):
    page = page_of(client, "/guide/", language)
    told = [theme["texts"][language] for theme in THEMES]
    assert len(told) == 14
    assert in_order(page, *(text[name] for text in told for name in ("title", "lead")))
    assert f'<html lang="{language}">' in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_theme_is_told_in_full_and_names_its_source(client, content, language):
    for theme in THEMES:
        page = page_of(client, f"/guide/{theme['slug']}/", language)
        told = theme["texts"][language]
        words = [
            part.removeprefix("## ").removeprefix("- ") for part in told["body"].replace("\n", "\n\n").split("\n\n")
        ]
        assert in_order(page, told["title"], told["lead"], *filter(None, words))
        assert "Center for Health and Safety Culture" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_theme_has_its_questions_to_try(client, content, language):
    for theme in THEMES:
        page = page_of(client, f"/guide/{theme['slug']}/", language)
        texts = PromptText.objects.filter(prompt__theme__slug=theme["slug"], language=language)
        assert texts
        assert [text.text for text in texts if text.text not in page] == []


@pytest.mark.parametrize(
    ("language", "states"),
    [
        ("en", ["Deep sleep", "Light sleep", "Drowsy", "Calm and awake", "Fussy", "Crying"]),
        ("es", ["Sueño profundo", "Sueño ligero", "Con sueño", "Calma y ojos abiertos", "Inquietud", "Llanto"]),
    ],
)
def test_the_six_states_of_the_first_months_stand_in_one_theme_alone(client, content, language, states):
    told = [
        slug
        for slug in (theme["slug"] for theme in THEMES)
        if states[0] in page_of(client, f"/guide/{slug}/", language)
    ]
    assert told == ["bond"]
    assert in_order(page_of(client, "/guide/bond/", language), *(f"<li>{state}: " for state in states))


@pytest.mark.parametrize(
    ("language", "paragraph"),
    [
        (
            "en",
            "Children show what they need in many ways. Some come close, some pull back, some go quiet. It changes with"
            " sleep, sickness, and age. If you wonder about your child, ask your home visitor or doctor. Asking is part"
            " of caring.",
        ),
        (
            "es",
            "Los niños muestran lo que necesitan de muchas maneras. Unos se acercan, otros se alejan, otros se quedan en"
            " silencio. Cambia con el sueño, la salud y la edad. Si tienes dudas, pregunta a tu visitador o visitadora o"
            " al doctor. Preguntar es parte de cuidar.",
        ),
    ],
)
def test_signs_to_wonder_about_are_the_one_curious_paragraph(client, content, language, paragraph):
    page = page_of(client, "/guide/unsure-days/", language)
    assert f"<p>{paragraph}</p>" in page
    for word in ("insecure", "avoidant", "anxious", "disorder", "apego inseguro", "evitativo"):
        assert word not in page.lower()


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Having a hard day? Many parents do."), ("es", "¿Un día difícil?")]
)
def test_the_theme_on_rest_alone_carries_the_safe_pause_and_who_to_call(client, content, language, words):
    for theme in THEMES:
        page = page_of(client, f"/guide/{theme['slug']}/", language)
        if theme["slug"] == "breaks":
            assert words in page
            assert 'href="tel:18338526262"' in page
            assert 'href="/help/"' in page
        else:
            assert "tel:" not in page


def test_a_theme_leads_to_the_one_before_and_the_one_after(client, content):
    first, middle, last = (page_of(client, f"/guide/{slug}/") for slug in ("bond", "comfort", "unsure-days"))
    assert 'rel="prev"' not in first
    assert '<a href="/guide/comfort/" rel="next">Comfort when it hurts</a>' in first
    assert '<a href="/guide/bond/" rel="prev">The bond you share</a>' in middle
    assert 'rel="next"' not in last


def test_a_spanish_parent_reads_it_in_spanish_whatever_the_cookie_says(signed_in, parent, content):
    parent.language = "es"
    parent.save()
    assert "El vínculo entre ustedes" in page_of(signed_in, "/guide/bond/", "en")


# Questions to try


@pytest.mark.parametrize(
    ("kind", "door"),
    [("responsive", "responsive"), ("missed", "missed"), ("repair", "repair"), ("any", "reflection")],
)
def test_signed_in_a_question_has_a_door_to_its_kind_of_moment(signed_in, kind, door):
    tell()
    prompt = make_prompt(kind=kind)
    wording = prompt.texts.get(language="en")
    address = f"/moments/new/?kind={door}&prompt={wording.pk}"
    assert f'href="{address}"' in page_of(signed_in, "/guide/bond/")
    assert wording.text in page_of(signed_in, address)


def test_signed_out_questions_have_no_door(client):
    tell()
    make_prompt()
    page = page_of(client, "/guide/bond/")
    assert "What made you two smile?" in page
    assert "Answer it" not in page
    assert "/moments/" not in page


def test_drafts_retired_questions_older_words_and_other_themes_are_not_shown(client):
    tell()
    make_prompt(slug="draft", text="A draft?", published_at=None)
    make_prompt(slug="retired", text="A retired one?", retired_at=NOON)
    make_prompt(slug="elsewhere", text="Of another theme?", theme="trust")
    PromptText.objects.create(prompt=make_prompt(text="Older words?"), language="en", version=2, text="Newer words?")
    page = page_of(client, "/guide/bond/")
    assert "Newer words?" in page
    for text in ("A draft?", "A retired one?", "Of another theme?", "Older words?", "ES "):
        assert text not in page


def test_a_theme_with_no_question_left_has_no_list_of_them(client, content):
    Prompt.objects.filter(theme__slug="bond").update(retired_at=NOON)
    assert "Questions to try" not in page_of(client, "/guide/bond/")


def test_the_guide_shows_nothing_of_a_journal_and_keeps_nothing(signed_in, moment, content):
    before = (Theme.objects.count(), GuideText.objects.count(), PromptText.objects.count())
    for address in ("/guide/", "/guide/bond/"):
        assert moment.text not in page_of(signed_in, address)
    assert (Theme.objects.count(), GuideText.objects.count(), PromptText.objects.count()) == before


# What is not there, and what is never markup


@pytest.mark.parametrize("slug", ["nothing", "bonds", "0", "a" * 300, "-"])
def test_an_unknown_theme_is_not_there(client, content, slug):
    assert client.get(f"/guide/{slug}/").status_code == 404


def test_a_theme_not_told_in_a_language_is_not_there_in_it(client):
    tell(title="Only in English")
    assert "Only in English" in page_of(client, "/guide/")
    assert "Only in English" not in page_of(client, "/guide/", "es")
    assert client.get("/guide/bond/").status_code == 404


def test_before_anything_is_loaded_the_guide_is_a_quiet_page(client):
    assert "Short pages about cues" in page_of(client, "/guide/")


HOSTILE = "<script>alert(1)</script> {{ x }} {% y %} <b>&amp;</b>"


def test_no_text_is_ever_markup(client):
    tell(title=HOSTILE, lead=HOSTILE, body=f"## {HOSTILE}\n\n- {HOSTILE}\n\n{HOSTILE}")
    make_prompt(text=HOSTILE)
    for address in ("/guide/", "/guide/bond/"):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<b>" not in page
        assert HOSTILE in unescape(page)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", []),
        ("  \n\n \t\n", []),
        ("One\nline", [("paragraph", "One line")]),
        ("One\r\n\r\nTwo", [("paragraph", "One"), ("paragraph", "Two")]),
        ("## Head\nText", [("heading", "Head"), ("paragraph", "Text")]),
        ("## Head\n- a\n- b", [("heading", "Head"), ("list", ["a", "b"])]),
        ("- a\nnot an item", [("paragraph", "- a not an item")]),
        (
            "a - b\n\n#no head\n\n###### none",
            [("paragraph", "a - b"), ("paragraph", "#no head"), ("paragraph", "###### none")],
        ),
    ],
)
def test_plain_text_has_three_signs_and_no_more(text, told):
    assert list(blocks(text)) == told


@pytest.mark.parametrize(("address", "most"), [("/guide/", 2), ("/guide/bond/", 3), ("/guide/breaks/", 5)])
def test_the_guide_takes_few_queries_signed_out(client, content, address, most, django_assert_max_num_queries):
    with django_assert_max_num_queries(most):
        page_of(client, address)
