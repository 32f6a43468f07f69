"""A hundred broken files: each says what is wrong and where, and changes nothing."""

import io
import tracemalloc
import zipfile

import pytest
from openpyxl import Workbook

from tests.factories import make_prompt
from tests.journal.test_prompt_sheet import COLUMNS, ROW, as_csv, as_xlsx, look, problems_in, rows

pytestmark = pytest.mark.django_db


def with_cell(column, value, row=2):
    """A file of three good rows, one of them with this cell."""
    file = [ROW | {"slug": f"hug-{number}"} for number in range(3)]
    file[row - 2][column] = value
    return as_csv(*file)


def workbook(change):
    book = Workbook()
    book.active.append(COLUMNS)
    book.active.append([ROW[name] or None for name in COLUMNS])
    change(book)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def archive(**files):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return file.getvalue()


def repacked(change, **more):
    """A good workbook whose sheet is changed, with more parts in it."""
    with zipfile.ZipFile(io.BytesIO(as_xlsx(ROW))) as packed:
        parts = {name: packed.read(name).decode() for name in packed.namelist()}
    parts["xl/worksheets/sheet1.xml"] = change(parts["xl/worksheets/sheet1.xml"])
    return archive(**parts, **more)


def with_entities(entities, name):
    """A workbook whose first cell says what an entity of its own stands for."""
    kind = f"<!DOCTYPE worksheet [{entities}]>"
    cell = f'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{name}</t></is></c></row>'
    return repacked(lambda sheet: kind + sheet[sheet.index("<worksheet") :].replace("<sheetData>", cell, 1))


def without(column):
    return as_csv(ROW, columns=[name for name in COLUMNS if name != column])


GROWS = '<!ENTITY e0 "0123456789">' + "".join(
    f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 10)
)
GOOD = as_csv(ROW)
HEAD, LINE = GOOD.splitlines()
CELLS = {
    "slug": ["", "two words", "ñandú", "a/b", "x" * 51, "<b>", "'=x", "a\u202eb"],
    "theme": ["", "Bond", "nothing", "x" * 300, "=bond"],
    "kind": ["", "Missed", "all", "a cue that got by"],
    "age_min_months": ["-1", "1.5", "one", "61", "999999999999", "²", "0x1"],
    "age_max_months": ["12", "0", "-5", "61", "6 months", "1e1"],
    "source_section": ["", "S0", "S23", "s5", "5"],
    "state": ["", "Draft", "waiting", "on"],
    "ask_from": ["soon", "2026-13-01", "2026-02-30", "01/05/2026", "2026-5-1", "0000-01-01"],
    "ask_until": ["31.12.2026", "tomorrow", "99999-01-01"],
    "text_en": ["x" * 161, "x" * 999, "a\u202eb", "a\u2067b", "a\u200bb", "a\x07b"],
    "text_es": ["ñ" * 161, "a\u202db", "a\x1bb", "a\ufeffb"],
}
BROKEN = [
    (f"{column} {number}", with_cell(column, value, 3), 3, column)
    for column in CELLS
    for number, value in enumerate(CELLS[column])
]
BROKEN += [(f"without {name}", without(name), 1, name) for name in COLUMNS]
BROKEN += [
    (f"huge {name}", with_cell(name, "x" * 1001, 4), 4, name) for name in ("slug", "theme", "text_en", "text_es")
]
BROKEN += [
    (f"odd header {name}", HEAD + b"," + name + b"\n" + LINE + b",x\n", 1, name.decode()) for name in (b"id", b"Slug")
]
BROKEN += [
    (f"twice {name}", HEAD + b"," + name + b"\n" + LINE + b",x\n", 1, name.decode()) for name in (b"slug", b"text_en")
]
BROKEN += [
    ("nothing", b"", 1, "–"),
    ("only a mark", b"\xef\xbb\xbf", 1, "–"),
    ("latin-1", HEAD + b"\n" + LINE + b"\n" + LINE.replace(b"hug", b"h\xfag") + b"\n", 3, "–"),
    ("utf-16", GOOD.decode().encode("utf-16"), 1, "–"),
    ("bytes", bytes(range(256)), 2, "–"),
    ("a picture", b"\x89PNG\r\n\x1a\n" + bytes(100), 1, "–"),
    ("tabs", GOOD.replace(b",", b"\t"), 1, "slug"),
    ("a page", b"<!doctype html><p>x</p>", 1, "slug"),
    ("json", b'[{"slug": "x"}]', 1, "slug"),
    ("more cells", GOOD.rstrip() + b",x,y\n", 2, "–"),
    ("a huge quoted cell", HEAD + b'\n"' + b"x" * 200_000 + b'"\n', 2, "–"),
    ("a file too large", GOOD + b"," * (5 * 1024 * 1024), 1, "–"),
    ("twice the same", as_csv(ROW, ROW), 3, "slug"),
    ("twice the same, later", as_csv(ROW, ROW | {"slug": "x"}, ROW), 4, "slug"),
    ("published without a language", with_cell("text_es", "", 2).replace(b"draft", b"published"), 2, "text_es"),
    ("a text taken away", as_csv(ROW | {"slug": "smile", "text_es": ""}), 2, "text_es"),
    ("days the wrong way", as_csv(ROW | {"ask_from": "2026-05-02", "ask_until": "2026-05-01"}), 2, "ask_until"),
    ("too many rows", as_csv(*[ROW] * 10_001), 10_002, "–"),
    ("an archive of nothing", archive(), 1, "–"),
    ("another archive", archive(**{"a.txt": "x"}), 1, "–"),
    ("half a workbook", as_xlsx(ROW)[:900], 1, "–"),
    ("a workbook of zeros", archive(**{"[Content_Types].xml": "0" * (61 * 1024 * 1024)}), 1, "–"),
    ("a workbook with a broken part", archive(**{"[Content_Types].xml": "<Types", "xl/workbook.xml": "<"}), 1, "–"),
    ("a workbook of very many parts", repacked(str, **{f"xl/{number}.xml": "" for number in range(1000)}), 1, "–"),
    ("a workbook that asks for a file", with_entities('<!ENTITY f SYSTEM "file:///etc/passwd">', "&f;"), 1, "–"),
    ("a workbook that asks elsewhere", with_entities('<!ENTITY f SYSTEM "http://127.0.0.1:9/">', "&f;"), 1, "–"),
    ("a workbook that grows and grows", with_entities(GROWS, "&e9;"), 1, "–"),
    ("a formula", workbook(lambda book: book.active.append(["=1+1"])), 3, "–"),
    ("an empty workbook", workbook(lambda book: book.active.delete_rows(1, 5)), 1, "–"),
    ("a workbook with wrong ages", as_xlsx(ROW, ROW | {"slug": "x", "age_min_months": 30}), 3, "age_max_months"),
    ("a workbook with half a month", as_xlsx(ROW | {"age_min_months": 1.5}), 2, "age_min_months"),
    ("a workbook with a truth", as_xlsx(ROW | {"kind": True}), 2, "kind"),
    ("a workbook with a huge cell", as_xlsx(ROW | {"text_en": "x" * 32_000}), 2, "text_en"),
]


def test_there_are_a_hundred_of_them_and_the_good_one_is_none():
    assert len(BROKEN) >= 100
    assert len({name for name, *_rest in BROKEN}) == len({file for _name, file, *_rest in BROKEN}) == len(BROKEN)


@pytest.mark.parametrize(("data", "row", "column"), [pytest.param(*case, id=name) for name, *case in BROKEN])
def test_a_broken_file_says_what_is_wrong_and_where_and_changes_nothing(editing, data, row, column):
    make_prompt()
    before = rows()
    page = look(editing, data)
    found = problems_in(page)
    assert (str(row), column) in [(number, name) for number, name, _reason in found], found
    assert all(reason for _row, _column, reason in found)
    assert "Keep all of it" not in page
    assert rows() == before


def test_a_good_workbook_that_was_packed_again_is_read(editing):
    make_prompt()
    assert "Keep all of it" in look(editing, repacked(str, **{"xl/more.xml": ""}))


@pytest.mark.parametrize("entities", ['<!ENTITY f SYSTEM "file:///etc/passwd">', GROWS + '<!ENTITY f "&e9;">'])
def test_no_part_of_a_workbook_is_read_from_elsewhere_or_grows_without_end(editing, entities):
    """Its XML is parsed with nothing that goes and gets an entity; expat stops one that multiplies."""
    make_prompt()
    tracemalloc.start()
    page = look(editing, with_entities(entities, "&f;"))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "neither a CSV file nor an Excel workbook" in page
    assert "root:" not in page
    assert most < 100_000_000


def test_every_problem_of_a_file_is_told_at_once(editing):
    make_prompt()
    file = as_csv(ROW | {"kind": "x", "age_min_months": "x"}, ROW | {"slug": "ok"}, ROW | {"slug": "", "theme": "x"})
    assert {(row, column) for row, column, _reason in problems_in(look(editing, file))} == {
        ("2", "kind"),
        ("2", "age_min_months"),
        ("4", "slug"),
        ("4", "theme"),
    }


def test_a_problem_in_the_last_row_keeps_out_the_first(editing):
    make_prompt()
    before = rows()
    many = [ROW | {"slug": f"hug-{number}"} for number in range(300)]
    page = look(editing, as_csv(*many, ROW | {"slug": "last", "kind": "x"}))
    assert problems_in(page)[0][:2] == ("302", "kind")
    assert "Keep all of it" not in page
    assert rows() == before
