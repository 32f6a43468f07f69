"""What the first visit of Today weighs on the wire, with everything: in a real browser that has seen nothing yet."""

from collections import Counter


def test_the_first_visit_of_today(journal, browser, figures):
    with journal.start() as server:
        html = len(journal.client(server, "1000").ask("/"))
        weights = first_visit(browser, server, journal.cookies["1000"])
    figures.head("First visit of Today, signed in, 1,000 moments")
    figures.add("HTML, gzip", html / 1000, "kB", most=8)
    for kind, (requests, weight) in sorted(weights.items()):
        figures.add(f"{kind}, {requests} requests, with headers", weight / 1000, "kB")
    whole = sum(weight for _requests, weight in weights.values())
    figures.add("everything", whole / 1000, "kB", most=40)
    assert html <= 8_000
    assert whole <= 40_000


def first_visit(browser, server, cookies):
    """Requests and bytes by type, as the browser's own network log tells them: headers and bodies as they came."""
    address = f"http://127.0.0.1:{server.port}"
    context = browser.new_context()
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    page = context.new_page()
    log = context.new_cdp_session(page)
    log.send("Network.enable")
    kinds, requests, weights = {}, Counter(), Counter()
    log.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))

    def finished(event):
        kind = kinds[event["requestId"]]
        requests[kind] += 1
        weights[kind] += int(event["encodedDataLength"])

    log.on("Network.loadingFinished", finished)
    page.goto(address, wait_until="networkidle")
    context.close()
    return {kind: (requests[kind], weights[kind]) for kind in weights}
