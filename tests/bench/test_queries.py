"""How many queries a page takes, with 10, 1,000 and 10,000 moments: session, person and data key included."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import DataKey
from journal.models import Child, Moment, Prompt
from journal.models.help import REST_THEME
from tests.bench.journals import make_journal

MOST = {"Today": 9, "list": 7, "week": 8, "form": 7, "save": 13}
TRANSACTION = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT")


def queries_of(ask) -> int:
    """Those of one request to a worker that knows nobody yet, without the statements that only open and close."""
    DataKey.opened.clear()
    with CaptureQueriesContext(connection) as captured:
        ask()
    return sum(not query["sql"].startswith(TRANSACTION) for query in captured)


def visits(client, parent):
    """Each page as it is asked for: the first time a day, with a question to choose, and then again."""
    child = Child.objects.editable_by(parent).first()
    missed = Moment.objects.editable_by(parent).missed().newest_first().last()
    about_rest = Prompt.objects.filter(theme__slug=REST_THEME).first()  # its page has the lines to call

    def get(path):
        return lambda: client.get(path)

    def save(kind, **fields):
        sent = {"id": str(uuid4()), "kind": kind, "child": str(missed.child_id or ""), "text": "She waved.", **fields}
        return lambda: client.post("/moments/new/", sent)

    yield "Today", get("/")
    yield "list", get("/moments/")
    yield "list", get(f"/moments/?kind=missed&child={child.pk}")
    yield "list", lambda: client.post("/moments/", {"q": "the"})
    yield "week", get("/weeks/")
    yield "week", get(f"/weeks/?child={child.pk}")
    for kind in ("responsive", "missed", "repair", "reflection"):
        yield "form", get(f"/moments/new/?kind={kind}&child={child.pk}")
    yield "form", get(f"/moments/new/?kind=repair&repairs={missed.pk}")
    yield "form", get(f"/moments/new/?kind=reflection&prompt={about_rest.pk}")
    yield "save", save("responsive", cue="tired")
    yield "save", save("repair", repairs=str(missed.pk))


@pytest.mark.django_db
@pytest.mark.parametrize("size", [10, 1_000, 10_000])
def test_queries_of_each_page_stay_within_their_number(client, figures, size):
    call_command("load_content", verbosity=0)
    parent = make_journal(size, datetime.now(UTC).date())
    client.force_login(parent)
    counted = dict.fromkeys(MOST, 0)
    for _ in range(2):
        for name, ask in visits(client, parent):
            counted[name] = max(counted[name], queries_of(ask))
    figures.head(f"Queries, {size:,} moments (the most of a page's variants, first and second visit)")
    for name, most in MOST.items():
        figures.add(name, counted[name], "queries", most=most)
    assert {name: counted[name] for name in MOST if counted[name] > MOST[name]} == {}
