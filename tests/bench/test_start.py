"""How fast a worker starts, and how much memory it holds once it has served every page."""

import time
from statistics import median

from tests.bench.measuring import Client

STARTS = 5
PAGES = [
    "/",
    "/moments/",
    "/weeks/",
    *(f"/moments/new/?kind={kind}" for kind in ("responsive", "missed", "repair", "reflection")),
    "/children/",
    "/children/new/",
    "/settings/",
    "/guide/",
    "/guide/breaks/",
    "/help/",
    "/pause/",
    "/privacy/",
]
SIGN_UP = {"email": "new@example.com", "password1": "seven-quiet-otters-hum"}


def test_a_cold_start(journal, floor, figures):
    """From the start of gunicorn to the first answer of its one worker; a bare Django's tells how fast the machine is."""
    taken, bare = [], []
    for _ in range(STARTS):
        taken.append(seconds_to_start(journal))
        bare.append(seconds_to_start(floor))
    figures.head("One worker")
    figures.add(f"cold start, the middle of {STARTS}", median(taken) * 1000, "ms", most=420)
    figures.add("the floor's cold start", median(bare) * 1000, "ms")
    figures.add("cold start: of the floor's", median(taken) / median(bare), "times")


def seconds_to_start(served):
    start = time.perf_counter()
    with served.start():
        return time.perf_counter() - start


def test_memory_after_every_page(journal, figures):
    with journal.start() as server:
        parent, stranger = journal.client(server, "10000"), Client(server, {})
        for path in PAGES:
            parent.ask(path)
        parent.ask("/moments/", {"q": "xyzzy"})
        for path in ("/", "/account/login/", "/account/signup/", "/account/password/reset/"):
            stranger.ask(path)
        stranger.ask("/account/signup/", SIGN_UP, status=302)
        figures.add("memory after every page (PSS)", server.memory_mib, "MiB", most=50)
