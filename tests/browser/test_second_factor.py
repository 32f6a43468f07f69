"""The second step in a real browser: an app by its code, and a passkey of a phone that Chromium plays."""

import pytest
from playwright.sync_api import expect

from tests.accounts.factors import code_of
from tests.factories import PASSWORD

SECOND_STEP = "/account/2fa/"


@pytest.fixture
def origin(server):
    """A passkey belongs to a name: an address in numbers has none."""
    return server.address.replace("127.0.0.1", "localhost")


@pytest.fixture
def someone(new_context, origin, server, watcher):
    """someone(email): the page of a new parent at their browser."""

    def come(email):
        watcher.allow_host(origin)
        page = new_context(base_url=origin).new_page()
        page.goto("/account/signup/")
        page.get_by_label("E-mail").fill(email)
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Send me the code").click()
        page.get_by_label("Code").fill(server.code_for(email))
        page.get_by_role("button", name="Go on").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        return page

    return come


@pytest.fixture
def phone():
    """phone(page): a phone with a finger on it. Tells the passkeys that it holds."""

    def plug_in(page):
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasUserVerification": True,
            "hasResidentKey": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        added = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return lambda: devtools.send("WebAuthn.getCredentials", added)["credentials"]

    return plug_in


def open_from_settings(page):
    page.goto("/settings/")
    page.get_by_role("link", name="A second step when I sign in").click()


def sign_out_and_in(page, email):
    page.goto("/settings/")
    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/login/?next=/settings/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="One more step")).to_be_visible()


def expect_settings(page):
    expect(page.get_by_role("heading", name="Settings", level=1)).to_be_visible()


def test_an_app_is_set_up_by_typing_its_code_and_its_next_code_signs_in(someone):
    email = "app@example.com"
    page = someone(email)
    open_from_settings(page)
    page.get_by_role("link", name="Set up an app").click()
    expect(page.get_by_role("img", name="QR code with the key for your app")).to_be_visible()
    key = page.locator(".key").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill(code_of(key))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.locator(".codes > li")).to_have_count(10)
    with page.expect_download() as download:
        page.get_by_role("link", name="Save them as a file").click()
    assert download.value.suggested_filename == "notes.txt"
    assert len(download.value.path().read_text().splitlines()) == 10
    page.get_by_role("link", name="I have them. Go on").click()
    expect(page.get_by_text("It is on. When you sign in, you type its code.")).to_be_visible()

    sign_out_and_in(page, email)
    page.get_by_label("Code").fill("000000")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#id_code_error")).to_have_text("That code does not fit. Type the newest one.")
    # The code that set it up is used; the next one fits already, as a clock may be half a minute off.
    page.get_by_label("Code", exact=True).fill(code_of(key, seconds_ago=-30))
    page.get_by_role("button", name="Go on").click()
    expect_settings(page)


def test_a_passkey_is_added_and_signs_in_with_the_password_or_alone_and_shows_who_one_is(someone, phone):
    email = "passkey@example.com"
    page = someone(email)
    passkeys = phone(page)
    open_from_settings(page)
    page.get_by_role("link", name="Add a passkey").click()
    expect(page.get_by_text("A passkey needs JavaScript")).to_be_hidden()
    page.get_by_label("Name").fill("My phone")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    assert [passkey["rpId"] for passkey in passkeys()] == ["localhost"]

    sign_out_and_in(page, email)
    page.get_by_role("button", name="Use my passkey").click()
    expect_settings(page)

    page.get_by_role("button", name="Sign out").click()
    page.goto("/account/login/?next=/settings/")
    page.get_by_role("link", name="Sign in with a passkey").click()
    page.get_by_role("button", name="Use my passkey").click()
    expect_settings(page)

    page.get_by_role("link", name="A second step when I sign in").click()
    expect(page.get_by_text("My phone")).to_be_visible()
    page.get_by_role("link", name="Take it away").click()
    page.get_by_role("button", name="Use my passkey").click()
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_text("The passkey is gone.")).to_be_visible()
    expect(page.get_by_role("link", name="Set up an app")).to_be_visible()


def test_when_the_phone_says_no_the_page_says_so_and_it_may_be_tried_again(someone, phone):
    page = someone("no-phone@example.com")
    open_from_settings(page)
    page.get_by_role("link", name="Add a passkey").click()
    page.evaluate("() => { navigator.credentials.create = () => Promise.reject(new Error('no finger')); }")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("The passkey was not used. Try again, or pick another way.")).to_be_visible()
    expect(page.get_by_role("button", name="Add it")).to_be_enabled()
    page.get_by_role("link", name="Pick another way").click()
    expect(page.get_by_role("link", name="Set up an app")).to_be_visible()


def test_without_javascript_an_app_can_be_set_up_and_a_passkey_says_what_it_needs(new_journal, new_context):
    page = new_journal(SECOND_STEP, java_script_enabled=False)
    page.get_by_role("link", name="Add a passkey").click()
    expect(page.get_by_text("A passkey needs JavaScript")).to_be_visible()
    expect(page.get_by_role("button", name="Add it")).to_have_count(0)
    page.get_by_role("link", name="Pick another way").click()
    page.get_by_role("link", name="Set up an app").click()
    key = page.locator(".key").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).fill(code_of(key))
    page.get_by_role("button", name="Turn it on").click()
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
