"""A phone four times slower than this machine on a bad line: 400 ms there and back, 50 kB a second."""

from collections import Counter

import pytest

from tests.browser.phones import LOCALES, PHONE
from tests.browser.server import served

PAGES = {"Today": "/", "form": "/moments/new/?kind=responsive", "week": "/weeks/"}
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 4
# From the first byte on, in the page itself.
WATCH = """() => {
  self.seen = { paint: 0, largest: 0, shift: 0, tasks: [] };
  const watch = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  watch("paint", (entry) => { if (entry.name === "first-contentful-paint") seen.paint = entry.startTime; });
  watch("largest-contentful-paint", (entry) => { seen.largest = entry.startTime; });
  watch("layout-shift", (entry) => { seen.shift += entry.value; });
  watch("longtask", (entry) => { seen.tasks.push(entry.duration); });
}"""
SCRIPTS = """() => performance.getEntriesByType("resource").filter(({ initiatorType }) => initiatorType === "script")
  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with served(tmp_path_factory.mktemp("slow"), "bench_slow") as running:
        yield running


@pytest.fixture(scope="module")
def session(server):
    return server.families()["en"]["sessions"]["parent"]


class Phone:
    """A browser that has seen nothing yet, on that line; `bytes` counts what came over it, headers too."""

    def __init__(self, browser, server, session):
        self.context = browser.new_context(viewport=PHONE, locale=LOCALES["en"], base_url=server.address)
        self.context.add_cookies([{"name": "session", "value": session, "url": server.address}])
        self.page = self.context.new_page()
        self.page.add_init_script(f"({WATCH})()")
        log = self.context.new_cdp_session(self.page)
        log.send("Network.enable")
        log.send("Network.emulateNetworkConditions", LINE)
        log.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        self.bytes = Counter()
        log.on("Network.loadingFinished", lambda event: self.bytes.update(all=int(event["encodedDataLength"])))

    def visit(self, path):
        """What was seen, and the bytes that it took."""
        self.bytes.clear()
        self.page.goto(path, wait_until="networkidle")
        self.page.wait_for_timeout(500)
        return self.page.evaluate("() => seen"), self.bytes["all"], self.page.evaluate(SCRIPTS)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_on_a_slow_line(name, browser, server, session, figures):
    phone = Phone(browser, server, session)
    seen, first, scripts = phone.visit(PAGES[name])
    again, second, _scripts = phone.visit(PAGES[name])
    phone.context.close()
    figures.head(f"{name} on a slow phone with a slow line")
    figures.add("first visit: first words", seen["paint"] / 1000, "s")
    figures.add("first visit: largest paint", seen["largest"] / 1000, "s")
    figures.add("second visit: largest paint", again["largest"] / 1000, "s")
    figures.add("first visit, with headers", first / 1000, "kB", most=40)
    figures.add("second visit, with headers", second / 1000, "kB", most=10)
    figures.add("JavaScript, gzip", scripts / 1000, "kB", most=25)
    figures.add("layout shift", seen["shift"] + again["shift"], "", most=0)
    figures.add("long tasks", len(seen["tasks"] + again["tasks"]), "", most=0)
    figures.add("the longest", max([*seen["tasks"], *again["tasks"], 0]), "ms")
    assert 0 < first <= 40_000
    assert 0 < second <= 10_000
    assert 0 < scripts <= 25_000
    assert seen["shift"] == again["shift"] == 0
    assert 0 < seen["paint"] <= seen["largest"]
