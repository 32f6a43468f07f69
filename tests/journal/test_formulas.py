"""No part of a table that goes out is a formula, and what went out comes in again as it was."""

import re
import time
from itertools import product

from journal.formulas import escape, unescape

ALPHABET = "'; =\n\"＝a"
# Written without a look at the rule: where a cell begins, for a spreadsheet that parts cells by ";", and what then stands there.
FORMULA = re.compile(r"(?:\A|[;\n])[\s\"]*[=＝]")


def texts(length):
    return ("".join(signs) for size in range(length + 1) for signs in product(ALPHABET, repeat=size))


def test_what_goes_out_comes_in_again_as_it_was():
    assert [text for text in texts(6) if unescape(escape(text)) != text] == []


def test_no_cell_begins_as_a_formula_wherever_cells_are_parted():
    begun = (text for text in texts(5) if text == text.strip() and not text.startswith('"'))
    assert [text for text in begun if FORMULA.search(escape(text))] == []
    assert FORMULA.search('a;"=1')


def test_a_cell_of_nothing_but_lines_takes_no_time():
    text = "a" + "\n" * 200_000
    start = time.process_time()
    assert unescape(escape(text)) == text
    assert time.process_time() - start < 1
