"""Questions out to a file and in from one: all or nothing, and nothing unseen."""

import csv
import io
import re
import time
from datetime import date
from html import unescape

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from journal.models import Prompt, PromptText
from journal.sheets import prompts
from journal.sheets.importing import Outcome, work_through
from tests.factories import make_moment, make_prompt
from tests.journal.editing import PROMPTS, page_of, save

pytestmark = pytest.mark.django_db

IMPORT = f"{PROMPTS}import/"
COLUMNS = ["slug", "theme", "kind", "age_min_months", "age_max_months", "source_section"]
COLUMNS += ["state", "ask_from", "ask_until", "text_en", "text_es"]
ROW = dict(zip(COLUMNS, ["hug", "bond", "missed", "12", "24", "S5", "draft", "", "", "When?", "¿Cuándo?"], strict=True))


def as_csv(*rows, columns=COLUMNS, delimiter=","):
    file = io.StringIO()
    writer = csv.DictWriter(file, columns, delimiter=delimiter, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def as_xlsx(*rows, columns=COLUMNS):
    book = Workbook()
    book.active.append(columns)
    for row in rows:
        book.active.append([row.get(name) for name in columns])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(browser, data, name="questions.csv"):
    return browser.post(IMPORT, {"file": SimpleUploadedFile(name, data)})


def text_of(answer):
    return b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()


def look(browser, data, name="questions.csv"):
    return text_of(send(browser, data, name))


def yes(browser, page):
    """Press "Keep all of it" on what was shown."""
    sent = dict(re.findall(r'<input type="hidden" name="(rows|shown)" value="([^"]*)"', page))
    return text_of(browser.post(IMPORT, {name: unescape(value) for name, value in sent.items()}))


def problems_in(page):
    """Rows of the table of problems: row, column, reason."""
    return [
        tuple(map(unescape, found)) for found in re.findall(r"<tr><td>(\d+)</td><td>(.*?)</td><td>(.*?)</td>", page)
    ]


def rows():
    return [list(table.objects.order_by("pk").values()) for table in (Prompt, PromptText, LogEntry)]


@pytest.fixture
def library(content):
    return {row["slug"]: row for row in Prompt.objects.values()}


# Out


@pytest.mark.parametrize(("kind", "start"), [("csv", b"slug,"), ("xlsx", b"PK")])
def test_all_questions_go_out_to_a_file(editing, library, kind, start):
    answer = editing.get(f"{PROMPTS}export/{kind}/")
    assert answer.content.startswith(start)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="questions.{kind}"'


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_went_out_comes_in_again_without_a_change(editing, library, kind):
    Prompt.objects.get(slug="bond-felt-close").retire()
    Prompt.objects.get(slug="bond-small-way").back_to_draft()
    Prompt.objects.filter(slug="grace-not-sure").update(ask_from="2026-05-01", ask_until="2999-05-01")
    # Of two lines: one as an editor's browser sends them, one as it was kept before line ends were one sign.
    for slug in ("grace-not-sure", "bond-felt-close"):
        save(editing, page_of(Prompt.objects.get(slug=slug)), value="anyway", text_en="What helped?\r\nWho was there?")
    PromptText.objects.filter(prompt__slug="bond-felt-close", language="es").update(text="¿Qué?\r\n¿Quién?")
    assert PromptText.objects.filter(language="en", text="What helped?\nWho was there?").count() == 2
    before = rows()
    file = editing.get(f"{PROMPTS}export/{kind}/").content
    page = look(editing, file)
    assert "All 90 rows are as they are kept already." in page
    assert rows() == before


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_library_goes_from_one_place_to_another_without_loss(editing, library, kind):
    odd = make_prompt(slug="odd", text="=What & <b>“why”</b>, 'quoted'?", kind="any", ages=(1, 7))
    make_prompt(slug="odder", text="'=1+1 What?\nWho?", published_at=None)
    file, out = editing.get(f"{PROMPTS}export/{kind}/").content, editing.get(f"{PROMPTS}export/csv/").content
    Prompt.objects.all().delete()
    kept = yes(editing, look(editing, file))
    assert "92 questions are kept" in kept
    assert editing.get(f"{PROMPTS}export/csv/").content == out
    again = Prompt.objects.get(slug="odd")
    assert (again.kind, again.age_min_months, again.state) == (odd.kind, 1, "published")
    assert again.texts.get(language="en").text == "=What & <b>“why”</b>, 'quoted'?"
    assert Prompt.objects.get(slug="odder").texts.get(language="en").text == "'=1+1 What?\nWho?"
    assert Prompt.objects.get(slug="odder").state == "draft"
    assert PromptText.objects.count() == 184


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "'=1", "＝1", "＋1", "－1", "＠SUM(A1)", "|x", "%0A"]
)
def test_no_cell_of_an_export_is_a_formula(editing, text):
    make_prompt(text=text)
    cells = next(csv.DictReader(io.StringIO(editing.get(f"{PROMPTS}export/csv/").content.decode())))
    assert cells["text_en"] == f"'{text}"
    sheet = load_workbook(io.BytesIO(editing.get(f"{PROMPTS}export/xlsx/").content)).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert f"'{text}" in [cell.value for row in sheet.iter_rows() for cell in row]


@pytest.mark.parametrize("text", ["What;=1+1", "What?\n=1+1", 'What; "＝1'])
def test_no_part_of_a_cell_is_a_formula_where_semicolons_part_cells(editing, theme, text):
    make_prompt(slug="parted", text=text)
    file = editing.get(f"{PROMPTS}export/csv/").content
    (cells,) = (row for row in csv.DictReader(io.StringIO(file.decode())) if row["slug"] == "parted")
    assert not re.search(r"[;\n][\s\"]*[=＝]", cells["text_en"])
    assert "All 2 rows are as they are kept already." in look(editing, file)


# In


@pytest.fixture
def theme():
    return make_prompt().theme


def test_a_file_is_shown_before_anything_is_kept(editing, theme):
    before = rows()
    page = look(editing, as_csv(ROW))
    assert "1 question would be new or other than now." in page
    assert "Nothing is changed yet." in page
    assert "¿Cuándo?" in page
    assert rows() == before


def test_after_a_yes_all_of_it_is_kept_with_its_history(editing, theme, editor):
    page = yes(editing, look(editing, as_csv(ROW, ROW | {"slug": "smile", "text_es": "ES ¿Otra?", "state": "retired"})))
    assert "2 questions are kept" in page
    hug, smile = Prompt.objects.get(slug="hug"), Prompt.objects.get(slug="smile")
    assert (hug.kind, hug.age_min_months, hug.source_section, hug.state) == ("missed", 12, "S5", "draft")
    assert dict(hug.texts.values_list("language", "text")) == {"en": "When?", "es": "¿Cuándo?"}
    assert smile.state == "retired"
    said = LogEntry.objects.get(object_id=str(smile.pk))
    assert said.user == editor
    assert "text_es: “ES What made you two smile?” → “ES ¿Otra?”" in said.change_message
    assert "state: “published” → “retired”" in said.change_message


def test_the_difference_of_each_row_is_shown_by_its_column(editing, theme):
    page = look(editing, as_csv(ROW | {"slug": "smile", "state": "published"}))
    assert "<del>ES What made you two smile?</del> <ins>¿Cuándo?</ins>" in page
    assert '<span class="words-code">kind</span>: <del>responsive</del> <ins>missed</ins>' in page


def test_answered_words_get_a_new_version(editing, theme, parent):
    prompt = Prompt.objects.get(slug="smile")
    make_moment(author=parent, prompt_text=prompt.texts.get(language="en"))
    yes(editing, look(editing, as_csv(ROW | {"slug": "smile", "state": "published"})))
    assert list(prompt.texts.filter(language="en").order_by("version").values_list("version", "text")) == [
        (1, "What made you two smile?"),
        (2, "When?"),
    ]


def test_a_workbook_is_read_with_its_numbers_and_days(editing, theme):
    typed = ROW | {"age_min_months": 12, "age_max_months": 24.0, "ask_from": date(2026, 5, 1), "ask_until": None}
    assert "1 question is kept" in yes(editing, look(editing, as_xlsx(typed)))
    hug = Prompt.objects.get(slug="hug")
    assert (hug.age_min_months, hug.age_max_months, hug.ask_from) == (12, 24, date(2026, 5, 1))


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_both_ways_to_part_the_cells_are_read(editing, theme, delimiter):
    assert "would be new" in look(editing, as_csv(ROW, delimiter=delimiter))


def test_a_file_with_a_mark_at_its_start_is_read(editing, theme):
    assert "would be new" in look(editing, b"\xef\xbb\xbf" + as_csv(ROW))


def test_the_checks_warn_of_a_row_and_keep_it_out_of_nothing(editing, theme):
    page = look(editing, as_csv(ROW | {"text_en": "Why did you shout?"}))
    assert "The checks warn of 1." in page
    assert "sounds like blame" in page
    assert "1 question is kept" in yes(editing, page)


def test_the_checks_know_the_ages_of_a_row(editing, theme):
    baby = {"text_en": "What did your baby do?"}
    assert "“your baby”" not in look(editing, as_csv(ROW | baby | {"age_min_months": "0", "age_max_months": "12"}))
    assert "“your baby”" in look(editing, as_csv(ROW | baby))


def test_progress_is_told_while_it_works(editing, theme):
    many = [ROW | {"slug": f"hug-{number}"} for number in range(600)]
    answer = send(editing, as_csv(*many))
    parts = [part.decode() for part in answer.streaming_content]
    told = [part for part in parts if "rows done." in part]
    assert len(told) == 3
    assert "250 of 600 rows done." in told[0]
    assert answer.headers["Content-Encoding"] == "identity"


def test_what_changed_since_it_was_shown_is_shown_again_and_nothing_is_kept(editing, theme):
    page = look(editing, as_csv(ROW | {"slug": "smile", "state": "published"}))
    PromptText.objects.filter(language="es").update(text="Otro texto")
    before = rows()
    again = yes(editing, page)
    assert "Something changed since you looked." in again
    assert "<del>Otro texto</del>" in again
    assert rows() == before
    assert "1 question is kept" in yes(editing, again)


@pytest.mark.parametrize("rows_sent", ["", "abc", "eyJhIjoxfQ:1abc:xyz"])
def test_only_rows_that_were_shown_come_back(editing, theme, rows_sent):
    before = rows()
    answer = editing.post(IMPORT, {"rows": rows_sent, "shown": ""})
    assert answer.status_code == 422
    assert "Send the file again." in answer.content.decode()
    assert rows() == before


def test_where_two_editors_decide_a_file_publishes_nothing(editing, theme, settings):
    settings.SECOND_EDITOR = True
    page = look(editing, as_csv(ROW | {"state": "published"}, ROW | {"slug": "smile", "state": "published"}))
    assert [(row, column) for row, column, _reason in problems_in(page)] == [("2", "state"), ("3", "state")]
    assert "would be new" in look(editing, as_csv(ROW))


def test_no_file_is_no_file(editing):
    answer = editing.post(IMPORT, {})
    assert answer.status_code == 422


def test_who_may_only_look_brings_nothing_in(editing, editor, theme):
    group = Group.objects.get(name="Editors")
    group.permissions.remove(group.permissions.get(codename="add_prompt"))
    assert send(editing, as_csv(ROW)).status_code == 404
    assert editing.get(f"{PROMPTS}export/csv/").status_code == 200


def test_questions_are_read_in_the_same_number_of_queries_however_many(content, django_assert_num_queries):
    assert list(prompts.COLUMNS) == COLUMNS
    many = [(number, ROW | {"slug": f"hug-{number}"}) for number in range(200)]
    with django_assert_num_queries(12):
        list(work_through(many, Outcome(), dry_run=True))


def test_every_row_that_would_change_is_shown(editing, theme):
    many = [ROW | {"slug": f"hug-{number}", "text_en": f"When did hug {number} help?"} for number in range(600)]
    page = look(editing, as_csv(*many))
    assert re.findall(r'<th scope="row">(.*?) \(new\)</th>', page) == [row["slug"] for row in many]
    assert re.findall(r"<ins>(When.*?)</ins>", page) == [row["text_en"] for row in many]
    assert page.count("</table>") == page.count("<table") == 1
    assert page.index("</table>") < page.index("Keep all of it")


def test_five_thousand_questions_come_in_within_twenty_seconds(editing, theme):
    many = [ROW | {"slug": f"hug-{number}", "text_en": f"When did hug {number} help?"} for number in range(5000)]
    start = time.process_time()  # its own work: what else the machine does is not the import's
    page = look(editing, as_csv(*many))
    assert "5000 questions are kept" in yes(editing, page)
    taken = time.process_time() - start
    assert taken < 20, f"{taken:.1f} s"
    assert PromptText.objects.filter(prompt__slug__startswith="hug-").count() == 10_000
