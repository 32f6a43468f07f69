"""What a screen reader is told of a page, as a tree of roles and names, kept in data/trees/ and compared.

`KEEP_TREES=1 python -m pytest tests/browser/test_trees.py` keeps what the pages tell now; the change is then read.
"""

import csv
import os
import re
from pathlib import Path

from playwright.sync_api import Page

from journal.loading import CONTENT

KEPT = Path(__file__).with_name("data") / "trees"
MONTHS = "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
MONTHS += "|Nov(?:ember)?|Dec(?:ember)?"
DAYS = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
DATE = rf"(?:{MONTHS})\.? \d{{1,2}}(?:, \d{{4}})?(?: to (?:(?:{MONTHS}) )?\d{{1,2}})?"
# What is another on another day, in the order in which it is looked for.
CHANGING = [
    (r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "ID"),
    (r"\d{4}-\d{2}-\d{2}", "DAY"),
    (rf"(?:{DAYS}, )?{DATE}", "DAY"),
    (DAYS, "WEEKDAY"),
]


def questions() -> list[str]:
    with (CONTENT / "prompts.csv").open(encoding="utf-8", newline="") as file:
        return [row["text_en"] for row in csv.DictReader(file)]


def tree(page: Page) -> str:
    """The whole page but its foot and head, which stand on every page, with the question of the day and dates apart."""
    told = page.locator("main").aria_snapshot()
    for question in questions():
        told = told.replace(question, "QUESTION").replace(question.replace('"', '\\"'), "QUESTION")
    for changing, name in CHANGING:
        told = re.sub(changing, name, told)
    return told + "\n"


def check(page: Page, name: str) -> None:
    path, told = KEPT / f"{name}.yml", tree(page)
    if os.environ.get("KEEP_TREES"):
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8")
