"""Takes the pictures of twelve pages that README and docs/pages.md show, of the demo families of a new copy.

python -m tests.browser.pictures FOLDER
"""

import base64
import os
import sys
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.clock import today
from tests.browser.phones import LOCALES, PHONE
from tests.browser.server import served

PASSWORD = "most-of-the-time-demo"
WHO = {"parent": "parent@example.org", "madre": "other@example.org", "visitor": "visitor@example.org"}
LAST_MONDAY = (today() - timedelta(days=today().weekday() + 7)).isoformat()
# Who opens it, its theme, and its address, or the link that leads to it from there.
PAGES = {
    "landing": ("", "light", "/", ""),
    "today": ("parent", "light", "/", ""),
    "write": ("parent", "dark", "/moments/new/?kind=responsive", ""),
    "moment": ("madre", "light", "/moments/", ".words .moment-open"),
    "journal": ("madre", "dark", "/moments/", ""),
    "week": ("parent", "dark", f"/weeks/{LAST_MONDAY}/", ""),
    "guide": ("madre", "light", "/guide/good-enough/", ""),
    "sharing": ("parent", "light", "/sharing/", ""),
    "consent": ("madre", "light", "/sharing/", "a[href$='/agree/']"),
    "visit": ("visitor", "light", "/families/", "main a[href^='/families/']:not([href*='guide'])"),
    "help": ("madre", "dark", "/help/", ""),
    "phone": ("parent", "dark", "/phone/", ""),
}
# A picture of a whole page would be long: what shows at first is what a person meets.
QUALITY = 82


def sign_in(context: BrowserContext, email: str) -> None:
    page = context.new_page()
    page.goto("/account/login/")
    page.locator("[name=login]").fill(email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_selector("[data-private]")
    page.close()


def take(page: Page) -> bytes:
    """What the window shows, as WebP."""
    page.evaluate("() => document.activeElement.blur()")
    shot = {"format": "webp", "quality": QUALITY}
    return base64.b64decode(page.context.new_cdp_session(page).send("Page.captureScreenshot", shot)["data"])


def open_page(browser: Browser, address: str, who: str, theme: str) -> Page:
    language = "es" if who == "madre" else "en"
    context = browser.new_context(
        base_url=address, viewport=PHONE, device_scale_factor=2, locale=LOCALES[language], color_scheme=theme
    )
    if who:
        sign_in(context, WHO[who])
    return context.new_page()


def main(folder: str) -> None:
    arguments = ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with TemporaryDirectory() as data, served(Path(data), "pictures") as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        for name, (who, theme, path, link) in PAGES.items():
            page = open_page(browser, server.address, who, theme)
            page.goto(path)
            if link:
                page.goto(page.locator(link).first.get_attribute("href"))
            file = Path(folder) / f"{name}.webp"
            file.write_bytes(take(page))
            print(f"{file}: {file.stat().st_size / 1000:.0f} kB, {page.title()}")
            page.context.close()
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
