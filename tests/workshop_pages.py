"""Every page of the editors' side, and the rows that fill it; a part of tests/pages.py, looked at in tests/browser/test_workshop_pages.py."""

from collections.abc import Iterator

from django.core import signing
from django.utils import timezone, translation

from accounts.models import User
from journal.admin.history import write_down
from journal.admin.sheet_pages import SALT
from journal.editors import make_editor
from journal.models import HelpLine, ProgramText, Prompt, SavedLine, Theme
from journal.sheets.changes import COLUMNS
from tests.accounts.factors import give_app
from tests.factories import make_moment, make_prompt, make_user
from tests.page import A_LONG_WORD, Page

ADMIN = "/admin/journal/"
PROMPTS = f"{ADMIN}prompt/"
PEOPLE = "/admin/accounts/user/"
REFUSED = {"text_en": "x" * 161, "age_min_months": "12", "age_max_months": "6", "ask_from": "soon"}


def workshop() -> Iterator[Page]:
    yield Page("workshop", "/admin/", "editor")
    yield Page("workshop-words", ADMIN, "editor")
    yield Page("workshop-all", "/admin/", "keeper")
    yield from questions()
    yield from texts()
    yield from people()


def questions() -> Iterator[Page]:
    asked, draft, gone = (f"{PROMPTS}{{{name}_question}}/" for name in ("asked", "draft", "gone"))
    yield Page("questions", PROMPTS, "editor")
    yield Page("questions-narrowed", f"{PROMPTS}?q=bond&state=published&kind__exact=any&o=-2.3", "editor")
    yield Page("questions-none-found", f"{PROMPTS}?q=xyzzy", "editor")
    yield Page("question-new", f"{PROMPTS}add/", "editor")
    yield Page("question-new-refused", f"{PROMPTS}add/", "editor", status=422, sent=REFUSED)
    yield Page("question", f"{asked}change/", "editor")
    yield Page("question-draft", f"{draft}change/", "editor")
    yield Page("question-draft-refused", f"{draft}change/", "editor", status=422, sent=REFUSED | {"_publish": "1"})
    yield Page("question-retired", f"{gone}change/", "editor")
    yield Page("question-history", f"{asked}history/", "editor")
    yield Page("question-history-none", f"{gone}history/", "editor")
    yield Page("question-delete", f"{draft}delete/", "editor")
    yield Page("question-delete-refused", f"{asked}delete/", "editor", status=403)
    yield Page("question-preview", f"{asked}preview/", "editor")
    yield Page("question-preview-draft", f"{draft}preview/?band=36-60", "editor")
    yield Page("coverage", f"{PROMPTS}coverage/", "editor")
    bring = f"{PROMPTS}import/"
    yield Page("bring-in", bring, "editor")
    yield Page("bring-in-refused", bring, "editor", status=422, sent={"rows": "x"})
    for name in ("good", "bad", "known"):
        yield Page(f"bring-in-{name}", bring, "editor", sent={"rows": f"{{{name}_rows}}", "shown": ""})


def texts() -> Iterator[Page]:
    for name in ("theme", "helpline", "savedline", "programtext"):
        page = f"{ADMIN}{name}/"
        yield Page(f"{name}s", page, "editor")
        yield Page(name, f"{page}{{{name}}}/change/", "editor")
        yield Page(f"{name}-history", f"{page}{{{name}}}/history/", "editor")
        sent = {f"{field}_{code}": "a\u202eb" for field in ("title", "answer", "text") for code in ("en", "es")}
        sent |= {"text": "a\u202eb", "region": "us"}
        yield Page(f"{name}-refused", f"{page}{{{name}}}/change/", "editor", status=422, sent=sent)
    yield Page("theme-new", f"{ADMIN}theme/add/", "editor")
    yield Page("helpline-new", f"{ADMIN}helpline/add/", "editor")
    yield Page("helpline-delete", f"{ADMIN}helpline/{{helpline}}/delete/", "editor")


def people() -> Iterator[Page]:
    yield Page("people", PEOPLE, "keeper")
    yield Page("people-found", f"{PEOPLE}?is_active__exact=1", "keeper")
    yield Page("people-refused", PEOPLE, "editor", status=403)
    for name in ("open", "closed", "own"):
        yield Page(f"person-{name}", f"{PEOPLE}{{{name}_account}}/change/", "keeper")
    yield Page("person-history", f"{PEOPLE}{{open_account}}/history/", "keeper")


def make_workshop(language: str) -> tuple[dict[str, User], dict[str, str]]:
    """Who opens them in one language, by name, and the rows that the paths name. Needs the content."""
    names = ("editor", "keeper")
    people = {
        name: make_user(email=f"{name}-{language}@example.com", language=language, time_zone="America/Bogota")
        for name in names
    }
    for person in people.values():
        give_app(person)
        make_editor(person)
    people["keeper"].is_superuser = True
    people["keeper"].save()
    closed = make_user(email=f"closed-{A_LONG_WORD}-{language}@example.com".lower(), is_active=False)
    rows = {"open_account": people["editor"], "closed_account": closed, "own_account": people["keeper"]} | words(
        people["editor"], language
    )
    return people, {name: str(row.pk) for name, row in rows.items()} | files(language)


def words(editor: User, language: str) -> dict[str, object]:
    """A question in each state, and one row of each other kind of words, with what was done to them."""
    told = {"text": f"What should <b>{A_LONG_WORD}</b> do?", "published_at": None}
    draft = make_prompt(slug=f"draft-{language}", ages=(12, 24), ask_from=timezone.localdate(), **told)
    draft.texts.filter(language="es").delete()
    draft.wish_published(make_user(email=f"wishing-{language}@example.com").pk)
    gone = make_prompt(slug=f"gone-{language}", retired_at=timezone.now())
    asked = Prompt.objects.get(slug="bond-felt-close")
    make_moment(author=editor, prompt_text=asked.texts.get(language=language), text="A laugh.")
    line = HelpLine.objects.get(slug="partner-violence")
    line.checked_on = None
    line.save()
    rows = {"theme": Theme.objects.get(slug="bond"), "helpline": line, "savedline": SavedLine.objects.first()}
    rows["programtext"] = ProgramText.objects.newest().get(language=language)
    for row in (asked, *rows.values(), editor):
        with translation.override(language):
            write_down(editor, [(row, False, f"Text: “{A_LONG_WORD}” became “<b>\nTwo lines</b>”")])
    return rows | {"draft_question": draft, "gone_question": gone, "asked_question": asked}


def files(language: str) -> dict[str, str]:
    """What comes back with a yes after a file was read: of one that may be kept, of one that may not, and of no news."""
    facts = ["bond", "any", "0", "60", "S1", "draft", "", "", f"Why did you {A_LONG_WORD}?", "¿Qué?"]
    good = dict(zip(COLUMNS, [f"in-a-file-{language}", *facts], strict=True))
    bad = good | {"kind": A_LONG_WORD, "age_min_months": "x", "text_es": "x" * 161}
    gone = {"theme": "bond", "kind": "responsive", "text_en": "What made you two smile?", "state": "retired"}
    known = good | gone | {"slug": f"gone-{language}", "text_es": "ES What made you two smile?"}
    sheets = {"good": [good, known | {"kind": "any"}], "bad": [bad], "known": [known]}
    return {f"{name}_rows": signing.dumps([*enumerate(rows, 2)], salt=SALT) for name, rows in sheets.items()}
