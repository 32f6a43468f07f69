"""A parent's whole way, step by step, in words that a person reads and taps; the same in each language."""

import re
from datetime import date, datetime
from functools import cache

from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext
from playwright.sync_api import Locator, Page, expect

from tests import catalog
from tests.browser.clock import last_week, months_ago, typed
from tests.browser.server import Server

PASSWORD = "seven-quiet-otters-hum"
# The one thing that this file says in its own words: the rule's answer to three of four, on two days.
MOST = {
    "en": [
        "You were responsive most of the time in what you wrote down.",
        "You wrote about 4 moments and responded in 3. One got by you, as some always do.",
        "Pick one that felt good. What cue did you see?",
    ],
    "es": [
        "Respondiste la mayor parte de las veces, según lo que escribiste.",
        "Escribiste sobre 4 momentos y respondiste en 3. Uno se te pasó, como siempre pasa con alguno.",
        "Elige uno que te gustó. ¿Qué señal viste?",
    ],
}


class Journey:
    """One parent in one browser tab. Each step ends on a page that it names by its heading."""

    def __init__(self, page: Page, server: Server, language: str = "en") -> None:
        self.page, self.server, self.language = page, server, language

    # What a person sees and does

    def say(self, english: str, context: str = "", **values: int) -> str:
        """The page's own words for something."""
        with translation.override(self.language):
            if values:
                return ngettext(english, english, *values.values()).format(**values)
            return pgettext(context, english) if context else gettext(english)

    def arrive(self, english: str, **values: int) -> None:
        expect(self.page.get_by_role("heading", name=self.say(english, **values), exact=True).first).to_be_visible()
        assert self.page.locator("html").get_attribute("lang") == self.language

    def field(self, english: str) -> Locator:
        return self.page.get_by_label(self.say(english), exact=True)

    def button(self, english: str) -> Locator:
        return self.page.get_by_role("button", name=self.say(english), exact=True)

    def link(self, english: str) -> Locator:
        return self.page.get_by_role("link", name=self.say(english), exact=True)

    def chip(self, group: str, english: str, context: str = "") -> Locator:
        name = self.say(group)
        chips = self.page.get_by_role("group", name=name, exact=True)
        chips = chips.or_(self.page.get_by_role("radiogroup", name=name, exact=True))
        return chips.get_by_role("radio", name=self.say(english, context), exact=True)

    def activate(self, wanted: Locator) -> None:
        wanted.click()

    def check(self, wanted: Locator) -> None:
        wanted.check()

    def type(self, wanted: Locator, text: str) -> None:
        wanted.fill(text)

    def type_month(self, wanted: Locator, month: date) -> None:
        wanted.fill(f"{month:%Y-%m}")

    def type_time(self, wanted: Locator, moment: datetime) -> None:
        wanted.fill(typed(moment))

    def pick(self, wanted: Locator, value: str) -> None:
        wanted.select_option(value)

    def press(self, english: str) -> None:
        self.activate(self.button(english))

    def follow(self, english: str) -> None:
        self.activate(self.link(english))

    def door(self, english: str) -> None:
        """One of the large choices on Today, by its first line."""
        doors = self.page.get_by_role("main").get_by_role("link")
        self.activate(doors.filter(has_text=re.compile(f"^{re.escape(self.say(english))}")))

    def go_to(self, place: str) -> None:
        """By the bar at the bottom."""
        bar = self.page.get_by_role("navigation", name=self.say("Main"))
        self.activate(bar.get_by_role("link", name=self.say(place), exact=True))

    # The way

    def sign_up(self, email: str) -> None:
        self.page.goto("/")
        self.arrive("You don't have to be perfect. No parent is.")
        self.follow("Start a journal")
        self.arrive("Start a journal")
        self.type(self.field("E-mail"), email)
        self.type(self.field("Password"), PASSWORD)
        self.press("Send me the code")
        self.arrive("Type the code")
        self.type(self.field("Code"), self.server.code_for(email))
        self.press("Go on")
        self.arrive("Who will you write about?")

    def name_a_child(self, name: str) -> None:
        self.type(self.field("Name or nickname"), name)
        self.type_month(self.field("Month and year of birth"), months_ago(5))
        self.press("Add")
        self.arrive("Today")

    def write_a_week_and_read_it_in_both_languages(self) -> None:
        """The main job, from Today with a child named."""
        self.log_in_two_taps()
        self.write_missed_with_everything("She sucked her fist while I was on the phone.")
        self.come_back_to_it("I fed her and said sorry.")
        self.change_the_words_to("Le canté junto a la ventana, y se rió.")
        self.find("CANTE junto a la ventána", "Le canté junto a la ventana, y se rió.")
        self.write_a_week_that_is_most()
        self.read_both_weeks()
        self.switch_to("es")
        self.read_both_weeks()

    def log_in_two_taps(self) -> None:
        self.door("I responded")
        self.press("Save")
        self.arrive("You saw it and you answered.")
        self.follow("Done")
        self.arrive("Today")

    def write_missed_with_everything(self, text: str) -> None:
        self.door("A cue got by me")
        self.type(self.field("Your words"), text)
        self.check(self.chip("What I saw", "Hungry", "cue"))
        self.check(self.chip("What I did", "Was busy", "did"))
        self.check(self.chip("How I felt", "Sad", "feeling"))
        self.check(self.chip("When", "Earlier today"))
        self.check(self.field("This felt scary or unsafe"))
        self.check(self.field("Keep this one with a star"))
        self.press("Save")
        self.arrive("You noticed. Many parents have moments like this.")
        moment = self.page.get_by_role("article")
        expect(moment).to_contain_text(text)
        chips = [("Hungry", "cue"), ("Was busy", "did"), ("Sad", "feeling")]
        expect(moment).to_contain_text(" · ".join(self.say(*chip) for chip in chips))
        expect(self.page.get_by_role("link", name=self.say("Get help now"))).to_be_visible()

    def come_back_to_it(self, text: str) -> None:
        """From the offer that stands under the missed cue: the two are tied already."""
        self.follow("Write how I came back")
        expect(self.field("What I came back to").locator(":checked")).not_to_have_text(self.say("None of these"))
        self.type(self.field("Your words"), text)
        self.press("Save")
        self.arrive("You came back. That matters.")
        cue = self.say("The cue you came back to: %(day)s") % {"day": self.say("Today")}
        expect(self.page.get_by_role("link", name=cue)).to_be_visible()

    def change_the_words_to(self, text: str) -> None:
        self.follow("Change")
        self.arrive("Change this moment")
        self.type(self.field("Your words"), text)
        self.press("Save")
        expect(self.page.get_by_role("article")).to_contain_text(text)

    def find(self, words: str, text: str) -> None:
        """By the search over what was written, which leaves nothing in the address."""
        self.go_to("Journal")
        self.arrive("Journal")
        self.activate(self.page.get_by_text(self.say("Search, child, month"), exact=True))
        self.type(self.field("Words to look for"), words)
        self.press("Show these")
        expect(self.page.get_by_role("article")).to_have_count(1)
        expect(self.page.get_by_role("article")).to_contain_text(text)
        assert self.page.url == f"{self.server.address}/moments/"

    def write(self, kind: str, happened_at: datetime, text: str = "") -> None:
        self.go_to("Today")
        self.door(kind)
        self.type(self.field("Your words"), text)
        self.check(self.chip("When", "Another time"))
        self.type_time(self.field("Day and time"), happened_at)
        self.press("Save")
        self.arrive(
            "You saw it and you answered."
            if kind == "I responded"
            else "You noticed. Many parents have moments like this."
        )

    def write_a_week_that_is_most(self) -> None:
        """Three answered and one missed, on two days of the week before this one."""
        self.write("I responded", last_week(1, 9), "She pointed, I named it.")
        self.write("I responded", last_week(2, 9))
        self.write("A cue got by me", last_week(2, 12), "He called me from the stairs.")
        self.write("I responded", last_week(2, 18))

    def read_both_weeks(self) -> None:
        """This week with its scary moment, the one before it that was most of the time, and back."""
        self.go_to("Weeks")
        self.arrive("You wrote about {all} moments this week.", all=2)
        self.activate(self.other_weeks().first)
        self.read_the_summary()
        self.activate(self.other_weeks().last)
        expect(self.page.get_by_role("heading", level=1)).not_to_have_text(MOST[self.language][0])
        assert self.page.url.endswith(f"/weeks/{monday():%Y-%m-%d}/")

    def other_weeks(self) -> Locator:
        """The week before, and the week after where there is one."""
        return self.page.get_by_role("navigation", name=self.say("Weeks"), exact=True).get_by_role("link")

    def read_the_summary(self) -> None:
        headline, supporting, next_step = MOST[self.language]
        expect(self.page.get_by_role("heading", level=1)).to_have_text(headline)
        expect(self.page.get_by_role("main")).to_contain_text(supporting)
        expect(self.page.get_by_role("main")).to_contain_text(next_step)
        rows = self.page.get_by_role("table").get_by_role("row")
        assert rows.count() == 2

    def switch_to(self, language: str) -> None:
        self.go_to("Settings")
        self.arrive("Settings")
        self.pick(self.field("Language"), language)
        self.press("Save")
        self.language = language
        expect(self.page.get_by_role("status")).to_have_text(self.say("Saved."))
        self.arrive("Settings")

    def lives_in(self, zone: str) -> None:
        self.go_to("Settings")
        expect(self.field("Time zone")).to_have_value(zone)

    def move_to(self, zone: str) -> None:
        self.follow("Set another time zone")
        self.pick(self.field("Time zone"), zone)
        self.press("Save")
        expect(self.page.get_by_role("status")).to_have_text(self.say("Saved."))


def monday():
    return last_week(7, 0).date()


@cache
def said_in(language: str) -> list[str]:
    """Sentences of ours that are said otherwise in another language."""
    told = [message for message in catalog.messages(catalog.read(language)) if isinstance(message.id, str)]
    return [message.id for message in told if len(message.id) > 6 and message.id != message.string]


def english_left(page: Page, language: str) -> list[str]:
    """English sentences of ours that a page still says in another language."""
    body = page.get_by_role("main").inner_text() + page.get_by_role("banner").inner_text()
    return [english for english in said_in(language) if re.search(rf"(?<!\w){re.escape(english)}(?!\w)", body)]
