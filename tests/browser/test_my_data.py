"""A journal is taken along and brought into another one, with scripts and without; nothing in its page runs."""

import zipfile

import pytest
from playwright.sync_api import expect

from tests.browser.writing import EACH_WAY, journal_holds, save, write
from tests.factories import PASSWORD

HOSTILE = '<img src="https://evil.example/x" onerror="alert(1)"><script>alert(2)</script> =1+1'


def come_to(page, address):
    """Past the question who it is, if it is asked."""
    page.goto(address)
    if "/reauthenticate/" in page.url:
        page.get_by_label("Password").fill(PASSWORD)
        page.locator("main form button[type=submit]").last.click()


@pytest.mark.parametrize("scripts", **EACH_WAY)
def test_a_journal_is_taken_along_and_brought_into_another(scripts, new_journal, browser, tmp_path):
    page = new_journal("/moments/new/?kind=missed", java_script_enabled=scripts)
    write(page, HOSTILE)
    save(page)
    come_to(page, "/settings/export/")
    page.get_by_role("button", name="Pack my journal").click()
    expect(page.get_by_role("status")).to_contain_text("Your file is ready. 1 moment is in it.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save the file").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    page.goto("/settings/export/")
    expect(page.get_by_role("button", name="Pack my journal")).to_be_visible()

    other = new_journal("/settings/import/", java_script_enabled=scripts)
    other.get_by_label("The file").set_input_files(saved)
    other.get_by_role("button", name="Look what is in it").click()
    expect(other.get_by_role("main")).to_contain_text("1 moment")
    other.get_by_role("button", name="Bring it in").click()
    journal_holds(other, HOSTILE)
    nothing_runs_in(browser, saved, tmp_path)


def nothing_runs_in(browser, saved, folder):
    """The readable page, opened from the disk: it shows the words, asks for nothing, opens nothing, says nothing."""
    with zipfile.ZipFile(saved) as archive:
        archive.extract("journal.html", folder)
    context = browser.new_context()
    page, happened = context.new_page(), []
    page.on("request", lambda request: happened.append(request.url))
    page.on("dialog", lambda dialog: happened.append(dialog.message))
    page.on("console", lambda message: happened.append(message.text))
    page.on("pageerror", lambda error: happened.append(str(error)))
    address = (folder / "journal.html").as_uri()
    page.goto(address)
    expect(page.get_by_text(HOSTILE)).to_be_visible()
    assert page.title() == "Notes"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert happened == [address]
    context.close()
