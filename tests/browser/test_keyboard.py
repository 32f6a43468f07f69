"""The whole way with the keyboard alone: every stop can be seen, and nothing lies over it."""

import pytest
from playwright.sync_api import expect

from tests.browser.journey import Journey

EMAIL = "keyboard@example.com"
MOST_STOPS = 120
# Whether the focus is where it is wanted, and what is wrong with how it shows.
FOCUS = """(wanted) => {
  const focused = document.activeElement;
  if (focused === document.body) return [false, ""];
  const shown = focused.closest(".chip") ?? focused;
  const style = getComputedStyle(shown);
  const [box] = shown.getClientRects();
  const over = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  const troubles = [
    style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2 ? "no outline" : "",
    over === null ? "out of sight" : shown.contains(over) ? "" : `under ${over.outerHTML.slice(0, 60)}`,
  ];
  const trouble = troubles.filter(Boolean).join(", ");
  return [wanted.contains(focused), trouble && `${trouble}: ${focused.outerHTML.slice(0, 160)}`];
}"""


class KeyboardJourney(Journey):
    """Tab, Enter, Space, arrows and letters; no pointer."""

    def reach(self, wanted):
        """Tab on to it, or into it."""
        element = wanted.element_handle()
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            there, trouble = self.page.evaluate(FOCUS, element)
            assert not trouble
            if there:
                return
        raise AssertionError(f"Tab does not reach {wanted}")

    def activate(self, wanted):
        self.reach(wanted)
        self.page.keyboard.press("Enter")

    def check(self, wanted):
        if wanted.get_attribute("type") == "checkbox":
            self.reach(wanted)
            self.page.keyboard.press("Space")
        else:
            group = wanted.locator("xpath=ancestor::fieldset")
            self.reach(group)
            for _ in range(group.locator("input").count()):
                if wanted.is_checked():
                    break
                focused = wanted.evaluate("(radio) => radio === document.activeElement")
                self.page.keyboard.press("Space" if focused else "ArrowRight")
                assert not self.page.evaluate(FOCUS, wanted.element_handle())[1]
        expect(wanted).to_be_checked()

    def type(self, wanted, text):
        self.reach(wanted)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)
        expect(wanted).to_have_value(text)

    def type_month(self, wanted, month):
        self.reach(wanted)
        self.page.keyboard.type(str(month.month))
        self.page.keyboard.press("ArrowRight")
        self.page.keyboard.type(str(month.year))
        expect(wanted).to_have_value(f"{month:%Y-%m}")

    def type_time(self, wanted, moment):
        self.page.keyboard.type(f"{moment:%m%d%Y}")
        self.page.keyboard.press("ArrowRight")
        self.page.keyboard.type(f"{moment:%I%M%p}")
        expect(wanted).to_have_value(f"{moment:%Y-%m-%dT%H:%M}")

    def pick(self, wanted, value):
        self.reach(wanted)
        self.page.keyboard.type(wanted.locator(f"[value={value}]").inner_text())
        expect(wanted).to_have_value(value)


def test_a_new_parent_writes_a_week_and_reads_its_summary_with_the_keyboard_alone(context, server):
    journey = KeyboardJourney(context.new_page(), server)
    journey.sign_up(EMAIL)
    journey.name_a_child("Mía")
    journey.write_a_week_and_read_it_in_both_languages()


@pytest.fixture
def page(new_journal):
    return new_journal()


@pytest.mark.parametrize("path", ["/", "/moments/", "/moments/new/?kind=missed", "/weeks/", "/settings/", "/help/"])
def test_the_first_stops_are_the_way_to_the_page_then_leave_fast_then_help(page, path):
    page.goto(path)
    for stop in ("Skip to the page", "Leave fast", "Help"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == stop


def test_the_way_to_the_page_leads_past_all_that_is_above_it(page):
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="I responded")).to_be_focused()


def test_enter_in_a_line_saves(page):
    page.goto("/children/new/")
    page.get_by_label("Name or nickname").fill("Leo")
    page.get_by_label("Month and year of birth").fill("2024-05")
    page.get_by_label("Name or nickname").press("Enter")
    expect(page.get_by_role("heading", name="My children")).to_be_visible()
