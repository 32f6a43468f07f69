"""What tests of writing a moment do again and again."""

from playwright.sync_api import Page, expect

WRITE = "/moments/new/?kind=responsive"
EACH_WAY = {"argvalues": [True, False], "ids": ["with JavaScript", "without JavaScript"]}


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def write(page: Page, text: str) -> None:
    page.get_by_label("Your words").fill(text)


def is_saved(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("You saw it and you answered.")


def journal_holds(page: Page, *texts: str) -> None:
    """These and nothing else, newest first."""
    page.goto("/moments/")
    expect(page.locator(".moment .words")).to_have_text(list(texts))
    expect(page.locator(".moment")).to_have_count(len(texts))
