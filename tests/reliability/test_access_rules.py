"""No access rule is there for nothing: with each one switched off, in turn, a proof of access turns red.

A proof of access is the access table (tests/test_access.py, tests/test_access_to_shares.py) or the walk through sharing
(tests/stateful/): red in any other file does not count. Only a method that chooses among what one may see already, by
name and with its reason in CHOOSING, may be found missing by the tests of its pages instead.

All of it takes hours on a small machine. RULES=notes,read_by asks about the conditions with these words alone.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.reliability.conditions import JUDGES, MODULES, QUERYSETS, ROOT, all_conditions, conditions, path_of, without

JOURNAL = ROOT / "tests" / "journal"
# The quick ones first: whatever finds a rule missing ends the search.
ROWS, PAGES = ["tests/stateful", "-k", "rows"], ["tests/stateful", "-k", "pages"]
ACCESS = [ROWS, ["tests/test_access_to_shares.py"], PAGES, ["tests/test_access.py"]]
NAMES = ("test_share_*.py", "test_family_*.py", "test_*sharing*.py", "test_note*.py", "test_invitation_*.py")
NAMES += ("test_today*.py", "test_moment_*.py", "test_week_*.py", "test_reading*.py", "test_shares.py")
NAMES += ("test_draft*.py", "test_signed_out*.py", "test_outbox.py", "test_export.py", "test_import.py")
OF_ONE_PAGE = sorted({str(path.relative_to(ROOT)) for name in NAMES for path in JOURNAL.glob(name)})
OF_ONE_PAGE.append("tests/test_architecture.py")
# What chooses among rows that a scope has handed over already, most of them one's own: no rule of access.
CHOOSING = {
    "MomentQuerySet.of_child": "of one's own, or of what can be read: whose week is counted",
    "MomentQuerySet.missed": "of one's own: what a repair can be tied to",
    "MomentQuerySet.missed_to_pick_from": "of one's own: a list in a form",
    "MomentQuerySet.before": "of one's own: the next page of a list",
    "MomentQuerySet.in_month": "of one's own: a filter of the list",
    "MomentQuerySet.of_days": "of one's own, or of what can be read: the days of a week",
    "MomentQuerySet.glimpses": "of what can be read: the days since a visit",
    "MomentQuerySet.told": "of what can be read: what a page tells",
    "MomentQuerySet.that_mend": "of one's own, or of what can be read: what mends a cue",
    "MomentQuerySet.with_repairs": "of one's own: what mends it is of the same author",
    "MomentQuerySet.among": "of one's own: those that were ticked",
    "MomentQuerySet.keep": "of one's own: sent again, or other content under the same id",
    "ShareQuerySet.by_yes": "of one's own: their order, and none that was never agreed to",
    "ShareQuerySet.live_by_yes": "of one's own: whom to choose from; what is chosen is judged again",
    "ShareQuerySet.with_news": "of one's own: what is new on Today",
    "ShareQuerySet.with_next_visit": "of what one reads: the day beside it",
    "NoteQuerySet.of_share": "of one's own: of one reader",
    "NoteQuerySet.write": "of the same sender: a note sent twice",
    "VisitQuerySet.to_come": "of one share, handed over by a scope: the next visit",
    "ReadingQuerySet.last_by_share": "of one's own: when each was last opened",
    "live_now: Q(reader__isnull=False)": "of one's own: whom to choose from; without a reader nobody reads",
    "ASKED: Q(reader__isnull=False)": "of one's own: who asks; without a reader nobody waits",
    "Share.is_asked: asked: self.reader_id": "of one's own: who asks; without a reader nobody waits",
    "Share.is_live: asked: self.reader_id": "of one's own: whom to choose from; without a reader nobody reads",
    "DraftQuerySet.visible_to": "of one's own: a draft is shown to nobody else",
    "DraftQuerySet.of_form": "of one's own: that of one form",
    "DraftQuerySet.of_change": "of one's own: those that change one moment",
    "DraftQuerySet.on_offer": "of one's own: those that are offered",
    "DraftQuerySet.from_phone": "of one's own: those to mend",
    "DraftQuerySet.from_outside": "of one's own: those that came in signed out",
    "DraftQuerySet.done_with": "of one's own: what was kept of one form",
    "DraftQuerySet.keep": "of one's own: the same draft once more",
    "DraftQuerySet.keep_from_outside": "of one's own: the same draft once more",
    "ParcelQuerySet.editable_by: filter(taken_at=None)": "of one's own: it is handed out once",
    "ParcelQuerySet.editable_by: filter(expires_at__gt=timezone.now())": "of one's own: while it holds",
    "ParcelQuerySet.visible_to": "of one's own: a parcel is shown to nobody else",
    "ParcelQuerySet.out": "of one's own: those on the way out",
    "ParcelQuerySet.coming_in": "of one's own: those on the way in",
    "ParcelQuerySet.past": "of all: those to throw away",
    "ParcelQuerySet.begin": "of one's own: the last one",
    "ParcelQuerySet.throw_away": "of one's own: all of them",
    "ParcelPartQuerySet.visible_to": "of one's own: a part is shown to nobody else",
    "Moment.rewrite: refused if kept.version != version": "of one's own: a page that is out of date",
}
# Said twice on purpose: what the second one would let through is refused by the first as well.
SAID_TWICE = {
    # Nobody sees a note: `visible_to(None)` is empty already.
    "NoteQuerySet.editable_by: filter(author__isnull=False)",
    # Who asks and when are written together; who leaves takes their name, and the other question stays.
    *("ASKED: Q(requested_at__isnull=False)", "Share.is_asked: asked: self.requested_at"),
    # The row that is held already, looked up again to be locked: by its own parent.
    *("Moment.rewrite: .editable_by()", "Moment.share_with: .editable_by()"),
    *("Share.invite: .editable_by()", "Share.agree: .editable_by()"),
    # It reads nothing: without it each would wait for everybody.
    "in_turn: filter(pk=author.pk)",
    # `ShareQuerySet.end` asks who may end it, whoever calls.
    "Share.end: .endable_by()",
}


def chooses(condition):
    return condition.method in CHOOSING or condition.name in CHOOSING


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
    proofs = [ROWS, OF_ONE_PAGE, PAGES] if chooses(condition) else ACCESS
    red = next((proof for proof in proofs if not run(proof, f"{condition.module}:{condition.number}")), [""])
    print(f"{time.monotonic() - began:5.0f} s  {' '.join(red)[:40] or 'NOTHING':40}  {condition}", flush=True)
    return red[0]


def asked_about():
    """All rules, or those with one of the words in RULES."""
    words = [word for word in os.environ.get("RULES", "").split(",") if word]
    return [one for one in all_conditions() if not words or any(word in str(one) for word in words)]


def survivors(rules):
    with ThreadPoolExecutor(2) as two:
        found = dict(zip(rules, two.map(first_red, rules), strict=True))
    return [str(one) for one, red in found.items() if not red]


def test_with_nothing_switched_off_all_is_green():
    with ThreadPoolExecutor(2) as two:
        assert list(two.map(run, [*ACCESS, OF_ONE_PAGE])) == [True] * 5


def test_each_access_rule_that_is_switched_off_turns_a_proof_of_access_red():
    assert survivors([one for one in asked_about() if not chooses(one) and one.name not in SAID_TWICE]) == []


def test_each_condition_that_chooses_turns_something_red():
    assert survivors([one for one in asked_about() if chooses(one)]) == []


def test_every_module_with_a_queryset_of_private_rows_is_switched_off():
    private = ("editable_by", "visible_to")
    held = {
        path.stem
        for path in path_of("x").parent.glob("*.py")
        if any(f"def {name}(self" in path.read_text() for name in private)
    }
    assert held - {"offers"} == set(QUERYSETS)


@pytest.mark.parametrize("module", MODULES)
def test_a_condition_that_is_switched_off_leaves_source_that_compiles(module):
    found = list(conditions(module))
    assert found
    for one in found:
        compile(without(module, one.number), one.module, "exec")


def test_what_chooses_or_is_said_twice_is_still_there():
    there = {name for one in all_conditions() for name in (one.method, one.name)}
    assert there >= CHOOSING.keys() | SAID_TWICE


def test_every_model_that_judges_is_switched_off():
    """Whatever looks at what a share is, or at what felt scary, is among the judges or a queryset's."""
    there = {one.method.rpartition(".")[2] for one in all_conditions()}
    assert there >= {name for names in JUDGES.values() for name in names}
