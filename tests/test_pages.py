"""The list of pages is whole: the checks that look at every page look at every address that answers with one."""

import re
from uuid import UUID

import pytest
from django.urls import Resolver404, get_resolver, resolve

from tests.pages import ALL_PAGES

# Addresses without a page of their own, and what they answer with.
WITHOUT_A_PAGE = {
    "livez": "plain text",
    "readyz": "plain text",
    "mfa_download_recovery_codes": "a file of plain text",
    "journal:today-another": "a way back to Today, or a part of it",
    "journal:family-status": "nothing: it says whether an open page may still be looked at",
    "journal:service-worker": "a script",
    "journal:manifest": "what a phone calls the app",
    "journal:outbox": "what the page's own script sends and reads, as JSON",
    "journal:draft-save": "nothing: it says whether what was typed is kept",
    "journal:draft-put-away": "a way back to Today",
    "journal:draft-delete": "a way back to what was begun",
    "journal:export-more": "a way back to the export",
    "journal:note-seen": "a way back to Today",
    "journal:family-visit-held": "a way back to the family",
    "admin:login": "a way to where everybody signs in",
    "admin:journal_prompt_check": "a part of a question's page",
    "admin:journal_prompt_coverage_file": "a file",
    "admin:journal_prompt_export": "a file",
    "admin:journal_prompt_export_xlsx": "a file",
    "admin:accounts_user_find": "a way to the person, or back to the list",
    **dict.fromkeys(
        [f"admin:accounts_user_{name}" for name in ("close", "reopen", "end-sessions", "let-edit", "let-edit-no-more")],
        "a way back to the person",
    ),
    **dict.fromkeys(
        ["admin:accounts_user_add", "admin:accounts_user_delete", "admin:journal_theme_delete"]
        + [f"admin:journal_{model}_{verb}" for model in ("savedline", "programtext") for verb in ("add", "delete")],
        "never anything but that it is not allowed",
    ),
}
# What stands for a row in a path.
ROWS = (str(UUID(int=0)), "1")
STATUSES = (200, 400, 403, 409, 422, 429, 500)


def routes(resolver, names=()):
    """The names of all addresses. Two of the admin's have none: an old way to a row's page, and what is not there."""
    for pattern in resolver.url_patterns:
        if not hasattr(pattern, "url_patterns"):
            yield from [":".join([*names, pattern.name])] if pattern.name else []
        else:
            yield from routes(pattern, [*names, *filter(None, [pattern.namespace])])


def route_of(page):
    path = page.path.partition("?")[0]
    for row in ROWS:
        try:
            found = resolve(re.sub(r"\{\w+\}", row, path))
        except Resolver404:
            continue
        if found.url_name:
            return found.view_name
    return None


def test_every_address_that_answers_with_a_page_is_looked_at():
    looked_at = {route_of(page) for page in ALL_PAGES if page.status in STATUSES}
    assert set(routes(get_resolver())) - looked_at == WITHOUT_A_PAGE.keys()


def test_an_address_that_nobody_looks_at_is_missed():
    looked_at = {route_of(page) for page in ALL_PAGES if not page.path.startswith("/families/")}
    assert "journal:family-week" in set(routes(get_resolver())) - looked_at


@pytest.mark.parametrize("field", ["name", "path"])
def test_no_page_is_listed_twice(field):
    told = [page.name if field == "name" else (page.path, page.who, str(page.sent), page.before) for page in ALL_PAGES]
    assert len(told) == len(set(map(str, told)))
