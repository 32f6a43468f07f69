"""From an invitation to an ended share: a new parent and a new visitor, in two browsers."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import LOCALES
from tests.browser.sharing_journey import InvitedReader, InvitingParent

WITHIN = 2_000
MISSED = "She tugged at my sleeve while I was on the phone."
REPAIR = "I knelt down and asked her to tell me again."
CHOSEN_LATER = "He pointed at the moon and I named it."
CHOSEN_WRITING = "She brought me her shoe, and I put it on."
JUST_ME = "Nobody but me reads that I cried in the car."
SHARED = (MISSED, REPAIR, CHOSEN_LATER, CHOSEN_WRITING)
NOTE, ASK = "I noticed how you knelt down to her.", "How to leave without tears in the morning."
WAYS = {
    "argvalues": [("en", "link", True), ("es", "link", True), ("en", "code", False)],
    "ids": ["en, by link", "es, by link", "en, by code, the visitor without JavaScript"],
}


@pytest.fixture
def someone(new_context, server):
    """someone(kind of journey, language, e-mail): a new person in a browser of their own."""

    def come(kind, language, email, **options):
        journey = kind(new_context(locale=LOCALES[language], **options).new_page(), server, language)
        journey.email = email
        return journey

    return come


@pytest.mark.parametrize(("language", "way", "scripts"), **WAYS)
def test_a_new_parent_and_a_new_visitor_go_from_invitation_to_ended_share(someone, language, way, scripts, watcher):
    parent = someone(InvitingParent, language, f"inviting-{language}-{way}@example.com")
    reader = f"invited-{language}-{way}@example.com"
    visitor = someone(InvitedReader, language, reader, java_script_enabled=scripts)
    parent.sign_up(parent.email)
    parent.name_a_child("Mia")
    missed = parent.write_missed_and_come_back(MISSED, REPAIR)
    parent.write_about("I responded", CHOSEN_LATER)
    parent.write_about("I responded", JUST_ME)

    link, code = parent.invite("Rosa")
    if way == "link":
        visitor.sign_up_from(link, "Rosa")
    else:
        visitor.sign_up_and_type(code, "Rosa")
    visitor.ask_to_read("Rosa")
    visitor.set_up_an_app()
    visitor.waits(*SHARED, JUST_ME)

    share = parent.agree("Mia")
    family = visitor.open_the_family()
    assert family == share.replace("sharing", "families")
    visitor.sees_none_of(*SHARED, JUST_ME)

    parent.write_shared(CHOSEN_WRITING)
    parent.share_missed(missed)
    parent.share_from_the_week(CHOSEN_LATER)
    visitor.open_the_family()
    visitor.sees(MISSED, REPAIR)
    visitor.read_the_week(*SHARED)
    visitor.sees_none_of(JUST_ME)
    visitor.open_a_moment_and_write(REPAIR, NOTE)
    visitor.mark_as_read(family)

    parent.read_the_note(NOTE)
    parent.read_the_readings(share)
    parent.ask_for_the_visit(share, ASK)
    parent.look_as_the_reader(share, ASK, MISSED, REPAIR)
    parent.sees_none_of(JUST_ME)
    visitor.hold_the_visit(family, ASK)

    if scripts:
        end_with_two_tabs_open(parent, visitor, share, family, watcher)
    else:
        parent.end(share)
    assert visitor.page.goto(family).status == 404
    visitor.sees_none_of(*SHARED, ASK, NOTE)


def end_with_two_tabs_open(parent, visitor, share, family, watcher):
    other_tab = visitor.page.context.new_page()
    other_tab.goto(f"{family}sheet/")
    expect(other_tab.get_by_text(MISSED)).to_be_visible()
    visitor.open_the_family()
    watcher.check()
    parent.end(share)
    expect_blank(visitor, family, other_tab)
    # The pages that asked whether they may still be looked at were told no.
    assert watcher.forget() == [f"answer 404: {visitor.server.address}{family}status/"] * 2


def expect_blank(visitor, family, other_tab):
    for page in (visitor.page, other_tab):
        page.evaluate("dispatchEvent(new Event('focus'))")
        expect(page.get_by_text(MISSED)).to_be_hidden(timeout=WITHIN)
        expect(page).to_have_url(f"{visitor.server.address}/families/")
        page.go_back()
        visitor.page = page
        visitor.sees_none_of(*SHARED, ASK, NOTE)
