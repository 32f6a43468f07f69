"""The servers that are measured, and the table that comes out."""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field

import pytest

from tests.bench.measuring import Client
from tests.bench.server import Server, outside_values, run, run_module, serving
from tests.browser.server import own_database

SIZES = (10, 1_000, 10_000, 50_000)
APPLICATION = "config.wsgi:application"
FLOOR = "django.core.wsgi:get_wsgi_application()"


@dataclass
class Figures:
    """Rows of the table. What should hold and does not is marked; on a busy machine that proves nothing."""

    rows: list[tuple[str, str, str, str, bool]] = field(default_factory=list)

    def add(self, name: str, measured: float, unit: str, *, most: float | None = None, least: float | None = None):
        wanted = f"<= {most:g}" if most is not None else f">= {least:g}" if least is not None else ""
        misses = (most is not None and measured > most) or (least is not None and measured < least)
        self.rows.append((name, f"{measured:,.2f}" if measured < 100 else f"{measured:,.0f}", unit, wanted, misses))

    def head(self, title: str) -> None:
        self.rows.append((title, "", "", "", False))


figures = pytest.StashKey[Figures]()


@pytest.fixture(scope="session", name="figures")
def table(pytestconfig):
    return pytestconfig.stash.setdefault(figures, Figures())


def pytest_terminal_summary(terminalreporter, config):
    if figures not in config.stash:
        return
    terminalreporter.section("figures")
    for name, measured, unit, wanted, misses in config.stash[figures].rows:
        if not measured:
            terminalreporter.write_line(f"\n{name}")
            continue
        mark = "  <-- misses" if misses else ""
        terminalreporter.write_line(f"  {name:<44}{measured:>9} {unit:<8} {wanted:<8}{mark}")


@dataclass(frozen=True)
class Served:
    """A server of its own data, and who can ask it: cookies by the name of a journal."""

    environment: Mapping[str, str]
    application: str
    probe: str
    cookies: Mapping[str, Mapping[str, str]]
    csrf_cookie: str

    def start(self):
        return serving(self.application, self.environment, self.probe)

    def client(self, server: Server, who: str) -> Client:
        return Client(server, self.cookies[who], self.csrf_cookie)


@pytest.fixture(scope="session")
def databases(tmp_path_factory):
    """A new database for each of the two, SQLite unless DATABASE_URL names a PostgreSQL."""
    folder = tmp_path_factory.mktemp("floor")
    with ExitStack() as stack:
        journal = stack.enter_context(own_database("bench_journal"))
        floor = stack.enter_context(own_database("bench_floor"))
        yield journal, {"FLOOR_DATABASE_URL": floor.get("DATABASE_URL", f"sqlite:///{folder / 'db.sqlite3'}")}


@pytest.fixture(scope="session")
def journal(databases, tmp_path_factory):
    """The app with all it needs, as `make run` prepares it, and journals of every size instead of the demo."""
    folder = tmp_path_factory.mktemp("journal")
    environment = outside_values() | {"DATA_DIR": str(folder / "data"), "DJANGO_SETTINGS_MODULE": "config.settings"}
    environment |= databases[0]
    run(environment, "make", "--no-print-directory", "content", "static")
    cookies = run_module(environment, "tests.bench.journals", *map(str, SIZES))
    return Served(environment, APPLICATION, "/livez", cookies, "csrf")


@pytest.fixture(scope="session")
def floor(databases):
    environment = outside_values() | {"DJANGO_SETTINGS_MODULE": "tests.bench.floor.settings"} | databases[1]
    cookies = run_module(environment, "tests.bench.floor")
    return Served(environment, FLOOR, "/", {"someone": cookies}, "csrftoken")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    arguments = ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    return browser_type_launch_args | {"executable_path": "/usr/bin/chromium", "args": arguments}
