"""A parent's own phone on a line that can be cut, and what is written on it without a signal."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.line import Line

PHONE = {"width": 390, "height": 844}
# Letters of twice the usual size, in pixels.
LARGE = 32
LOCALES = {"en": "en-US", "es": "es-MX"}
COUNT = "[data-outbox-count]"


def sign_in(context: BrowserContext, line: Line, session: str) -> None:
    context.add_cookies([{"name": "session", "value": session, "url": line.address}])


def make_own(page: Page) -> None:
    """Say that it is one's own, and wait until it can write without a signal."""
    page.goto("/phone/")
    page.get_by_role("button", name="This is my own phone").click()
    expect(page.locator("[data-phone-ready]")).to_be_visible()


def write_without_signal(page: Page, text: str, door: str = "I responded") -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("No signal")
    page.get_by_role("link", name=door).click()
    page.get_by_label("Your words").fill(text)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It is kept")


def journal_of(page: Page) -> list[str]:
    """The words of every moment, newest first."""
    page.goto("/moments/")
    return page.locator(".moment .words").all_text_contents()


def wait_until_sent(page: Page) -> None:
    """Nothing waits on this phone any more."""
    page.wait_for_timeout(50)
    for _try in range(200):
        if not waiting(page):
            return
        page.wait_for_timeout(100)
    raise AssertionError("Something waits still.")


def waiting(page: Page) -> list[dict]:
    """The entries that wait, as they stand on the phone."""
    return page.evaluate(
        """() => new Promise((resolve) => {
          const asked = indexedDB.open("notes", 1);
          asked.onsuccess = () => {
            const all = asked.result.transaction("waiting").objectStore("waiting").getAll();
            all.onsuccess = () => { asked.result.close(); resolve(all.result); };
          };
        })"""
    )


def seal_many(page: Page, line: Line, texts: list[str]) -> None:
    """Put these into the outbox, on the empty page, as its form does. The line is cut: mend it to have them sent."""
    page.goto("/offline/")
    line.cut()  # or what the page's opening has sent may take some of them along
    page.evaluate(
        """async (texts) => {
          for (const [place, text] of texts.entries()) {
            const happened_at = outbox.withOffset(new Date(Date.now() - (texts.length - place) * 60000));
            await outbox.seal(crypto.randomUUID(), { kind: "responsive", text, happened_at });
          }
        }""",
        texts,
    )


def own_phone(page: Page) -> dict | None:
    """What the phone keeps of its person."""
    return page.evaluate(
        """() => new Promise((resolve) => {
          const asked = indexedDB.open("notes", 1);
          asked.onsuccess = () => {
            const own = asked.result.transaction("phone").objectStore("phone").get("own");
            own.onsuccess = () => { asked.result.close(); resolve(own.result); };
          };
        })"""
    )
