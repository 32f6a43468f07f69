"""Lighthouse's mobile preset on Today, the form and the week, signed in, on a copy as `make run` serves it.

    python -m tests.environment python -m tests.bench.lighthouse LIGHTHOUSE [TIMES]

Prints the middle of TIMES runs (5) of each page: a busy machine makes single ones too slow. The reports are not kept.
"""

import json
import os
import subprocess
import sys
from contextlib import redirect_stderr
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.browser.server import Server, served

PAGES = {"Today": "/", "form": "/moments/new/?kind=responsive", "week": "/weeks/"}
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


def report(lighthouse: str, server: Server, path: str, session: str, file: Path) -> dict:
    """What Lighthouse says of one page. It fails now and then on a busy machine, and is asked again."""
    command = ["node", lighthouse, f"{server.address}{path}", "--quiet", "--output=json", f"--output-path={file}"]
    command += [f"--only-categories={','.join(SCORES)}", f"--chrome-flags={FLAGS}"]
    command += ["--extra-headers", json.dumps({"Cookie": f"session={session}"})]
    for _ in range(3):
        subprocess.run(command, env=os.environ | {"CHROME_PATH": "/usr/bin/chromium"}, check=False)
        told = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {"runtimeError": "no report"}
        if "runtimeError" not in told:
            return told
    raise RuntimeError(f"Lighthouse cannot look at {path}: {told['runtimeError']}")


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
        for name, path in PAGES.items():
            file = Path(folder) / "report.json"
            show(name, [report(lighthouse, server, path, session, file) for _ in range(int(times))])


if __name__ == "__main__":
    main(*sys.argv[1:])
