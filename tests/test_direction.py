"""The look follows the direction of the language: what is at the start stands at the start, on either side."""

import re
from pathlib import Path

import pytest
from django.conf import settings

SHEETS = sorted((Path(settings.BASE_DIR) / "static" / "css").glob("*.css"))
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# A side by its name, and a size that a turned script would take along.
BY_SIDE = re.compile(
    r"(?<![\w-])(?:(?:(?:margin|padding|border)-(?:left|right|top|bottom)[\w-]*|left|right|top|bottom"
    r"|(?:min-|max-)?(?:width|height))\s*:|(?:text-align|float|clear)\s*:\s*(?:left|right)|translate\w*\()"
)
# Four values name the sides in turn; two of them must be alike.
FOUR = re.compile(r"(?<![\w-])(inset|margin|padding|border-width|border-style|border-color)\s*:\s*([^;{}]+)")
# A tick is drawn of two borders and turned: it is the same on either side.
DRAWN = {"border-width: 0 2.5px 2.5px 0"}


def by_side(css):
    """What a sheet says of left and right. Questions about the window, in brackets, are no look."""
    css = re.sub(r"@(?:media|container)[^{]+", "", COMMENT.sub("", css))
    named = [found.group().strip() for found in BY_SIDE.finditer(css)]
    turned = []
    for name, told in FOUR.findall(css):
        values = re.findall(r"[^\s()]+(?:\([^()]*(?:\([^()]*\))?[^()]*\))?", told.strip())
        if len(values) == 4 and values[1] != values[3]:
            turned.append(f"{name}: {told.strip()}")
    return {*named, *turned} - DRAWN


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_a_sheet_names_no_side(sheet):
    assert by_side(sheet.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    "css",
    [
        "a { margin-left: 1rem; }",
        "a { left: 0; }",
        "a { text-align: right; }",
        "a { float: left; }",
        "a { width: 3rem; }",
        "a { inset: 0 auto auto 0; }",
        "a { padding: 1px 2px 1px calc(1px + 3px); }",
        "@media (min-width: 1rem) { a { border-right: 0; } }",
    ],
)
def test_a_side_is_found(css):
    assert by_side(css)


@pytest.mark.parametrize(
    "css",
    ["a { margin-inline-start: 1rem; inset: 0 auto; }", "@media (max-width: 9rem) { a { padding: 1px 2px 3px 2px; } }"],
)
def test_what_has_no_side_is_let_be(css):
    assert by_side(css) == set()
