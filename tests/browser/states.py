"""The pages that are looked at in every state a reader may set: the main job, sharing, and the doors to them."""

from tests.pages import PAGES

CHIEF = (
    "landing",
    "sign-in-refused",
    "today",
    "write-missed",
    "write-refused",
    "saved-missed",
    "journal",
    "week-most",
    "agree-asked",
    "family",
    "help",
    "settings",
)
CHIEF_PAGES = [page for page in PAGES if page.name in CHIEF]
assert len(CHIEF_PAGES) == len(CHIEF)
