"""Words that are nowhere, looked for in 10,000 moments: each one is opened."""

from tests.bench.measuring import take_turns


def test_a_search_that_finds_nothing(journal, figures):
    with journal.start() as server:
        parent = journal.client(server, "10000")
        search = parent.get("/moments/", {"q": "xyzzy"})
        take_turns([search], rounds=3, times=1, warm_up=0)
    figures.head("Search, 10,000 moments, not found")
    figures.add("time", search.ms, "ms", most=1000)
    figures.add("processor", search.cpu_ms, "ms")
