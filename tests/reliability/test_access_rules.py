"""No access rule is there for nothing: with each one switched off, in turn, a proof of access turns red."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.reliability.conditions import MODULES, ROOT, all_conditions, conditions, path_of, without

PAGES = (
    "test_share_*.py",
    "test_family_*.py",
    "test_*sharing*.py",
    "test_note_*.py",
    "test_invitation_*.py",
    "test_today.py",
)
# The quick ones first: whatever finds a rule missing ends the search.
PROOFS = [
    ["tests/journal/test_shares.py", "tests/journal/test_readings.py"],
    ["tests/test_access_to_shares.py"],
    ["tests/stateful"],
    ["tests/test_access.py"],
    sorted(str(path.relative_to(ROOT)) for name in PAGES for path in (ROOT / "tests" / "journal").glob(name)),
]
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
SAID_TWICE: set[str] = set()


def run(proof, switched_off=""):
    """Whether these tests pass."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "tests.reliability.mutant", "-p", "no:logging", *proof]
    environment = os.environ | {"SWITCHED_OFF": switched_off}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    # 1: a test failed. Anything else that is not 0 is a mistake of ours, such as source that does not compile.
    assert done.returncode in (0, 1), f"{switched_off}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.returncode == 0


def first_red(condition):
    """The proof that turns red without it; '' when none does."""
    began = time.monotonic()
    red = next((proof for proof in PROOFS if not run(proof, f"{condition.module}:{condition.number}")), [""])
    print(f"{time.monotonic() - began:5.0f} s  {red[0] or 'NOTHING':34}  {condition}", flush=True)
    return red[0]


def test_with_nothing_switched_off_all_is_green():
    with ThreadPoolExecutor(2) as two:
        assert list(two.map(run, PROOFS)) == [True] * len(PROOFS)


def test_each_access_rule_that_is_switched_off_turns_something_red():
    rules = [one for one in all_conditions() if one.method not in CHOOSING]
    with ThreadPoolExecutor(2) as two:
        found = dict(zip(rules, two.map(first_red, rules), strict=True))
    assert [str(one) for one, red in found.items() if not red and one.name not in SAID_TWICE] == []
    assert {one.name for one, red in found.items() if not red} == SAID_TWICE


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
    assert {one.method for one in all_conditions()} >= CHOOSING
