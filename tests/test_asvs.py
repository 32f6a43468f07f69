"""docs/asvs.toml has for each requirement a test that is there, or a reason.

tests/asvs_ids.txt is the list: what of OWASP ASVS 5.0.0, levels 1 and 2, this app is held to, and five of level 3.
"""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
IDS = (ROOT / "tests" / "asvs_ids.txt").read_text().split()
TABLE = tomllib.loads((ROOT / "docs" / "asvs.toml").read_text(encoding="utf-8"))
# A reason says something.
WORDS_AT_LEAST = 8


@cache
def named_in(path):
    """The names of the tests of a file; none for a file that is not there or that pytest would not collect."""
    file = ROOT / path
    if not file.is_file() or not file.name.startswith("test_") or ROOT / "tests" not in file.parents:
        return frozenset()
    return frozenset(
        node.name
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def missing(ids, table):
    """What a table lacks, or says of nothing."""
    for name in ids:
        row = table.get(name, {})
        tests = row.get("test", [])
        tests = [tests] if isinstance(tests, str) else tests
        if not tests and "reason" not in row:
            yield f"{name}: neither a test nor a reason"
        if "reason" in row and len(row["reason"].split()) < WORDS_AT_LEAST:
            yield f"{name}: no reason is said"
        for test in tests:
            path, _colons, function = test.partition("::")
            if function not in named_in(path):
                yield f"{name}: {test} is not there"
        yield from (f"{name}: what is {key}?" for key in row.keys() - {"test", "reason"})
    yield from (f"{name}: not on the list" for name in table.keys() - set(ids))


def test_each_requirement_has_a_test_that_is_there_or_a_reason():
    assert list(missing(IDS, TABLE)) == []


def test_the_list_is_whole_and_in_order():
    assert len(IDS) == len(set(IDS)) == 160
    assert sorted(IDS, key=lambda name: [int(part) for part in name[1:].split(".")]) == IDS
    assert list(TABLE) == IDS


def test_what_is_not_claimed_is_said_and_the_pages_say_how_many_are():
    head = (ROOT / "docs" / "asvs.toml").read_text(encoding="utf-8").partition("\n\n")[0]
    not_claimed = re.findall(r"\bV\d+\.\d+\.\d+", head)
    assert len(not_claimed) > 10
    assert set(not_claimed) & set(IDS) == set()
    for page in ("README.md", "docs/security.md"):
        assert f"{len(IDS)} requirements of OWASP ASVS" in (ROOT / page).read_text(encoding="utf-8")


HERE = "tests/test_asvs.py::test_the_list_is_whole_and_in_order"


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ({}, "neither a test nor a reason"),
        ({"V1.1.2": {"test": []}}, "neither a test nor a reason"),
        ({"V1.1.2": {"test": "tests/test_asvs.py::test_of_nothing"}}, "is not there"),
        ({"V1.1.2": {"test": "tests/test_gone.py::test_the_list_is_whole_and_in_order"}}, "is not there"),
        ({"V1.1.2": {"test": "tests/pages.py::test_x"}}, "is not there"),
        ({"V1.1.2": {"test": "tests/test_asvs.py"}}, "is not there"),
        ({"V1.1.2": {"reason": ""}}, "no reason is said"),
        ({"V1.1.2": {"test": HERE, "todo": "later"}}, "what is todo?"),
        ({"V1.1.2": {"test": HERE}, "V99.1.1": {"test": HERE}}, "not on the list"),
    ],
)
def test_what_is_missing_is_found(table, found):
    assert [one for one in missing(["V1.1.2"], table) if found in one]


def test_a_whole_row_is_left_in_peace():
    assert list(missing(["V1.1.2"], {"V1.1.2": {"test": [HERE]}})) == []
