"""Guide texts, help lines, lines after saving and the program's sentence in the admin."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from journal.models import GuideText, HelpLine, HelpText, ProgramText, SavedLine, SavedText, Theme
from tests.factories import make_moment, make_share
from tests.journal.editing import errors_of, fields_of, page_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def theme(content):
    return Theme.objects.get(slug="bond")


@pytest.fixture
def line(content):
    return HelpLine.objects.get(slug="partner-violence")


def test_a_guide_text_is_changed_in_one_language_and_read_there(editing, theme, client):
    before = GuideText.objects.get(theme=theme, language="en").body
    answer = save(editing, page_of(theme), body_es="Un texto nuevo.\n\n## Más\n\n- uno")
    assert answer.status_code == 302
    assert (
        GuideText.objects.get(theme=theme, language="es").body.replace("\r", "") == "Un texto nuevo.\n\n## Más\n\n- uno"
    )
    assert GuideText.objects.get(theme=theme, language="en").body == before
    page = client.get("/guide/bond/", headers={"accept-language": "es"}).content.decode()
    assert "Un texto nuevo." in page
    assert "became “Un texto nuevo." in LogEntry.objects.get().change_message


@pytest.mark.parametrize("name", ["title_en", "lead_es", "body_es"])
def test_a_guide_text_is_there_in_every_language(editing, theme, name):
    assert save(editing, page_of(theme), **{name: " "}).status_code == 422
    assert GuideText.objects.filter(theme=theme, body="").count() == 0


def test_a_theme_is_added_with_its_texts_in_every_language(editing, content):
    texts = {f"{name}_{code}": f"{name} {code}" for name in ("title", "lead", "body") for code in ("en", "es")}
    answer = editing.post("/admin/journal/theme/add/", texts | {"slug": "new", "position": "15", "_save": "1"})
    assert answer.status_code == 302
    assert set(GuideText.objects.filter(theme__slug="new").values_list("title", "language")) == {
        ("title en", "en"),
        ("title es", "es"),
    }


def test_a_themes_address_in_the_guide_is_not_changed(editing, theme):
    save(editing, page_of(theme), slug="other", position="3")
    theme.refresh_from_db()
    assert (theme.slug, theme.position) == ("bond", 3)


def test_a_help_line_is_changed_with_its_number_and_the_day_of_its_check(editing, line, client):
    answer = save(editing, page_of(line), call_en="18005550123", checked_on="2026-11-20", region="US-MT")
    assert answer.status_code == 302
    line.refresh_from_db()
    assert (line.checked_on, line.region) == (date(2026, 11, 20), "US-MT")
    assert HelpText.objects.get(line=line, language="en").call == "18005550123"
    assert "tel:18005550123" in client.get("/help/").content.decode()


@pytest.mark.parametrize(
    "typed",
    [
        {"call_en": "1-800-555"},
        {"call_es": "javascript:x"},
        {"text_to_en": "1 2"},
        {"text_body_es": "<b>"},
        {"region": "us"},
        {"region": "<b>"},
        {"languages": "English"},
        {"languages": "en; es"},
        {"answer_es": ""},
        {"checked_on": "soon"},
    ],
)
def test_a_help_line_takes_digits_codes_and_days_alone(editing, line, typed):
    before = list(HelpText.objects.filter(line=line).values())
    answer = save(editing, page_of(line), **typed)
    assert answer.status_code == 422
    assert errors_of(answer)
    assert list(HelpText.objects.filter(line=line).values()) == before


@pytest.mark.parametrize(("days", "warned"), [(182, False), (183, True), (None, True)])
def test_an_editor_is_warned_of_a_number_nobody_checked_for_six_months(editing, line, days, warned):
    HelpLine.objects.update(checked_on=timezone.localdate())
    checked_on = timezone.localdate() - timedelta(days=days) if days else None
    HelpLine.objects.filter(pk=line.pk).update(checked_on=checked_on)
    for address in ("/admin/journal/helpline/", page_of(line)):
        assert ("not checked for six months" in editing.get(address).content.decode()) == warned


def test_a_card_without_a_number_wants_no_check(editing, content):
    HelpLine.objects.update(checked_on=timezone.localdate())
    pause = HelpLine.objects.get(slug="pause")
    HelpLine.objects.filter(pk=pause.pk).update(checked_on=None)
    assert "not checked" not in editing.get(page_of(pause)).content.decode()


def test_a_help_line_may_be_added_and_taken_away(editing, content, client):
    answers = {"answer_en": "Call ours.", "answer_es": "Llama a la nuestra.", "question_en": "Ours?"}
    sent = answers | {"slug": "ours", "region": "US", "languages": "en, es", "position": "9", "on_page": "on"}
    assert editing.post("/admin/journal/helpline/add/", sent).status_code == 302
    assert "Call ours." in client.get("/help/").content.decode()
    ours = HelpLine.objects.get(slug="ours")
    editing.post(f"/admin/journal/helpline/{ours.pk}/delete/", {"post": "yes"})
    assert "Call ours." not in client.get("/help/").content.decode()


# The lines after saving


def line_of(occasion):
    return SavedLine.objects.get(occasion=occasion)


def test_there_is_a_line_for_every_occasion_with_the_products_own_words(editing):
    page = editing.get("/admin/journal/savedline/").content.decode()
    for words in ("You saw it and you answered.", "You came back. That matters.", "Your thought is kept here."):
        assert words in page
    form = editing.get(page_of(line_of("repair"))).context["adminform"].form
    assert form["text_es"].value() == "Volviste. Eso importa."


@pytest.mark.parametrize(
    ("occasion", "kind", "fields"),
    [
        ("responsive", "responsive", {}),
        ("missed", "missed", {}),
        ("come-back", "missed", {}),
        ("repair", "repair", {}),
        ("reflection", "reflection", {}),
        ("unsafe", "missed", {"felt_unsafe": True}),
    ],
)
def test_a_parent_reads_an_editors_words_in_their_language_alone(editing, signed_in, parent, occasion, kind, fields):
    moment = make_moment(author=parent, kind=kind, **fields)
    save(editing, page_of(line_of(occasion)), text_en="You wrote it & more.")
    page = signed_in.get(f"{moment.get_absolute_url()}?saved")
    assert "You wrote it &amp; more." in page.content.decode()
    assert SavedText.objects.values_list("language", "text").get() == ("en", "You wrote it & more.")


@pytest.mark.parametrize("typed", ["", "You came back. That matters."])
def test_the_products_own_words_come_back(editing, typed):
    line = line_of("repair")
    save(editing, page_of(line), text_en="Other words.")
    assert SavedLine.objects.lines()["repair"] == "Other words."
    save(editing, page_of(line), text_en=typed)
    assert SavedLine.objects.lines()["repair"] == "You came back. That matters."
    assert not SavedText.objects.exists()


# The program's sentence


def test_a_change_of_the_programs_sentence_is_a_new_version(editing, content):
    kept = ProgramText.objects.get(language="en")
    save(editing, page_of(kept), text="We talk with you first.")
    versions = ProgramText.objects.filter(language="en").order_by("version")
    assert list(versions.values_list("version", "text")) == [
        (1, "Your program will try to tell you first."),
        (2, "We talk with you first."),
    ]
    assert ProgramText.objects.filter(language="es").count() == 1
    page = editing.get("/admin/journal/programtext/").content.decode()
    assert "Kept as version 2." in page
    assert "We talk with you first." in page
    assert "will try to tell you first" not in page


def test_what_was_done_to_the_sentence_stands_in_the_history_of_the_one_in_force(editing, content):
    for text in ("We talk with you first.", "We tell you first."):
        kept = ProgramText.objects.newest().get(language="en")
        answer = editing.post(page_of(kept), fields_of(editing.get(page_of(kept))) | {"text": text, "_continue": "1"})
        assert answer.headers["Location"] == page_of(ProgramText.objects.newest().get(language="en"))
    kept = ProgramText.objects.newest().get(language="en")
    page = editing.get(page_of(kept).replace("/change/", "/history/")).content.decode()
    assert "“Your program will try to tell you first.” became “We talk with you first.”" in page
    assert "“We talk with you first.” became “We tell you first.”" in page


def test_a_parent_is_asked_with_the_new_sentence_and_its_version_and_an_old_yes_keeps_the_old(
    editing, content, signed_in, parent, visitor
):
    agreed = make_share(parent=parent, reader=visitor)
    said = agreed.consent
    asked = make_share(parent=parent, reader=visitor, agreed=False)
    address = f"/sharing/{asked.pk}/agree/"
    assert 'value="1.1"' in signed_in.get(address).content.decode()
    save(editing, page_of(ProgramText.objects.get(language="en")), text="We talk with you first.")
    page = signed_in.get(address).content.decode()
    assert "We talk with you first." in page
    assert 'value="1.2"' in page
    agreed.refresh_from_db()
    assert agreed.consent == said


def test_the_same_sentence_again_makes_no_version(editing, content):
    save(editing, page_of(ProgramText.objects.get(language="en")))
    assert ProgramText.objects.filter(language="en").count() == 1


def test_other_line_ends_alone_make_no_version(editing, content):
    kept = ProgramText.objects.get(language="en")
    ProgramText.objects.filter(pk=kept.pk).update(text="One.\r\nTwo.")
    for lines in ("One.\r\nTwo.", "One.\nTwo."):
        save(editing, page_of(kept), text=lines)
    assert ProgramText.objects.filter(language="en").count() == 1


def test_the_second_of_two_editors_of_the_sentence_is_told_and_loses_nothing(editing, editor, content):
    kept = ProgramText.objects.get(language="en")
    pages = [fields_of(editing.get(page_of(kept))) for _editor in range(2)]
    editing.post(page_of(kept), pages[0] | {"text": "We talk with you first.", "_save": "1"})
    answer = editing.post(page_of(kept), pages[1] | {"text": "We tell you first.", "_save": "1"})
    assert answer.status_code == 422
    assert f"{editor.email} changed this meanwhile" in answer.content.decode()
    assert "Kept now: “We talk with you first.”" in errors_of(answer)
    assert fields_of(answer)["text"] == "We tell you first."
    assert ProgramText.objects.newest().get(language="en").text == "We talk with you first."
    again = editing.post(page_of(kept), fields_of(answer) | {"_save": "1"})
    assert again.status_code == 302
    assert list(ProgramText.objects.filter(language="en").order_by("version").values_list("version", "text")) == [
        (1, "Your program will try to tell you first."),
        (2, "We talk with you first."),
        (3, "We tell you first."),
    ]


@pytest.mark.parametrize("pk", ["0", "9" * 30, "x", "１"])
def test_a_sentence_that_is_not_there_is_not_saved(editing, content, pk):
    answer = editing.post(f"/admin/journal/programtext/{pk}/change/", {"text": "Other words.", "_save": "1"})
    assert answer.status_code in (302, 404)
    assert not ProgramText.objects.filter(text="Other words.").exists()


def test_an_old_version_of_the_sentence_is_not_changed_any_more(editing, content):
    kept = ProgramText.objects.get(language="en")
    kept.reword("Newer words.")
    answer = editing.post(page_of(kept), {"text": "Other words.", "_save": "1"})
    assert answer.status_code == 422
    assert not ProgramText.objects.filter(text="Other words.").exists()
    assert editing.get(page_of(kept)).status_code == 302


@pytest.mark.parametrize("verb", ["add/", "1/delete/"])
def test_an_editor_neither_adds_nor_deletes_sentences_and_occasions(editing, content, verb):
    for model in ("programtext", "savedline"):
        assert editing.post(f"/admin/journal/{model}/{verb}", {"post": "yes"}).status_code in (302, 403)
    assert ProgramText.objects.count() == 2
    assert SavedLine.objects.count() == 6


# What is not text to read


HIDDEN = ["a\u202eb", "a\u2066b", "a\u200bb", "a\x07b", "a\x00b", "a\u200fb"]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_no_text_keeps_a_sign_that_turns_or_hides_words(editing, theme, hidden):
    for row, name in ((theme, "title_en"), (theme, "body_es"), (line_of("repair"), "text_es")):
        answer = save(editing, page_of(row), **{name: hidden})
        assert answer.status_code == 422
    kept = [*GuideText.objects.values_list("title", flat=True), *GuideText.objects.values_list("body", flat=True)]
    assert hidden not in kept


def test_a_browser_cuts_nothing_that_is_pasted(editing, theme, line):
    for row in (theme, line, line_of("repair"), ProgramText.objects.first()):
        form = editing.get(page_of(row)).context["adminform"].form
        assert [name for name in form.fields if "text" in name and "maxlength" in str(form[name])] == []


def test_what_is_far_too_long_is_refused_in_words(editing, theme):
    answer = save(editing, page_of(theme), title_en="x" * 10_000)
    assert answer.status_code == 422
    assert "This is too long: at most 80 characters." in errors_of(answer)


def test_what_is_far_too_long_is_refused_in_the_editors_language(editing, editor, theme):
    editor.language = "es"
    editor.save()
    answer = save(editing, page_of(theme), title_en="x" * 10_000)
    assert "Es muy largo: usa 80 letras o menos." in errors_of(answer)
