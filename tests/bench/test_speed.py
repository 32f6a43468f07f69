"""How long the pages take: against a page that does the least, and with a journal that grows."""

from datetime import UTC, datetime, timedelta

import pytest

from journal.weeks import Week
from tests.bench.conftest import SIZES
from tests.bench.measuring import take_turns

ROUNDS, TIMES, WARM_UP = 12, 20, 5
TEXT = "She looked up and I waved back at her."
SAVED = {"kind": "responsive", "when": "now", "child": "", "text": TEXT, "cue": "tired"}
FLAT_SIZES = (10, 1_000, 50_000)


def light_week() -> str:
    """The page of the last week with fourteen moments."""
    monday = Week.of(datetime.now(UTC).date()).monday - timedelta(weeks=2)
    return f"/weeks/{monday.isoformat()}/"


@pytest.fixture(scope="module")
def measured(journal, floor):
    """Every page, measured in turn with all the others."""
    assert set(FLAT_SIZES) <= set(SIZES)
    with journal.start() as server, floor.start() as floor_server:
        bare = floor.client(floor_server, "someone")
        pages = {"floor": bare.get("/"), "floor save": bare.post("/new/", {"title": "Entry", "text": TEXT})}
        for size in FLAT_SIZES:
            parent = journal.client(server, str(size))
            pages[f"Today {size}"] = parent.get("/")
            pages[f"list {size}"] = parent.get("/moments/")
            pages[f"week {size}"] = parent.get("/weeks/")
            pages[f"form {size}"] = parent.get("/moments/new/?kind=responsive")
        pages["one child"] = journal.client(server, "one child").get(light_week())
        pages["two children"] = journal.client(server, "1000").get(light_week())
        pages["save"] = journal.client(server, "writer").post("/moments/new/", SAVED, with_id=True)
        take_turns(pages.values(), rounds=ROUNDS, times=TIMES, warm_up=WARM_UP)
    return pages


def add(figures, name, page, floor, *, most=None):
    figures.add(f"{name}: of the floor's time", page.ms / floor.ms, "times", most=most)
    figures.add(f"{name}: of the floor's processor time", page.cpu_ms / floor.cpu_ms, "times")
    figures.add(f"{name}: processor", page.cpu_ms, "ms")
    figures.add(f"{name}: rate", 1000 / page.ms, "a second")


def test_pages_against_the_floor(measured, figures):
    floor = measured["floor"]
    figures.head("Against a bare signed-in page of 50 rows; 1,000 moments, one worker")
    figures.add("floor: processor", floor.cpu_ms, "ms")
    figures.add("floor: rate", 1000 / floor.ms, "a second")
    add(figures, "Today", measured["Today 1000"], floor, most=2.2)
    add(figures, "list", measured["list 1000"], floor, most=2.2)
    figures.add("list: of the floor's, 95th percentile", measured["list 1000"].ms_95 / floor.ms_95, "times", most=2.3)
    add(figures, "week of 14 moments, one child", measured["one child"], floor, most=2.2)
    add(figures, "week of 14 moments, two children", measured["two children"], floor)
    add(figures, "form", measured["form 1000"], floor, most=1.5)


def test_a_save_against_the_floor(measured, figures):
    save, floor = measured["save"], measured["floor save"]
    figures.head("A saved moment against a bare form that writes one row")
    figures.add("save: of the floor's rate", floor.ms / save.ms, "times", least=0.45)
    for name, page in (("save", save), ("floor", floor)):
        figures.add(f"{name}: processor", page.cpu_ms, "ms")
        figures.add(f"{name}: rate", 1000 / page.ms, "a second")


def test_pages_stay_flat(measured, figures):
    figures.head("Processor time, from 10 moments to 50,000 of one parent")
    for name in ("Today", "list", "week", "form"):
        few, some, many = (measured[f"{name} {size}"].cpu_ms for size in FLAT_SIZES)
        for size, cpu_ms in zip(FLAT_SIZES, (few, some, many), strict=True):
            figures.add(f"{name}: {size:,} moments", cpu_ms, "ms")
        figures.add(f"{name}: 50,000 against 10", (many / few - 1) * 100, "% more", most=15)
        figures.add(f"{name}: 50,000 against 1,000", (many / some - 1) * 100, "% more", most=15)
