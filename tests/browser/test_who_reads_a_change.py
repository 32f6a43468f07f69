"""Beside Save of a shared moment stands what its change will be: read by who reads it, or "Just me" again."""

from playwright.sync_api import expect

from tests.pages import PAGES


def test_the_line_beside_save_follows_the_mark_and_the_child(visit):
    wanted = next(page for page in PAGES if page.name == "moment-shared-edit")
    page = visit(wanted, "en")
    stays, back = page.get_by_text("and will read the change."), page.get_by_text("it is “Just me” again.")
    mark, kept = page.get_by_label("This felt scary or unsafe"), page.locator("[name=child]:checked")
    kept = page.locator(f"[id='{kept.get_attribute('id')}']")

    def is_read(it):
        expect(stays).to_be_visible(visible=it)
        expect(back).to_be_visible(visible=not it)

    is_read(True)
    mark.check()
    is_read(False)
    mark.uncheck()
    is_read(True)
    page.get_by_role("radio", name="No child named").check()
    is_read(False)
    kept.check()
    is_read(True)
