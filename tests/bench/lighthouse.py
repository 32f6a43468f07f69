"""Lighthouse's mobile preset on Today, the form and the week, signed in, on a copy as `make run` serves it.

    python -m tests.environment python -m tests.bench.lighthouse LIGHTHOUSE [TIMES]

Prints the middle of TIMES runs (5) of each page: a busy machine makes single ones too slow. The reports are not kept.
A page with one line of words comes first: how long it takes tells how fast the machine is.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Thread

from tests.browser.server import served

PAGES = {"Today": "/", "form": "/moments/new/?kind=responsive", "week": "/weeks/"}
BARE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Bare</title><p>Words.'
SCORES = ("performance", "accessibility", "best-practices")
# What is measured, its unit, how many of Lighthouse's make one, and the most it should be.
MEASURED = {
    "first-contentful-paint": ("s", 1000, 0.9),
    "largest-contentful-paint": ("s", 1000, 1.1),
    "cumulative-layout-shift": ("", 1, 0),
    "total-blocking-time": ("ms", 1, 200),
    "total-byte-weight": ("kB", 1000, 40),
}
FLAGS = "--headless=new --disable-dev-shm-usage" + (" --no-sandbox" if os.geteuid() == 0 else "")


class Silent(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def bare_page(folder: Path) -> Iterator[str]:
    """Its address."""
    folder.mkdir()
    (folder / "index.html").write_text(BARE)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Silent, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def report(lighthouse: str, address: str, session: str, file: Path) -> dict:
    """What Lighthouse says of one page. It fails now and then on a busy machine, and is asked again."""
    command = ["node", lighthouse, address, "--quiet", "--output=json", f"--output-path={file}"]
    command += [f"--only-categories={','.join(SCORES)}", f"--chrome-flags={FLAGS}"]
    command += ["--extra-headers", json.dumps({"Cookie": f"session={session}"})]
    for _ in range(3):
        subprocess.run(command, env=os.environ | {"CHROME_PATH": "/usr/bin/chromium"}, check=False)
        told = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"runtimeError": "no report"}
        if "runtimeError" not in told:
            return told
    raise RuntimeError(f"Lighthouse cannot look at {address}: {told['runtimeError']}")


def show(name: str, reports: list[dict]) -> None:
    print(f"\n{name}")
    for score in SCORES:
        print(f"  {score:<28}{100 * median(told['categories'][score]['score'] for told in reports):8.0f}   of 100")
    for audit, (unit, of, most) in MEASURED.items():
        value = median(told["audits"][audit]["numericValue"] for told in reports) / of
        print(f"  {audit:<28}{value:8.2f} {unit:<2} <= {most:g}{'  <-- misses' if value > most else ''}")
    for lost in sorted({lost for told in reports for lost in lost_points(told)}):
        print(f"  not whole: {lost}")


def lost_points(told: dict) -> set[str]:
    """What lowered a score in one of the runs."""
    asked = {ref["id"] for score in SCORES for ref in told["categories"][score]["auditRefs"] if ref["weight"]}
    return {told["audits"][name]["title"] for name in asked if (told["audits"][name]["score"] or 0) < 1} & {
        audit["title"] for audit in told["audits"].values() if audit["score"] is not None
    }


def main(lighthouse: str, times: str = "5") -> None:
    with TemporaryDirectory() as folder, served(Path(folder), "lighthouse") as server:
        with open(os.devnull, "w") as nowhere, redirect_stderr(nowhere):  # it logs each of a hundred sign-ins
            session = server.families()["en"]["sessions"]["parent"]
        with bare_page(Path(folder) / "bare") as bare:
            pages = {"a bare page": bare} | {name: server.address + path for name, path in PAGES.items()}
            for name, address in pages.items():
                show(name, [report(lighthouse, address, session, Path(folder) / "json") for _ in range(int(times))])


if __name__ == "__main__":
    main(*sys.argv[1:])
