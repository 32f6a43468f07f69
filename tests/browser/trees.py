"""What a screen reader is told of a page, as a tree of roles and names, kept in data/trees/ and compared.

`KEEP_TREES=1 python -m pytest tests/browser/test_trees.py` keeps what the pages tell now; the change is then read.
"""

import csv
import os
import re
from difflib import unified_diff
from pathlib import Path

from playwright.sync_api import Page

from journal.loading import CONTENT

KEPT = Path(__file__).with_name("data") / "trees"
MONTHS = "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
MONTHS += "|Nov(?:ember)?|Dec(?:ember)?"
DAYS = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
DATE = rf"(?:{MONTHS})\.? \d{{1,2}}(?:, \d{{4}})?(?: to (?:(?:{MONTHS}) )?\d{{1,2}}(?:, \d{{4}})?)?"
SENTENCE = "She looked up and waited for me, and I put the basket down."
# What is another on another day, or as long as its writer liked, in the order in which it is looked for.
CHANGING = [
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID"),
    (r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", "DAY AND TIME"),
    (r"\d{4}-\d{2}-\d{2}", "DAY"),
    (rf"(?:{DAYS}, )?{DATE}", "DAY"),
    (DAYS, "WEEKDAY"),
    (r"\b(?:\d{1,2}(?::\d{2})? [ap]\.m\.|noon|midnight)", "TIME"),
    (r"kind=\w+&prompt=\d+", "kind=KIND&prompt=ID"),
    (r"/guide/[a-z-]+/", "/guide/THEME/"),
    (r"\d+ moments you marked", "N moments you marked"),
    (rf"{SENTENCE}(?: {SENTENCE})*(?: She looked.*)?", f"{SENTENCE} AND SO ON"),
]


def questions() -> list[str]:
    with (CONTENT / "prompts.csv").open(encoding="utf-8", newline="") as file:
        return [row["text_en"] for row in csv.DictReader(file)]


# What stands beside a question about rest alone: another day has another question.
BESIDE_REST = "#today-question p:has(a[href='/pause/']), #question-card details"


def tree(page: Page, part: str) -> str:
    """A part of the page, with the question of the day and dates apart."""
    page.locator(BESIDE_REST).evaluate_all("(parts) => parts.forEach((one) => one.remove())")
    told = page.locator(part).aria_snapshot()
    for question in questions():
        told = told.replace(question, "QUESTION").replace(question.replace('"', '\\"'), "QUESTION")
    # One with signs of YAML in it stands in quotes.
    told = told.replace(': "QUESTION"', ": QUESTION")
    for changing, name in CHANGING:
        told = re.sub(changing, name, told)
    return told + "\n"


def check(page: Page, name: str, part: str = "main") -> None:
    path, told = KEPT / f"{name}.yml", tree(page, part)
    if os.environ.get("KEEP_TREES"):
        path.write_text(told, encoding="utf-8")
    kept = path.read_text(encoding="utf-8")
    assert told == kept, "\n".join(unified_diff(kept.splitlines(), told.splitlines(), name, "now", n=1, lineterm=""))
