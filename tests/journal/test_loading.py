"""Loading the starting content, again and again: nothing doubles, and what an editor did stays."""

import copy
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from journal import loading
from journal.models import GuideText, HelpLine, HelpText, LoadedContent, ProgramText, Prompt, PromptText, Theme
from tests.factories import make_moment

pytestmark = pytest.mark.django_db

TABLES = (Theme, GuideText, Prompt, PromptText, HelpLine, HelpText, ProgramText)


@pytest.fixture
def release(monkeypatch):
    """The content of the next release: as it is now, to be changed."""
    files = {name: copy.deepcopy(loading.read_json(name)) for name in ("guide.json", "help.json", "program.json")}
    prompts = [dict(row) for row in loading.read_prompts()]
    monkeypatch.setattr(loading, "read_json", files.__getitem__)
    monkeypatch.setattr(loading, "read_prompts", lambda: prompts)
    return {"guide": files["guide.json"], "help": files["help.json"], "prompts": prompts}


def load(capsys):
    """What the command says it did."""
    capsys.readouterr()
    call_command("load_content")
    return capsys.readouterr().out


def rows():
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


def wordings(slug, language="en"):
    texts = PromptText.objects.filter(prompt__slug=slug, language=language).order_by("version")
    return [(text.version, text.text) for text in texts]


# The first time


def test_an_empty_database_gets_everything_in_both_languages(capsys):
    assert "left as they are" in load(capsys)
    assert {table.__name__: table.objects.count() for table in TABLES} == {
        "Theme": 14,
        "GuideText": 28,
        "Prompt": 90,
        "PromptText": 180,
        "HelpLine": 13,
        "HelpText": 26,
        "ProgramText": 2,
    }
    for table in (GuideText, PromptText, HelpText, ProgramText):
        assert table.objects.filter(language="en").count() == table.objects.filter(language="es").count()


def test_the_questions_can_be_asked_at_once(content):
    assert not Prompt.objects.filter(published_at=None).exists()
    assert not Prompt.objects.exclude(retired_at=None).exists()


def test_what_is_loaded_says_what_the_files_say(content):
    for row in loading.read_prompts():
        prompt = Prompt.objects.select_related("theme").get(slug=row["slug"])
        assert (prompt.kind, prompt.theme.slug, prompt.source_section) == (
            row["kind"],
            row["theme"],
            row["source_section"],
        )
        assert (prompt.age_min_months, prompt.age_max_months) == (
            int(row["age_min_months"]),
            int(row["age_max_months"]),
        )
        assert wordings(row["slug"]) == [(1, row["text_en"])]
        assert wordings(row["slug"], "es") == [(1, row["text_es"])]


def test_the_first_load_takes_two_queries_a_piece(django_assert_max_num_queries):
    with django_assert_max_num_queries(2 * 353 + 10):
        loading.load_all()


# Again


def test_loading_again_doubles_and_changes_nothing(content, capsys):
    before = rows()
    assert "0 added, 0 renewed, 353 left" in load(capsys)
    assert rows() == before


def test_loading_again_takes_a_handful_of_queries(content, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        loading.load_all()


CHANGES = [
    (Theme, {"slug": "bond"}, {"position": 99}),
    (GuideText, {"theme__slug": "bond", "language": "es"}, {"body": "Un texto mejor."}),
    (Prompt, {"slug": "bond-felt-close"}, {"age_max_months": 12}),
    (PromptText, {"prompt__slug": "bond-felt-close", "language": "en"}, {"text": "What felt close today?"}),
    (HelpLine, {"slug": "partner-violence"}, {"on_card": True}),
    (HelpText, {"line__slug": "partner-violence", "language": "es"}, {"call": "18005550100"}),
    (HelpText, {"line__slug": "pause", "language": "en"}, {"answer": "Breathe."}),
]
each_change = pytest.mark.parametrize(
    ("table", "where", "values"), CHANGES, ids=lambda value: getattr(value, "__name__", "")
)


@each_change
def test_what_an_editor_changed_stays(content, capsys, table, where, values):
    table.objects.filter(**where).update(**values)
    before = rows()
    assert "0 added, 0 renewed" in load(capsys)
    assert rows() == before


@each_change
def test_what_an_editor_changed_stays_when_a_release_changes_it_too(content, release, table, where, values):
    table.objects.filter(**where).update(**values)
    change_everything(release)
    loading.load_all()
    assert table.objects.filter(**where, **values).count() == 1


@pytest.mark.parametrize(
    ("table", "where"),
    [
        (GuideText, {"theme__slug": "bond"}),
        (Prompt, {"slug": "bond-felt-close"}),
        (PromptText, {"prompt__slug": "bond-felt-close", "language": "es"}),
        (HelpLine, {"slug": "parent-helpline"}),
        (HelpText, {"line__slug": "partner-violence", "language": "es"}),
    ],
)
def test_what_an_editor_took_away_stays_away(content, capsys, table, where):
    table.objects.filter(**where).delete()
    before = rows()
    assert "0 added, 0 renewed" in load(capsys)
    assert rows() == before


def test_what_an_editor_took_away_stays_away_when_a_release_changes_it(content, release):
    HelpLine.objects.filter(slug="parent-helpline").delete()
    change_everything(release)
    loading.load_all()
    assert not HelpLine.objects.filter(slug="parent-helpline").exists()


def test_what_an_editor_added_stays(content, capsys):
    line = HelpLine.objects.create(slug="ours", languages="en", position=20)
    HelpText.objects.create(line=line, language="en", question="Ours?", call="5550100")
    theme = Theme.objects.get(slug="bond")
    prompt = Prompt.objects.create(
        slug="ours", theme=theme, kind="any", age_min_months=0, age_max_months=60, source_section="S1"
    )
    PromptText.objects.create(prompt=prompt, language="en", text="What is ours?")
    before = rows()
    assert "0 added, 0 renewed" in load(capsys)
    assert rows() == before


def test_a_question_an_editor_retired_stays_retired_with_new_words_too(content, release):
    Prompt.objects.filter(slug="bond-felt-close").update(retired_at=timezone.now() - timedelta(days=1))
    change_everything(release)
    loading.load_all()
    assert Prompt.objects.get(slug="bond-felt-close").retired_at


# A new release


def change_everything(release):
    """Other words in every language for one theme, one question and two help lines, and other facts."""
    bond = release["guide"][0]
    for told in bond["texts"].values():
        told["body"] = "New words."
    release["guide"].reverse()
    question = next(row for row in release["prompts"] if row["slug"] == "bond-felt-close")
    question |= {"text_en": "What is new?", "text_es": "¿Qué hay de nuevo?", "age_max_months": "24"}
    for line in release["help"]["lines"]:
        if line["slug"] in ("partner-violence", "parent-helpline"):
            line |= {"call": "18005550199", "on_card": False, "checked_on": "2026-05-01"}
    release["help"]["cards"]["pause"]["en"] = "New steps."


def test_a_row_nobody_touched_is_renewed_by_a_release(content, release, capsys):
    change_everything(release)
    assert "0 added" in load(capsys)
    assert GuideText.objects.get(theme__slug="bond", language="es").body == "New words."
    assert Prompt.objects.get(slug="bond-felt-close").age_max_months == 24
    assert HelpText.objects.get(line__slug="partner-violence", language="es").call == "18005550199"
    assert HelpLine.objects.get(slug="partner-violence").checked_on.isoformat() == "2026-05-01"
    assert HelpText.objects.get(line__slug="pause", language="en").answer == "New steps."
    assert list(Theme.objects.values_list("slug", flat=True))[-1] == "bond"
    assert "0 added, 0 renewed" in load(capsys)


def test_new_words_of_an_unanswered_question_take_the_place_of_the_old(content, release):
    change_everything(release)
    loading.load_all()
    assert wordings("bond-felt-close") == [(1, "What is new?")]


def test_new_words_of_an_answered_question_are_a_new_version_and_the_answer_keeps_the_old(content, release, parent):
    old = PromptText.objects.get(prompt__slug="bond-felt-close", language="en")
    words = old.text
    moment = make_moment(author=parent, prompt_text=old)
    change_everything(release)
    loading.load_all()
    assert wordings("bond-felt-close") == [(1, words), (2, "What is new?")]
    assert wordings("bond-felt-close", "es") == [(1, "¿Qué hay de nuevo?")]
    moment.refresh_from_db()
    assert moment.prompt_text.text == words
    again = rows()
    loading.load_all()
    assert rows() == again


def test_a_second_release_follows_the_first(content, release, parent):
    make_moment(author=parent, prompt_text=PromptText.objects.get(prompt__slug="bond-felt-close", language="en"))
    change_everything(release)
    loading.load_all()
    question = next(row for row in release["prompts"] if row["slug"] == "bond-felt-close")
    question["text_en"] = "What is newer still?"
    loading.load_all()
    assert [text for _version, text in wordings("bond-felt-close")][1:] == ["What is newer still?"]


def test_a_release_adds_what_is_new(content, release, capsys):
    release["prompts"].append(
        {
            "slug": "brand-new",
            "theme": "bond",
            "kind": "any",
            "age_min_months": "0",
            "age_max_months": "60",
            "source_section": "S1",
            "text_en": "What is brand new?",
            "text_es": "¿Qué es lo más nuevo?",
        }
    )
    assert "3 added, 0 renewed" in load(capsys)
    assert wordings("brand-new", "es") == [(1, "¿Qué es lo más nuevo?")]


def test_what_a_release_no_longer_has_stays_for_the_editors_to_retire(content, release, capsys):
    gone = release["prompts"].pop(0)["slug"]
    before = rows()
    assert "0 added, 0 renewed" in load(capsys)
    assert rows() == before
    assert wordings(gone)


def test_a_row_that_an_editor_made_first_is_not_overwritten(capsys):
    theme = Theme.objects.create(slug="bond", position=7)
    GuideText.objects.create(theme=theme, language="en", title="Ours", lead="Ours.", body="Ours.")
    load(capsys)
    assert GuideText.objects.get(theme=theme, language="en").title == "Ours"
    assert "0 added, 0 renewed" in load(capsys)
    assert GuideText.objects.get(theme=theme, language="en").title == "Ours"


def test_a_load_that_breaks_half_way_keeps_nothing(release):
    release["help"]["lines"][-1]["texts"]["es"]["answer"] = None
    with pytest.raises(Exception, match=r"(?i)null"):
        call_command("load_content")
    assert not any(table.objects.exists() for table in (*TABLES, LoadedContent))


# What would change


def show(capsys):
    capsys.readouterr()
    call_command("load_content", "--show")
    return capsys.readouterr().out


def test_on_a_new_database_it_shows_every_piece_and_adds_none(capsys):
    told = show(capsys)
    assert "add Prompt:bond-felt-close: theme_id = " in told
    assert not any(table.objects.exists() for table in (*TABLES, LoadedContent))


def test_after_loading_there_is_nothing_to_show(content, capsys):
    assert show(capsys) == "Nothing would change.\n"


def test_it_shows_what_a_release_would_renew_and_what_it_leaves_to_an_editor(content, release, capsys):
    Prompt.objects.filter(slug="bond-felt-close").update(age_max_months=12)
    HelpLine.objects.filter(slug="parent-helpline").delete()
    change_everything(release)
    before = rows()
    told = show(capsys)
    wording = PromptText.objects.get(prompt__slug="bond-felt-close", language="en")
    key = f"PromptText:{wording.prompt_id}:en"
    assert f"renew {key}: text = {wording.text!r} becomes text = 'What is new?'" in told
    assert "leave Prompt:bond-felt-close: an editor changed it" in told
    assert "leave HelpLine:parent-helpline: an editor took it away" in told
    assert rows() == before
