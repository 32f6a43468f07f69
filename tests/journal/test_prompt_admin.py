"""A question in the admin: from an idea to a published, later retired question, in every language."""

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.utils import timezone

from journal.models import Prompt, PromptText, Theme
from journal.prompting import Asker, questions
from tests.factories import give_second_factor, make_child, make_moment, make_prompt, make_user
from tests.journal.editing import PROMPTS, errors_of, fields_of, page_of, save

pytestmark = pytest.mark.django_db

TEXTS = {"text_en": "What made you both laugh today?", "text_es": "¿Qué les hizo reír hoy?"}
FACTS = {"slug": "laugh", "kind": "responsive", "age_min_months": "0", "age_max_months": "60", "source_section": "S1"}


@pytest.fixture
def theme():
    return make_prompt().theme


@pytest.fixture
def draft(theme):
    prompt = make_prompt(slug="laugh", published_at=None)
    for text in prompt.texts.all():
        text.text = TEXTS[f"text_{text.language}"]
        text.save()
    return prompt


def versions(prompt, language="en"):
    return list(prompt.texts.filter(language=language).order_by("version").values_list("version", "text"))


def asked_of(parent):
    return {question.text for question in questions(Asker(author=parent, child=None, day=timezone.localdate()))}


# From an idea to a question


def test_an_idea_becomes_a_draft_that_nobody_is_asked(editing, theme, parent):
    answer = editing.post(f"{PROMPTS}add/", FACTS | TEXTS | {"theme": theme.pk, "_save": "1"})
    assert answer.status_code == 302
    prompt = Prompt.objects.get(slug="laugh")
    assert (prompt.state, versions(prompt), versions(prompt, "es")) == (
        "draft",
        [(1, TEXTS["text_en"])],
        [(1, TEXTS["text_es"])],
    )
    assert TEXTS["text_en"] not in asked_of(parent)


def test_a_published_question_is_asked_and_a_retired_one_never_again(editing, draft, parent):
    save(editing, page_of(draft), "_publish")
    draft.refresh_from_db()
    assert draft.state == "published"
    assert TEXTS["text_en"] in asked_of(parent)
    save(editing, page_of(draft), "_retire")
    draft.refresh_from_db()
    assert draft.state == "retired"
    assert TEXTS["text_en"] not in asked_of(parent)


def test_a_question_goes_back_to_draft(editing, draft, parent):
    draft.publish()
    save(editing, page_of(draft), "_draft")
    draft.refresh_from_db()
    assert draft.state == "draft"
    assert TEXTS["text_en"] not in asked_of(parent)


def test_who_did_what_when_stands_in_the_history_with_the_words_before_and_after(editing, draft, editor):
    save(editing, page_of(draft), text_es="¿Qué les dio risa?")
    save(editing, page_of(draft), "_publish")
    said = list(LogEntry.objects.order_by("pk").values_list("user", "change_message"))
    assert said == [
        (editor.pk, f"Question (Spanish): “{TEXTS['text_es']}” became “¿Qué les dio risa?”"),
        (editor.pk, "Published."),
    ]
    page = editing.get(f"{PROMPTS}{draft.pk}/history/").content.decode()
    assert "¿Qué les dio risa?" in page
    assert editor.email in page


def test_a_page_says_who_changed_it_last_and_when(editing, draft, editor, wednesday):
    assert "Last changed by" not in editing.get(page_of(draft)).content.decode()
    save(editing, page_of(draft), "_publish")
    assert f"Last changed by {editor.email}, March 4, 2026, 3 p.m." in editing.get(page_of(draft)).content.decode()


def test_every_change_of_a_fact_is_told_by_its_name_in_the_history(editing, draft):
    save(editing, page_of(draft), kind="missed", age_max_months="12", ask_until="2027-01-31")
    said = LogEntry.objects.get().change_message
    assert "Kind: “responding” became “a cue that got by”" in said
    assert "Up to this age: “60” became “12”" in said
    assert "Last day: “" in said


# Languages


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_question_is_not_published_without_every_language(editing, draft, language):
    draft.texts.filter(language=language).delete()
    answer = save(editing, page_of(draft), "_publish")
    assert answer.status_code == 422
    assert any("This language is missing" in error for error in errors_of(answer))
    draft.refresh_from_db()
    assert draft.published_at is None


def test_anyway_does_not_publish_without_every_language(editing, draft):
    draft.texts.filter(language="es").delete()
    assert save(editing, page_of(draft), "_publish", "anyway").status_code == 422
    draft.refresh_from_db()
    assert draft.published_at is None


def test_a_draft_may_miss_a_language(editing, theme):
    sent = FACTS | TEXTS | {"theme": theme.pk, "text_es": "", "_save": "1"}
    assert editing.post(f"{PROMPTS}add/", sent).status_code == 302
    assert not PromptText.objects.filter(prompt__slug="laugh", language="es").exists()


@pytest.mark.parametrize("published", [True, False])
def test_a_text_that_is_there_is_changed_and_not_taken_away(editing, draft, published):
    if published:
        draft.publish()
    answer = save(editing, page_of(draft), text_es="")
    assert answer.status_code == 422
    assert versions(draft, "es") == [(1, TEXTS["text_es"])]


# Versions


def test_words_that_nobody_was_asked_are_changed_in_place(editing, draft):
    save(editing, page_of(draft), text_en="What made you smile?")
    assert versions(draft) == [(1, "What made you smile?")]


def test_words_that_were_answered_stay_and_a_new_version_follows(editing, draft, parent):
    draft.publish()
    moment = make_moment(author=parent, prompt_text=draft.texts.get(language="en"))
    save(editing, page_of(draft), text_en="What made you smile?")
    assert versions(draft) == [(1, TEXTS["text_en"]), (2, "What made you smile?")]
    assert versions(draft, "es") == [(1, TEXTS["text_es"])]
    moment.refresh_from_db()
    assert moment.prompt_text.text == TEXTS["text_en"]
    assert "What made you smile?" in asked_of(parent)
    assert TEXTS["text_en"] not in asked_of(parent)


def test_words_that_were_shown_to_a_parent_stay_too(editing, draft, parent):
    draft.publish()
    draft.offers.create(author=parent, offered_on=timezone.localdate())
    save(editing, page_of(draft), text_en="What made you smile?")
    assert [version for version, _text in versions(draft)] == [1, 2]


def test_saving_without_a_change_makes_no_version(editing, draft, parent):
    make_moment(author=parent, prompt_text=draft.texts.get(language="en"))
    save(editing, page_of(draft))
    assert versions(draft) == [(1, TEXTS["text_en"])]


# Days


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [(0, 0, "published"), (1, None, "waiting"), (None, -1, "over"), (-1, 1, "published"), (None, 0, "published")],
)
def test_a_question_is_asked_between_its_days(editing, draft, parent, first, last, state):
    today = timezone.localdate()
    days = {"ask_from": first, "ask_until": last}
    typed = {name: (today + timedelta(days=days[name])).isoformat() for name in days if days[name] is not None}
    save(editing, page_of(draft), "_publish", **typed)
    draft.refresh_from_db()
    assert draft.state == state
    assert (TEXTS["text_en"] in asked_of(parent)) == (state == "published")
    assert Prompt.objects.in_state(state).filter(pk=draft.pk).exists()


def test_the_last_day_does_not_lie_before_the_first(editing, draft):
    answer = save(editing, page_of(draft), ask_from="2026-05-02", ask_until="2026-05-01")
    assert answer.status_code == 422


def test_ages_run_from_young_to_old(editing, draft):
    for typed in ({"age_min_months": "12", "age_max_months": "12"}, {"age_max_months": "61"}, {"age_min_months": "-1"}):
        assert save(editing, page_of(draft), **typed).status_code == 422


# Second thoughts


def test_a_warning_is_told_once_and_the_question_may_be_published_all_the_same(editing, draft):
    answer = save(editing, page_of(draft), "_publish", text_en="Why did you shout today?")
    assert answer.status_code == 422
    assert 'name="_publish" value="anyway"' in answer.content.decode()
    assert any("sounds like blame" in error for error in errors_of(answer))
    draft.refresh_from_db()
    assert draft.published_at is None
    assert editing.post(page_of(draft), fields_of(answer) | {"_publish": "anyway"}).status_code == 302
    draft.refresh_from_db()
    assert (draft.state, versions(draft)) == ("published", [(1, "Why did you shout today?")])


def test_new_words_of_a_published_question_are_warned_of_too(editing, draft):
    draft.publish()
    answer = save(editing, page_of(draft), text_en="You should laugh more.")
    assert answer.status_code == 422
    assert 'name="_save" value="anyway"' in answer.content.decode()
    assert versions(draft) == [(1, TEXTS["text_en"])]


def test_a_draft_is_saved_with_its_warnings_on_the_page(editing, draft):
    assert save(editing, page_of(draft), text_en="You should laugh more.").status_code == 302
    assert "“should” presses" in editing.get(page_of(draft)).content.decode()


def test_the_last_question_of_a_section_is_retired_after_a_second_thought(editing, draft):
    draft.source_section = "S7"
    draft.publish()
    draft.save()
    answer = save(editing, page_of(draft), "_retire")
    assert answer.status_code == 422
    assert any("last published question of section S7" in error for error in errors_of(answer))
    draft.refresh_from_db()
    assert draft.retired_at is None
    save(editing, page_of(draft), "_retire", "anyway")
    draft.refresh_from_db()
    assert draft.state == "retired"


def test_the_last_question_of_a_kind_at_an_age_is_retired_after_a_second_thought(editing, draft):
    Prompt.objects.exclude(pk=draft.pk).update(age_max_months=36)
    draft.publish()
    told = [error for error in errors_of(save(editing, page_of(draft), "_retire")) if "last published" in error]
    assert told == ["It is the last published question about “responding” for 3 to 5 years."]


# Deleting


def test_a_draft_that_nobody_saw_may_be_deleted(editing, draft):
    editing.post(f"{PROMPTS}{draft.pk}/delete/", {"post": "yes"})
    assert not Prompt.objects.filter(pk=draft.pk).exists()


def test_an_editor_sees_the_words_that_would_go_before_they_go(editing, draft):
    page = editing.get(f"{PROMPTS}{draft.pk}/delete/").content.decode()
    assert TEXTS["text_en"] in page
    assert TEXTS["text_es"] in page
    assert Prompt.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("what", ["published", "retired", "answered", "offered"])
def test_any_other_question_is_never_deleted(editing, draft, parent, what):
    if what in ("published", "retired"):
        draft.publish()
    if what == "retired":
        draft.retire()
    if what == "answered":
        make_moment(author=parent, prompt_text=draft.texts.first())
    if what == "offered":
        draft.offers.create(author=parent, offered_on=timezone.localdate())
    assert editing.post(f"{PROMPTS}{draft.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Prompt.objects.filter(pk=draft.pk).exists()


# Two editors


def test_the_second_of_two_editors_is_told_and_loses_nothing(editing, draft, editor):
    other = make_user(email="second@example.com")
    give_second_factor(other)
    from journal.editors import make_editor

    make_editor(other)
    second = Client()
    second.force_login(other)
    first_page, second_page = fields_of(editing.get(page_of(draft))), fields_of(second.get(page_of(draft)))
    assert editing.post(page_of(draft), first_page | {"text_es": "¿De qué se rieron?", "_save": "1"}).status_code == 302
    mine = second_page | {"text_es": "¿Qué fue gracioso?", "kind": "any", "_save": "1"}
    answer = second.post(page_of(draft), mine)
    assert answer.status_code == 422
    said, page = errors_of(answer), answer.content.decode()
    assert any(editor.email in error for error in said)
    assert "Kept now: “¿De qué se rieron?”" in said
    assert "¿Qué fue gracioso?" in page
    assert versions(draft, "es") == [(1, "¿De qué se rieron?")]
    assert second.post(page_of(draft), fields_of(answer) | {"_save": "1"}).status_code == 302
    assert versions(draft, "es") == [(1, "¿Qué fue gracioso?")]
    draft.refresh_from_db()
    assert draft.kind == "any"


def test_a_change_that_no_editor_made_is_told_too(editing, draft):
    page = fields_of(editing.get(page_of(draft)))
    draft.texts.filter(language="es").update(text="¿De qué se rieron?")
    said = errors_of(editing.post(page_of(draft), page | {"text_es": "¿Qué fue gracioso?", "_save": "1"}))
    assert said[0].startswith("This was changed meanwhile.")
    assert "Kept now: “¿De qué se rieron?”" in said


def test_the_same_change_twice_is_no_trouble(editing, draft):
    page = fields_of(editing.get(page_of(draft)))
    for _ in range(2):
        answer = editing.post(page_of(draft), page | {"text_es": "¿De qué se rieron?", "_save": "1"})
        assert answer.status_code == 302


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_day_is_picked_in_the_browsers_own_calendar(editing, editor, draft, language):
    editor.language = language
    editor.save()
    Prompt.objects.filter(pk=draft.pk).update(ask_from="2026-05-31")
    day = '<input type="date" name="ask_from" value="2026-05-31"'
    assert day in editing.get(page_of(draft)).content.decode()
    save(editing, page_of(draft), ask_until="2026-06-01")
    draft.refresh_from_db()
    assert [str(draft.ask_from), str(draft.ask_until)] == ["2026-05-31", "2026-06-01"]


def test_words_for_the_first_year_are_warned_of_when_older_children_are_asked(editing):
    prompt = make_prompt(slug="baby", text="What did your baby do?", ages=(0, 12))
    assert "“your baby”" not in editing.get(page_of(prompt)).content.decode()
    answer = save(editing, page_of(prompt), age_max_months="24")
    assert answer.status_code == 422
    assert any(error.startswith("“your baby” is for the first year.") for error in errors_of(answer))
    assert save(editing, page_of(prompt), value="anyway", age_max_months="24").status_code == 302
    assert "“your baby”" in editing.get(page_of(prompt)).content.decode()


# A second editor's approval


@pytest.fixture
def second(settings):
    """Another editor's browser, where two decide."""
    from journal.editors import make_editor

    settings.SECOND_EDITOR = True
    other = make_user(email="second@example.com")
    give_second_factor(other)
    make_editor(other)
    browser = Client()
    browser.force_login(other)
    return browser


def test_where_two_decide_the_second_one_publishes(editing, second, draft):
    for _ in range(2):
        save(editing, page_of(draft), "_publish")
        draft.refresh_from_db()
        assert draft.state == "draft"
    assert "Approve and publish" in second.get(page_of(draft)).content.decode()
    save(second, page_of(draft), "_publish")
    draft.refresh_from_db()
    assert (draft.state, draft.wished_by) == ("published", None)


def test_who_changes_the_words_is_not_the_one_to_approve_them(editing, second, draft):
    save(editing, page_of(draft), "_publish")
    save(second, page_of(draft), "_publish", text_en="What made you smile?")
    draft.refresh_from_db()
    assert draft.state == "draft"
    save(editing, page_of(draft), "_publish")
    draft.refresh_from_db()
    assert draft.state == "published"


@pytest.mark.parametrize("button", ["_save", "_publish"])
@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("text_en", "What made you smile?"),
        ("text_es", "¿De qué se rieron?"),
        ("slug", "smile"),
        ("theme", "mending"),
        ("kind", "missed"),
        ("age_min_months", "6"),
        ("age_max_months", "12"),
        ("source_section", "S7"),
        ("ask_from", "2026-01-01"),
        ("ask_until", "2999-01-01"),
        ("ask_until", ""),
    ],
)
def test_where_two_decide_nobody_changes_what_is_published_alone(editing, second, draft, name, typed, button):
    Prompt.objects.filter(pk=draft.pk).update(ask_until="2026-01-31")
    draft.publish()
    before = [*Prompt.objects.values(), versions(draft), versions(draft, "es")]
    if name == "theme":
        typed = str(Theme.objects.get_or_create(slug=typed, defaults={"position": 2})[0].pk)
    answer = save(editing, page_of(draft), button, "anyway", **{name: typed})
    assert answer.status_code == 422
    assert "Two editors decide here." in " ".join(errors_of(answer))
    assert [*Prompt.objects.values(), versions(draft), versions(draft, "es")] == before


@pytest.mark.parametrize(("button", "state"), [("_retire", "retired"), ("_draft", "draft")])
def test_where_two_decide_one_may_take_a_question_away(editing, second, draft, button, state):
    draft.publish()
    save(editing, page_of(draft), button, "anyway", kind="missed")
    draft.refresh_from_db()
    assert draft.state == state


# The list


def test_the_list_says_what_an_editor_wants_to_know(editing, draft):
    page = editing.get(PROMPTS).content.decode()
    for told in (TEXTS["text_en"], "draft", "published", "responding", "every age", "en, es", "S1", "fewer than 10"):
        assert told in page


@pytest.mark.parametrize(("count", "told"), [(9, "fewer than 10"), (10, ">10<")])
def test_small_counts_are_not_told(editing, draft, parent, count, told):
    for _ in range(count):
        make_moment(author=parent, prompt_text=draft.texts.get(language="en"))
    page = editing.get(f"{PROMPTS}?q=laugh").content.decode()
    answered = page[page.index('class="field-answered"') :][:60]
    assert told in answered
    assert ">9<" not in page


@pytest.mark.parametrize("words", ["LAUGH today", "reír", "laugh"])
def test_a_question_is_found_by_words_of_either_language_or_its_name(editing, draft, words):
    page = editing.get(PROMPTS, {"q": words}).content.decode()
    assert TEXTS["text_en"] in page
    assert "What made you two smile?" not in page


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [
        ("state=draft", True),
        ("state=published", False),
        ("band=0-3", True),
        ("band=36-60", False),
        ("missing=es", True),
        ("missing=en", False),
        ("kind__exact=missed", True),
        ("source_section__exact=S9", True),
    ],
)
def test_the_list_is_narrowed(editing, draft, narrowed, found):
    Prompt.objects.filter(pk=draft.pk).update(kind="missed", age_max_months=12, source_section="S9")
    draft.texts.filter(language="es").delete()
    assert (TEXTS["text_en"] in editing.get(f"{PROMPTS}?{narrowed}").content.decode()) == found


@pytest.mark.parametrize("narrowed", ["state=x", "band=x", "missing=x", "p=x", "o=99.x", "theme__id__exact=x", "x=1"])
def test_an_odd_address_of_the_list_breaks_nothing(editing, draft, narrowed):
    assert editing.get(f"{PROMPTS}?{narrowed}").status_code in (200, 302)


@pytest.mark.parametrize("narrowed", ["state=%00", "kind__exact=%00", "q=%00", "source_section__exact=a%00"])
def test_a_nul_in_the_address_finds_nothing(editing, draft, narrowed):
    assert editing.get(f"{PROMPTS}?{narrowed}").status_code == 404


def test_the_list_asks_as_often_for_many_questions_as_for_few(editing, draft, django_assert_max_num_queries):
    for number in range(60):
        make_prompt(slug=f"more-{number}")
    with django_assert_max_num_queries(20):
        editing.get(PROMPTS)


# Who may not


def test_a_child_of_no_editor_sees_any_of_it(draft, signed_in, parent):
    make_child(parent=parent)
    for address in (PROMPTS, page_of(draft), f"{PROMPTS}{draft.pk}/preview/", f"{PROMPTS}coverage/"):
        assert signed_in.get(address).status_code == 404
