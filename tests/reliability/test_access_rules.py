"""No access rule is there for nothing: with each one switched off, in turn, a proof of access turns red."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.reliability.conditions import MODULES, ROOT, all_conditions, conditions, path_of, without

JOURNAL = ROOT / "tests" / "journal"
# The quick ones first: whatever finds a rule missing ends the search.
ROWS, TABLE = ["tests/journal/test_shares.py", "tests/journal/test_readings.py"], ["tests/test_access_to_shares.py"]
ACCESS = [ROWS, TABLE, ["tests/stateful"], ["tests/test_access.py"]]
NAMES = ("test_share_*.py", "test_family_*.py", "test_*sharing*.py", "test_note_*.py", "test_invitation_*.py")
NAMES += ("test_today*.py", "test_moment_*.py", "test_landing*.py", "test_demo.py")
NAMES += ("test_draft*.py", "test_signed_out*.py", "test_outbox.py")
PAGES = [ROWS, sorted({str(path.relative_to(ROOT)) for name in NAMES for path in JOURNAL.glob(name)})]
# Methods that narrow what a scope has handed them, for one page: the tests of that page are asked first.
ON_A_PAGE = {
    *("ShareQuerySet.with_news", "ShareQuerySet.by_yes", "ShareQuerySet.live_by_yes", "ShareQuerySet.to_visit"),
    *("ShareQuerySet.with_next_visit", "SharedMomentQuerySet.count_by_share", "SharedMomentQuerySet.tell_readers"),
    *("SharedMomentQuerySet.open_exactly", "NoteQuerySet.received_by", "NoteQuerySet.new_to", "NoteQuerySet.on_moment"),
    *("NoteQuerySet.on_week", "NoteQuerySet.standing_on", "NoteQuerySet.for_visit", "VisitQuerySet.of_share"),
    *("DraftQuerySet.visible_to", "DraftQuerySet.of_form", "DraftQuerySet.on_offer", "DraftQuerySet.from_phone"),
    *("DraftQuerySet.keep", "DraftQuerySet.keep_from_outside"),
    *("ReadingQuerySet.of_share", "MomentQuerySet.keep", "MomentQuerySet.with_repairs"),
}
# Conditions that choose among what a person may see already: no rule of access, and proved by the tests of their pages.
CHOOSING = {
    *(
        "MomentQuerySet.of_child",
        "MomentQuerySet.missed",
        "MomentQuerySet.missed_to_pick_from",
        "MomentQuerySet.before",
    ),
    *("MomentQuerySet.stories", "MomentQuerySet.glimpses", "MomentQuerySet.told", "MomentQuerySet.tell_repairs"),
    *("MomentQuerySet.among", "MomentQuerySet.in_month", "ReadingQuerySet.last_by_share"),
}
# Said twice on purpose: what the second one would let through is refused by the first as well.
SAID_TWICE = {
    # Nobody sees a note: `visible_to(None)` is empty already.
    "NoteQuerySet.editable_by: filter(author__isnull=False)",
}


def run(proof, switched_off=""):
    """Whether these tests pass."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "-p",
        "tests.reliability.mutant",
        "--show-capture=no",
        *proof,
    ]
    environment = os.environ | {"SWITCHED_OFF": switched_off}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    # 1: a test failed. Anything else that is not 0 is a mistake of ours, such as source that does not compile.
    assert done.returncode in (0, 1), f"{switched_off}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.returncode == 0


def first_red(condition):
    """The proof that turns red without it; '' when none does."""
    began = time.monotonic()
    proofs = PAGES if condition.method in ON_A_PAGE else ACCESS
    red = next((proof for proof in proofs if not run(proof, f"{condition.module}:{condition.number}")), [""])
    print(f"{time.monotonic() - began:5.0f} s  {red[0] or 'NOTHING':34}  {condition}", flush=True)
    return red[0]


def test_with_nothing_switched_off_all_is_green():
    with ThreadPoolExecutor(2) as two:
        assert list(two.map(run, [*ACCESS, PAGES[1]])) == [True] * 5


def survivors(rules):
    with ThreadPoolExecutor(2) as two:
        found = dict(zip(rules, two.map(first_red, rules), strict=True))
    return [str(one) for one, red in found.items() if not red]


def test_each_access_rule_that_is_switched_off_turns_something_red():
    rules = [one for one in all_conditions() if one.method not in CHOOSING | ON_A_PAGE]
    assert survivors([one for one in rules if one.name not in SAID_TWICE]) == []


def test_each_condition_of_a_page_that_is_switched_off_turns_something_red():
    assert survivors([one for one in all_conditions() if one.method in ON_A_PAGE]) == []


def test_every_module_with_a_queryset_of_private_rows_is_switched_off():
    private = ("editable_by", "visible_to")
    held = {
        path.stem
        for path in path_of("x").parent.glob("*.py")
        if any(f"def {name}(self" in path.read_text() for name in private)
    }
    assert held - {"offers"} == set(MODULES)


@pytest.mark.parametrize("module", MODULES)
def test_a_condition_that_is_switched_off_leaves_source_that_compiles(module):
    found = list(conditions(module))
    assert found
    for one in found:
        compile(without(module, one.number), one.module, "exec")


def test_what_chooses_is_still_there():
    assert {one.method for one in all_conditions()} >= CHOOSING | ON_A_PAGE
