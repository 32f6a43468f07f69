"""A parent and a home visitor, each in a browser of their own, from the invitation to the end of the share."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Locator, expect

from tests.accounts.factors import code_of
from tests.browser.journey import PASSWORD, Journey

NAME, PROGRAM, SIGNED = "Rosa Delgado", "Little Steps", "Jess Miller"
# What a consent says, paragraph by paragraph.
PARAGRAPHS = 11


class SharingJourney(Journey):
    """Either side."""

    def tell(self, english: str, **values: str) -> str:
        """The page's own words with names in them."""
        return self.say(english) % {"name": NAME, **values}

    def named(self, role: str, english: str, **values: str) -> Locator:
        return self.page.get_by_role(role, name=self.tell(english, **values), exact=True)

    def see(self, english: str, **values: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(self.tell(english, **values))

    def sees(self, *texts: str) -> None:
        for text in texts:
            expect(self.page.get_by_role("main")).to_contain_text(text)

    def sees_none_of(self, *texts: str) -> None:
        page = self.page.content()
        assert not [text for text in texts if text in page]

    def type_account(self, email: str) -> None:
        self.type(self.field("E-mail"), email)
        self.type(self.field("Password"), PASSWORD)
        self.press("Send me the code")
        self.type(self.field("Code"), self.server.code_for(email))
        self.press("Go on")


class InvitingParent(SharingJourney):
    def write_about(self, door: str, text: str) -> str:
        """The page of what was written now."""
        self.go_to("Today")
        self.door(door)
        self.type(self.field("Your words"), text)
        self.press("Save")
        expect(self.page.get_by_role("article").first).to_contain_text(text)
        return urlsplit(self.page.url).path

    def write_missed_and_come_back(self, missed: str, repair: str) -> str:
        page = self.write_about("A cue got by me", missed)
        self.come_back_to_it(repair)
        return page

    def invite(self, name: str) -> tuple[str, str]:
        """The link and the code."""
        self.go_to("Sharing")
        self.see("Nobody reads your journal. You can use it and never share it.")
        self.follow("Invite someone to read")
        self.type(self.field("Who do you invite?"), name)
        self.press("Make a code")
        expect(self.named("heading", "An invitation for %(name)s", name=name)).to_be_visible()
        expect(self.named("img", "QR code for this invitation")).to_be_visible()
        link = self.field("Or send this link").input_value()
        code = self.page.locator(".code").inner_text()
        self.follow("Done")
        self.sees_none_of(link, code)
        return link, code

    def agree(self, child: str) -> str:
        """From the request on Today, through the whole of what it means. The share's page."""
        self.go_to("Today")
        expect(self.named("heading", "%(name)s at %(program)s asks to read", program=PROGRAM)).to_be_visible()
        self.follow("Look at it")
        expect(self.named("heading", "Share with %(name)s?")).to_be_visible()
        terms = self.page.locator(".terms")
        expect(terms.locator("p")).to_have_count(PARAGRAPHS)
        expect(terms.locator("p:visible")).to_have_count(PARAGRAPHS)
        expect(terms).to_contain_text(NAME)
        expect(terms).to_contain_text(PROGRAM)
        yes, not_now = self.named("button", "Share with %(name)s"), self.button("Not now")
        assert [yes.bounding_box()[side] for side in ("width", "height")] == [
            not_now.bounding_box()[side] for side in ("width", "height")
        ]
        self.check(self.page.get_by_label(child, exact=True))
        self.type(self.field("Your name"), SIGNED)
        self.activate(yes)
        self.see("You said yes. %(name)s can read what you mark Shared. Every moment starts as Just me.")
        return urlsplit(self.page.url).path

    def write_shared(self, text: str) -> None:
        """Who can read it is chosen while it is written."""
        self.go_to("Today")
        self.door("I responded")
        self.type(self.field("Your words"), text)
        self.check(self.can_read())
        self.press("Save")
        self.see("You and %(names)s can read this", names=NAME)

    def can_read(self) -> Locator:
        return self.page.get_by_label(self.say("{name} can read it").format(name=NAME), exact=True)

    def share_missed(self, moment: str) -> None:
        """From its own page; its coming back goes along."""
        self.page.goto(moment)
        self.follow("Change who can read this")
        self.arrive("Who can read this moment?")
        self.check(self.can_read())
        both = self.page.get_by_role("radiogroup", name=self.say("Share the coming back too?"))
        both = both.or_(self.page.get_by_role("group", name=self.say("Share the coming back too?")))
        expect(both.get_by_label(self.say("Yes, both"))).to_be_checked()
        self.press("Save")
        self.see("You and %(names)s can read this", names=NAME)

    def share_from_the_week(self, text: str) -> None:
        self.go_to("Weeks")
        self.follow("Share moments of this week")
        expect(self.named("heading", "What %(name)s can read")).to_be_visible()
        expect(self.page.get_by_role("main").get_by_role("checkbox", checked=True)).to_have_count(3)
        self.check(self.page.get_by_label(re.compile(re.escape(text))))
        self.press("Save")
        self.see("Saved.")

    def read_the_note(self, text: str) -> None:
        self.go_to("Today")
        card = self.page.get_by_role("article", name=self.tell("A note from %(name)s"))
        expect(card).to_contain_text(text)
        self.activate(card.get_by_role("link", name=self.say("Open"), exact=True))
        self.sees(text)

    def read_the_readings(self, share: str) -> None:
        self.page.goto(share)
        self.activate(self.named("link", "All that %(name)s opened"))
        for line in ("%(name)s opened “Before your visit”", "%(name)s marked it as read"):
            self.see(line)
        for line in ("%(name)s read your week of %(day)s", "%(name)s read your moment of %(day)s"):
            self.sees(self.tell(line, day=""))

    def ask_for_the_visit(self, share: str, text: str) -> None:
        self.page.goto(share)
        self.follow("Change what it says, or the day")
        self.type(self.field("For our visit, I'd like to talk about"), text)
        self.press("Save")
        self.sees(text)

    def look_as_the_reader(self, share: str, *shared: str) -> None:
        self.page.goto(share)
        self.activate(self.named("link", "See what %(name)s sees"))
        self.see("This is what %(visitor)s sees. When you look here, it is not written down.", visitor=NAME)
        self.sees(*shared)

    def end(self, share: str) -> None:
        self.page.goto(share)
        self.activate(self.named("link", "Stop sharing with %(name)s"))
        self.press("Stop sharing")
        self.see("%(name)s can't open your journal.")


class InvitedReader(SharingJourney):
    def sign_up_from(self, link: str, invited: str) -> None:
        self.page.goto(link)
        expect(self.named("heading", "An invitation for %(name)s", name=invited)).to_be_visible()
        self.follow("Sign up")
        self.type_account(self.email)

    def sign_up_and_type(self, code: str, invited: str) -> None:
        """The code from the parent's phone, small letters and all."""
        self.sign_up(self.email)
        self.page.goto("/invitations/")
        self.type(self.field("The code"), code.lower())
        self.press("Go on")

    def ask_to_read(self, invited: str) -> None:
        """Before a second step is set up; then the families ask for one."""
        expect(self.named("heading", "An invitation for %(name)s", name=invited)).to_be_visible()
        self.type(self.field("Your name"), NAME)
        self.type(self.field("Your program"), PROGRAM)
        self.press("Ask to read")
        self.arrive("A second step when you sign in")
        self.see("Families trust you with their words. So we ask for a second step when you sign in.")
        self.see("You asked to read. Nothing can be read yet. The parent says yes or no first.")

    def set_up_an_app(self) -> None:
        self.follow("Set up an app")
        key = self.page.locator(".key").inner_text().replace(" ", "")
        self.type(self.field("Code"), code_of(key))
        self.press("Turn it on")
        self.follow("I have them. Go on")
        self.arrive("Families")

    def waits(self, *unseen: str) -> None:
        self.page.goto("/families/")
        self.arrive("Waiting for an answer")
        expect(self.page.get_by_role("region", name=self.say("Your families"))).to_have_count(0)
        self.sees_none_of(SIGNED, *unseen)

    def open_the_family(self) -> str:
        self.page.goto("/families/")
        self.activate(self.page.get_by_role("link", name=SIGNED, exact=True))
        expect(self.named("heading", "Before your visit with %(parent)s", parent=SIGNED)).to_be_visible()
        return urlsplit(self.page.url).path

    def read_the_week(self, *shared: str) -> None:
        self.follow("All shared weeks")
        self.arrive("Shared weeks")
        self.activate(self.page.get_by_role("main").get_by_role("listitem").get_by_role("link"))
        self.sees(*shared)

    def open_a_moment_and_write(self, text: str, note: str) -> None:
        moment = self.page.get_by_role("article").filter(has_text=text)
        self.activate(moment.get_by_role("link", name=self.say("Open this moment"), exact=True))
        self.sees(text)
        self.type(self.field("A short message"), note)
        self.press("Send")
        self.see("Sent.")
        self.sees(note)

    def mark_as_read(self, family: str) -> None:
        self.page.goto(family)
        self.press("Mark as read")
        self.see("%(name)s can see that you read it.", name=SIGNED)

    def hold_the_visit(self, family: str, ask: str) -> None:
        self.page.goto(family)
        self.sees(ask)
        self.activate(self.page.locator("summary", has_text=self.say("The visit took place")))
        self.press("Yes, it took place")
        self.see("Thank you. What is shared from now on is for the next visit.")
        self.see("No note this time.")
